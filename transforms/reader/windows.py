"""A document as word pieces, and the pieces as windows that the encoder can take.

A window is whole sentences, each followed by a separator, as many as fit; a sentence longer than a window is cut
between words. A window can begin with the last sentence of the one before, read again as context. The state of every
piece is taken from exactly one window, so the tail of a long document is read like its head, at the same cost.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from transforms.reader.reading import Span

WINDOW = 256  # positions, the separators and the leading mark included
# Pieces of the longest sentence that is read again at the start of the next window. None is: on the left-out documents
# of CoNLL++ train 64 made F1 of names .862 instead of .860, within noise, and every text 5 % dearer.
CONTEXT = 0
LEAD = 101  # [CLS] of the encoder's vocabulary
SEPARATOR = 102  # [SEP]

# How a word is written: the encoder's vocabulary is lower-case, so this is told apart from the pieces.
NO_WORD, LOWER, TITLE, UPPER, MIXED, DIGITS, SIGN, INITIAL = range(8)
CASINGS = 8

LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")  # JSON can hold one, the tokenizer refuses it

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """The word pieces of a document in text order; every array has one entry a piece.

    sentence: index of the sentence the piece lies in. starts, ends: characters of the text. leads: whether the piece
    is the first of its word. word_ends: end of the whole word, told on every piece.
    """

    ids: Integers
    casing: Integers
    sentence: Integers
    starts: Integers
    ends: Integers
    leads: NDArray[np.bool_]
    word_ends: Integers

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """What the encoder sees at once.

    ids, casing: int64[positions]. source: index of each position's piece in the document, -1 for the marks between and
    for what is read again as context.
    """

    ids: Integers
    casing: Integers
    source: Integers


@lru_cache(maxsize=50_000)
def casing_of(word: str) -> int:
    """How `word` is written, as one of the constants above."""
    if word.isalpha() and word.islower():
        return LOWER
    if any(character.isdigit() for character in word):
        return DIGITS
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return SIGN
    upper = [character.isupper() for character in letters]
    if not any(upper):
        return LOWER
    if all(upper):
        return UPPER if len(upper) > 1 else INITIAL
    return TITLE if upper[0] and not any(upper[1:]) else MIXED


def cut_pieces(text: str, sentences: Sequence[Span], tokenizer: Tokenizer) -> Pieces:
    """The word pieces of the sentences of `text`; characters outside every sentence have none."""
    text = LONE_SURROGATE.sub("\ufffd", text)
    encodings = tokenizer.encode_batch([text[s.start : s.end] for s in sentences], add_special_tokens=False)
    rows: list[tuple[int, int, int, int, int, bool, int]] = []
    for index, (span, encoding) in enumerate(zip(sentences, encodings, strict=True)):
        ends: dict[int | None, int] = {}  # a piece of no word, which there is none of here, would have None
        for word, (_, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
            ends[word] = span.start + end
        casing, last = NO_WORD, None
        for piece, word, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            leads = word != last
            if leads:
                casing, last = casing_of(text[span.start + start : ends[word]]), word
            rows.append((piece, casing, index, span.start + start, span.start + end, leads, ends[word]))
    table = np.array(rows, dtype=np.int64).reshape(-1, 7)
    ids, casings, owners, starts, stops, lead, word_ends = (table[:, column] for column in range(7))
    return Pieces(ids, casings, owners, starts, stops, lead.astype(bool), word_ends)


def runs_of_sentences(pieces: Pieces, room: int) -> Iterator[tuple[int, int]]:
    """Half-open runs of pieces, in order: one a sentence, or several of at most `room` where the sentence is longer."""
    if not len(pieces):
        return
    borders = [0, *(np.flatnonzero(np.diff(pieces.sentence)) + 1).tolist(), len(pieces)]
    for first, last in itertools.pairwise(borders):
        while last - first > room:
            cut = first + room
            back = cut
            while back > first and not pieces.leads[back]:
                back -= 1
            cut = back if back > first else cut
            yield first, cut
            first = cut
        yield first, last


def pack_windows(pieces: Pieces, size: int = WINDOW, context: int = CONTEXT) -> list[Window]:
    """Windows of at most `size` positions that tell of every piece once, in order.

    context: the longest sentence that the next window reads again. Raises ValueError for size below 3.
    """
    if size < 3:
        raise ValueError("a window needs room for a piece between its two marks")
    windows: list[Window] = []
    held: list[tuple[int, int]] = []
    before: tuple[int, int] | None = None
    used = 1
    for first, last in runs_of_sentences(pieces, size - 2):
        length = last - first + 1
        if held and used + length > size:
            windows.append(_window(pieces, held, before))
            again, held, before, used = held[-1], [], None, 1
            if again[1] - again[0] <= context and used + again[1] - again[0] + 1 + length <= size:
                before, used = again, used + again[1] - again[0] + 1
        held.append((first, last))
        used += length
    if held:
        windows.append(_window(pieces, held, before))
    return windows


def _window(pieces: Pieces, runs: Sequence[tuple[int, int]], before: tuple[int, int] | None) -> Window:
    ids, casing, source = [LEAD], [NO_WORD], [-1]
    for first, last in (before, *runs) if before else runs:
        ids += [*pieces.ids[first:last].tolist(), SEPARATOR]
        casing += [*pieces.casing[first:last].tolist(), NO_WORD]
        source += [*(range(first, last) if (first, last) != before else [-1] * (last - first)), -1]
    return Window(np.array(ids), np.array(casing), np.array(source))
