"""From label scores to named spans."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.reader.reading import ENTITY_TYPES
from transforms.reader.windows import Pieces

LABELS = ("O", *(f"{mark}-{kind}" for kind in ENTITY_TYPES for mark in ("B", "I")))


@dataclass(frozen=True)
class Named:
    """A run of words that names something: characters [start, end), pieces [first, last), score 0 to 1."""

    start: int
    end: int
    type: str
    score: float
    first: int
    last: int


def allowed_transitions() -> NDArray[np.bool_]:
    """bool[9, 9]: whether the label of the row may be followed by the label of the column."""
    allowed = np.ones((len(LABELS), len(LABELS)), dtype=bool)
    for column, label in enumerate(LABELS):
        if label.startswith("I-"):
            for row, before in enumerate(LABELS):
                allowed[row, column] = before[2:] == label[2:]
    return allowed


ALLOWED = allowed_transitions()
STARTS = np.array([not label.startswith("I-") for label in LABELS])


def best_path(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """int64[words]: the labels of highest summed score among those that BIO allows (Viterbi over 0/forbidden moves).

    scores: float[words, 9], log probabilities.
    """
    path: NDArray[np.int64] = scores.argmax(axis=1).astype(np.int64)
    if not len(path) or (STARTS[path[0]] and ALLOWED[path[:-1], path[1:]].all()):
        return path
    moves = np.where(ALLOWED, 0.0, -np.inf)
    total = np.where(STARTS, scores[0].astype(np.float64), -np.inf)
    back = np.zeros(scores.shape, dtype=np.int64)
    for word in range(1, len(scores)):
        reached = total[:, None] + moves
        back[word] = reached.argmax(axis=0)
        total = reached.max(axis=0) + scores[word]
    path[-1] = int(total.argmax())
    for word in range(len(scores) - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path


def log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)


def find_names(text: str, pieces: Pieces, logits: NDArray[np.float32]) -> list[Named]:
    """The names in `text`, in order and without overlap; none crosses a sentence's end.

    logits: float32[pieces, 9]; a word is judged by its first piece.
    """
    scores = log_softmax(logits)
    heads = np.flatnonzero(pieces.leads)
    names: list[Named] = []
    borders = np.flatnonzero(np.diff(pieces.sentence[heads])) + 1
    for words in np.split(heads, borders):
        path = best_path(scores[words])
        names += _names_of(pieces, words, path, scores)
    return _snapped(text, names)


def _names_of(
    pieces: Pieces, words: NDArray[np.int64], path: NDArray[np.int64], scores: NDArray[np.float32]
) -> list[Named]:
    found: list[Named] = []
    position = 0
    while position < len(path):
        label = LABELS[path[position]]
        stop = position + 1
        if label != "O":
            while stop < len(path) and LABELS[path[stop]] == f"I-{label[2:]}":
                stop += 1
            run = words[position:stop]
            score = float(np.exp(scores[run, path[position:stop]]).mean())
            last = int(words[stop]) if stop < len(words) else _run_end(pieces, int(run[-1]))
            found.append(
                Named(int(pieces.starts[run[0]]), int(pieces.word_ends[run[-1]]), label[2:], score, int(run[0]), last)
            )
        position = stop
    return found


def _run_end(pieces: Pieces, head: int) -> int:
    last = head + 1
    while last < len(pieces) and not pieces.leads[last]:
        last += 1
    return last


def _snapped(text: str, names: Sequence[Named]) -> list[Named]:
    """Borders moved out to the ends of the words they would cut, as in scripts without spaces; overlaps are dropped."""
    kept: list[Named] = []
    for name in names:
        start, end = name.start, name.end
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        if not kept or start >= kept[-1].end:
            kept.append(Named(start, end, name.type, name.score, name.first, name.last))
    return kept
