"""Labelled texts as windows with targets aligned to their positions: what the model is trained on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from transforms.reader.decode import LABELS
from transforms.reader.heads import place_features
from transforms.reader.reading import Span
from transforms.reader.training.hints import CONNECTING
from transforms.reader.training.labelled import Labelled, Name, Target
from transforms.reader.windows import LOWER, Pieces, Window, cut_pieces, pack_windows

IGNORED = -100
SOME_NAME = -1  # any label but O
TRAINED_WINDOWS = 2  # of an article: most of what an extract takes stands there


@dataclass(frozen=True)
class Aimed:
    """A sentiment target inside a window: positions [first, last), its sentence's number in the window, the label."""

    first: int
    last: int
    sentence: int
    label: int


@dataclass(frozen=True)
class Example:
    """One window with its targets.

    labels: int64[positions], IGNORED where no word starts or nobody looked, SOME_NAME for a hint. owner:
    int64[positions], the number of the sentence within the window, -1 for marks. sentiments, salience: one a sentence
    in the window (IGNORED or nan for unknown). places: float32[sentences, 8]. texts: the sentences themselves, for the
    teacher.
    """

    window: Window
    owner: NDArray[np.int64]
    texts: tuple[str, ...]
    labels: NDArray[np.int64]
    has_misc: bool
    aimed: tuple[Aimed, ...]
    sentiments: NDArray[np.int64]
    salience: NDArray[np.float32]
    places: NDArray[np.float32]
    teacher: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.window.ids)


def word_labels(item: Labelled, pieces: Pieces) -> NDArray[np.int64]:
    """int64[pieces]: the label of the word that a piece leads, IGNORED for the rest and where names are unknown.

    Of a text labelled in part, the words written small are O, but not those that names are joined by, nor any in a
    target.
    """
    labels = np.full(len(pieces), IGNORED, dtype=np.int64)
    if item.names is None:
        return labels
    labels[pieces.leads] = 0

    def led(span: Name | Target | Span) -> NDArray[np.int64]:
        return np.flatnonzero(pieces.leads & (pieces.starts >= span.start) & (pieces.starts < span.end))

    if item.is_partial:
        labels[pieces.casing != LOWER] = IGNORED
        for place in np.flatnonzero(pieces.leads):
            if item.text[pieces.starts[place] : pieces.word_ends[place]] in CONNECTING:
                labels[place] = IGNORED
        for target in item.targets:
            labels[led(target)] = IGNORED
    for hint in item.hints:
        labels[led(hint)] = SOME_NAME
    for name in item.names:
        inside = led(name)
        labels[inside] = LABELS.index(f"I-{name.type}")
        labels[inside[:1]] = LABELS.index(f"B-{name.type}")
    return labels


def examples_of(item: Labelled, tokenizer: Tokenizer, most: int | None = None) -> list[Example]:
    """The windows of a labelled text, the first `most` of them where given."""
    pieces = cut_pieces(item.text, item.sentences, tokenizer)
    labels = word_labels(item, pieces)
    count = len(item.sentences)
    places = place_features(np.bincount(pieces.sentence, minlength=count))
    return [_example(item, pieces, labels, places, window) for window in pack_windows(pieces)[:most]]


def _example(
    item: Labelled, pieces: Pieces, labels: NDArray[np.int64], places: NDArray[np.float32], window: Window
) -> Example:
    held = window.source >= 0
    source = window.source[held]
    present = np.unique(pieces.sentence[source])
    owner = np.full(len(window.ids), -1, dtype=np.int64)
    owner[held] = np.searchsorted(present, pieces.sentence[source])
    aligned = np.full(len(window.ids), IGNORED, dtype=np.int64)
    aligned[held] = labels[source]
    aimed: list[Aimed] = []
    for target in item.targets:
        touched = held.copy()
        touched[held] = (pieces.ends[source] > target.start) & (pieces.starts[source] < target.end)
        at = np.flatnonzero(touched)
        if len(at):
            aimed.append(Aimed(int(at[0]), int(at[-1]) + 1, int(owner[at[0]]), target.label))
    moods = [IGNORED if (mood := _at(item.sentiments, i)) is None else mood for i in present]
    weights = [np.nan if (weight := _at(item.salience, i)) is None else weight for i in present]
    texts = tuple(item.text[item.sentences[i].start : item.sentences[i].end] for i in present)
    return Example(
        window,
        owner,
        texts,
        aligned,
        item.has_misc,
        tuple(aimed),
        np.array(moods, dtype=np.int64),
        np.array(weights, dtype=np.float32),
        places[present],
    )


def _at(values: Sequence[Any], index: int) -> Any:
    return values[index] if index < len(values) else None
