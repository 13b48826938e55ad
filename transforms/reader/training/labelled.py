"""A text with what people said about it: the one form every training set is brought into. Offsets are characters."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.reader.reading import Span


@dataclass(frozen=True)
class Name:
    """Characters [start, end) that name something of a type of ENTITY_TYPES."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class Target:
    """Characters [start, end) that a sentiment is about; label is an index into SENTIMENT_LABELS."""

    start: int
    end: int
    label: int


@dataclass(frozen=True)
class Labelled:
    """One text. None means that nobody looked; an empty tuple that there is nothing.

    has_misc: whether names of type MISC were marked too. sentiments, salience: one entry a sentence.
    is_partial: the names are some of those there are; only words written small are known to be none. hints: words that
    lie in a name whose type nobody told.
    """

    text: str
    sentences: tuple[Span, ...]
    names: tuple[Name, ...] | None = None
    has_misc: bool = True
    targets: tuple[Target, ...] = ()
    sentiments: tuple[int | None, ...] = ()
    salience: tuple[float, ...] = ()
    is_partial: bool = False
    hints: tuple[Span, ...] = ()


def fold_of(text: str, folds: int) -> int:
    """Which of `folds` parts a text falls into: by the hash of its letters, so that a copy never changes sides."""
    letters = "".join(character for character in text.lower() if character.isalnum())
    return int(hashlib.sha256(letters.encode()).hexdigest()[:8], 16) % folds


def join(parts: Sequence[Labelled]) -> Labelled:
    """Several labelled texts as one, each on its own line. They must be labelled in the same way."""
    text, offset = "", 0
    sentences: list[Span] = []
    names: list[Name] = []
    for part in parts:
        sentences += [Span(s.start + offset, s.end + offset) for s in part.sentences]
        names += [Name(n.start + offset, n.end + offset, n.type) for n in part.names or ()]
        text += part.text + "\n"
        offset = len(text)
    return Labelled(text.rstrip("\n"), tuple(sentences), tuple(names), parts[0].has_misc)
