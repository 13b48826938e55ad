"""Names in texts by a token classifier: windows in, mentions out, with the reader's meaning of score and offsets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.backends.hub.checkpoint import Loaded
from transforms.backends.hub.labels import tags
from transforms.backends.hub.windows import run_batches, windows
from transforms.reader.reading import ENTITY_TYPES, Document, Mention, Span

LONGEST_NAME = 200  # characters
UNKNOWN_TONE = (0.0, 1.0, 0.0)
_TRIMMED = " \t\r\n\"'“”„«»‘’()[],;:"
_BEGINS, _ENDS = "BSU", "ESLU"


@dataclass(frozen=True)
class Word:
    """A word with the tag of its first token. p: the probability of the tag's type."""

    start: int
    end: int
    place: str
    type: str
    p: float


def mentions_of(documents: Sequence[Document], loaded: Loaded) -> list[tuple[Mention, ...]]:
    """The names in each document, in text order and without overlap, none across the end of a sentence."""
    places, types = tags(loaded.checkpoint, loaded.id2label)
    cut = windows([document.text for document in documents], loaded, loaded.positions // 4)
    best: list[dict[tuple[int, int], tuple[int, Any]]] = [{} for _ in documents]
    for window, scores in run_batches(cut, loaded.checkpoint.batch, loaded.probabilities):
        for place, span in enumerate(window.offsets):
            if span is None or span[0] >= span[1]:
                continue
            inner = min(place, len(window.offsets) - 1 - place)  # of two windows the one that sees more around it
            known = best[window.owner].get(span)
            if known is None or inner > known[0]:
                best[window.owner][span] = (inner, scores[place])
    return [
        _named(document, [(span, row) for span, (_, row) in sorted(found.items())], places, types)
        for document, found in zip(documents, best, strict=True)
    ]


def _named(
    document: Document,
    tokens: Sequence[tuple[tuple[int, int], NDArray[np.float32]]],
    places: Sequence[str],
    types: Sequence[str],
) -> tuple[Mention, ...]:
    found: list[Mention] = []
    words = _words(document.text, tokens, places, types)
    at = 0
    for sentence in document.sentences:
        held: list[Word] = []
        while at < len(words) and words[at].start < sentence.end:
            word = words[at]
            at += 1
            if held and not _continues(held[-1], word):
                found += _mention(document.text, held)
                held = []
            if word.type and word.start >= sentence.start and word.end <= sentence.end:
                held.append(word)
        found += _mention(document.text, held)
    return tuple(found)


def _words(
    text: str,
    tokens: Sequence[tuple[tuple[int, int], NDArray[np.float32]]],
    places: Sequence[str],
    types: Sequence[str],
) -> list[Word]:
    """Tokens joined to words. A word's tag is that of its first token: this is how such models are trained."""
    words: list[Word] = []
    for (start, end), row in tokens:
        while start < end and text[start].isspace():  # some tokenizers count the blank before a word
            start += 1
        if start >= end:
            continue
        if words and start <= words[-1].end and text[start - 1].isalnum() and text[start].isalnum():
            last = words[-1]
            words[-1] = Word(last.start, max(last.end, end), last.place, last.type, last.p)
            continue
        best = int(np.argmax(row))
        p = sum(float(row[place]) for place, other in enumerate(types) if other == types[best])
        words.append(Word(start, end, places[best], types[best], min(p, 1.0)))
    return words


def _continues(before: Word, word: Word) -> bool:
    return word.type == before.type and word.place not in _BEGINS and before.place not in _ENDS


def _mention(text: str, words: Sequence[Word]) -> list[Mention]:
    """The words as a name, or none: empty when only marks are left of it, or when it is no name but a paragraph."""
    if not words:
        return []
    span = _trimmed(text, words[0].start, words[-1].end)
    said = text[span.start : span.end]
    if len(said) > LONGEST_NAME or not any(map(str.isalnum, said)) or words[0].type not in ENTITY_TYPES:
        return []
    return [Mention(span.start, span.end, words[0].type, sum(word.p for word in words) / len(words), UNKNOWN_TONE)]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED and not (text[end - 1] == ")" and "(" in text[start:end]):
        end -= 1
    return Span(start, end)
