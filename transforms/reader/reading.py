"""What goes into the reader and what comes out of it. Offsets are characters into the document's text, [start, end)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SENTIMENT_LABELS = ("negative", "neutral", "positive")
ENTITY_TYPES = ("PER", "ORG", "LOC", "MISC")
VECTOR_SIZE = 384


@dataclass(frozen=True)
class Span:
    """Characters [start, end) of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A text with its sentences, in order and without overlap."""

    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Mention:
    """A named thing at one place in the text.

    score: mean probability of its tokens' labels, 0 to 1.
    sentiment: probabilities of SENTIMENT_LABELS towards the thing named, summing to 1.
    """

    start: int
    end: int
    type: str
    score: float
    sentiment: tuple[float, float, float]


@dataclass(frozen=True)
class Reading:
    """One document as the model sees it; n is the number of its sentences.

    vector: float32[384], unit length (zeros for a document without a sentence).
    sentence_vectors: float32[n, 384], each of unit length.
    sentence_sentiment: float32[n, 3], probabilities of SENTIMENT_LABELS.
    sentence_salience: float32[n], 0 to 1, how likely the sentence is to be a key point.
    mentions: in text order, without overlap.
    """

    vector: NDArray[np.float32]
    sentence_vectors: NDArray[np.float32]
    sentence_sentiment: NDArray[np.float32]
    sentence_salience: NDArray[np.float32]
    mentions: tuple[Mention, ...]
