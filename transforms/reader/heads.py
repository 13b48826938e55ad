"""The small heads on top of the encoder, in numpy: what a pooled span says about sentiment, salience and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
PLACE_FEATURES = 8


def product(inputs: Floats, weight: Floats) -> Floats:
    """`inputs @ weight.T` without BLAS, whose threads wait for each other: 2 ms a document against 100 on busy cores.

    Each row of the result is the same whatever the other rows are.
    """
    return np.asarray(np.einsum("ri,oi->ro", inputs, weight), dtype=np.float32)


@dataclass(frozen=True)
class Layers:
    """A hidden layer with ReLU and an output layer. Weights are [outputs, inputs], as torch stores them."""

    hidden_weight: Floats
    hidden_bias: Floats
    out_weight: Floats
    out_bias: Floats

    def __call__(self, inputs: Floats) -> Floats:
        """float32[rows, outputs] of float32[rows, inputs]."""
        hidden = np.maximum(product(inputs, self.hidden_weight) + self.hidden_bias, 0)
        return product(hidden, self.out_weight) + self.out_bias


@dataclass(frozen=True)
class Heads:
    """The four heads of the reader."""

    sentence_sentiment: Layers
    entity_sentiment: Layers
    salience: Layers
    embedding: Floats  # [384, 384]


def heads_from(arrays: Mapping[str, Floats]) -> Heads:
    """Heads from named arrays, as `training.export` writes them. Raises KeyError for a missing one."""

    def layers(name: str) -> Layers:
        return Layers(*(arrays[f"{name}.{part}"] for part in ("0.weight", "0.bias", "2.weight", "2.bias")))

    return Heads(
        layers("sentence_sentiment"), layers("entity_sentiment"), layers("salience"), arrays["embedding.weight"]
    )


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def unit(vectors: Floats) -> Floats:
    """Each row divided by its length; a row of zeros stays so."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1), dtype=np.float32)


def segment_means(hidden: Floats, owner: NDArray[np.int64], count: int) -> Floats:
    """float32[count, size]: the mean of the rows of each owner; zeros for an owner without rows. owner ascends."""
    means = np.zeros((count, hidden.shape[1]), dtype=np.float32)
    if len(owner):
        first = np.flatnonzero(np.r_[True, np.diff(owner) > 0])
        sizes = np.diff(np.r_[first, len(owner)])
        means[owner[first]] = np.add.reduceat(hidden, first, axis=0) / sizes[:, None]
    return means


def place_features(lengths: NDArray[np.int64]) -> Floats:
    """float32[n, 8]: where each sentence stands in its document and how long it is, in pieces."""
    count = len(lengths)
    index = np.arange(count, dtype=np.float32)
    columns = [
        np.log1p(index) / 4,
        index / max(count, 1),
        np.exp(-index / 3),
        index == 0,
        index == 1,
        index == 2,
        np.log1p(lengths) / 5,
        np.full(count, np.log1p(count) / 5),
    ]
    return np.stack(columns, axis=1).astype(np.float32) if count else np.zeros((0, PLACE_FEATURES), np.float32)


def salience_inputs(means: Floats, lengths: NDArray[np.int64]) -> Floats:
    """float32[n, 2 * size + 8]: sentence, document and place, what the salience head reads."""
    document = np.broadcast_to(means.mean(axis=0, keepdims=True), means.shape) if len(means) else means
    return np.concatenate([means, document, place_features(lengths)], axis=1)
