"""Makes the probabilities of the two sentiment heads mean what they say, and measures how far they do.

A trained head is surer than it is right. One number a head, its temperature, is fitted on texts that no step was taken
on (Guo et al. 2017) and divides the head's last layer; which label is likeliest stays as it was.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transforms.reader.heads import softmax
from transforms.reader.reader import Reader
from transforms.reader.reading import Document
from transforms.reader.training.labelled import Labelled

BINS = 10
COOLEST, HOTTEST, STEPS = 0.3, 4.0, 371
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Judgements:
    """A head's scores float32[n, 3] before they become probabilities, and what people said, int64[n]."""

    logits: Floats
    wanted: NDArray[np.int64]


@dataclass(frozen=True)
class Bin:
    """What was said with a probability between two tenths: how often, how surely on average, how often rightly."""

    count: int
    stated: float
    right: float


def _batches(reader: Reader, items: Sequence[Labelled], size: int = 32) -> Iterator[tuple[Labelled, Floats, Floats]]:
    """Each text with what the two heads read: of its targets, where it has any, and of its sentences."""
    for start in range(0, len(items), size):
        some = items[start : start + size]
        encoded = reader.encode_documents([Document(item.text, item.sentences) for item in some])
        for item, each in zip(some, encoded, strict=True):
            means, _ = each.sentence_means(len(item.sentences))
            pieces, rows = each.pieces, []
            for target in item.targets:
                at = np.flatnonzero((pieces.ends > target.start) & (pieces.starts < target.end))
                inside = each.hidden[at].mean(axis=0) if len(at) else np.zeros(means.shape[1], np.float32)
                rows.append(np.concatenate([inside, means[pieces.sentence[at[0]] if len(at) else 0]]))
            yield item, np.array(rows, dtype=np.float32).reshape(-1, 2 * means.shape[1]), means


def judge(reader: Reader, items: Sequence[Labelled]) -> tuple[Judgements, Judgements]:
    """The heads on texts with labels: towards targets whose places are given, and of sentences."""
    aimed, toned, towards, moods = [], [], [], []
    for item, targets, sentences in _batches(reader, items):
        if len(targets):
            aimed.append(reader.heads.entity_sentiment(targets))
            towards += [target.label for target in item.targets]
        known = [place for place, mood in enumerate(item.sentiments) if mood is not None]
        if known:
            toned.append(reader.heads.sentence_sentiment(sentences[known]))
            moods += [mood for mood in item.sentiments if mood is not None]
    return _judgements(aimed, towards), _judgements(toned, moods)


def _judgements(logits: Sequence[Floats], wanted: Sequence[int]) -> Judgements:
    rows = np.concatenate(logits) if logits else np.zeros((0, 3), np.float32)
    return Judgements(rows, np.array(wanted, dtype=np.int64))


def loss(judged: Judgements, temperature: float) -> float:
    """Mean negative log probability of what people said."""
    chances = softmax(judged.logits / np.float32(temperature))[np.arange(len(judged.wanted)), judged.wanted]
    return float(-np.log(np.maximum(chances, 1e-9)).mean())


def temperature(judged: Judgements) -> float:
    """The number that the scores are best divided by."""
    tried = np.geomspace(COOLEST, HOTTEST, STEPS)
    return float(tried[int(np.argmin([loss(judged, float(t)) for t in tried]))])


def cooled(heads: Mapping[str, Floats], temperatures: Mapping[str, float]) -> dict[str, Floats]:
    """The arrays that change: the last layers of the named heads, divided by their temperatures."""
    return {
        f"{head}.2.{part}": (heads[f"{head}.2.{part}"] / np.float32(value)).astype(np.float32)
        for head, value in temperatures.items()
        for part in ("weight", "bias")
    }


def reliability(judged: Judgements) -> list[Bin]:
    """The likeliest labels by the probability they were given, in tenths, empty tenths left out."""
    chances = softmax(judged.logits)
    stated, right = chances.max(axis=1), chances.argmax(axis=1) == judged.wanted
    place = np.minimum((stated * BINS).astype(int), BINS - 1)
    inside = [place == number for number in range(BINS)]
    return [Bin(int(at.sum()), float(stated[at].mean()), float(right[at].mean())) for at in inside if at.any()]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean distance of stated and right, weighted by how often (Naeini et al. 2015)."""
    return sum(b.count * abs(b.stated - b.right) for b in bins) / sum(b.count for b in bins)
