"""What each candidate is worth as a key point: a weighted sum of a few plain features of a sentence in its article.

The weights are fitted by `transforms.reader.training.worth`, which prints them, on articles with highlights that people
wrote; the reader's salience there is that of a head that has not seen the article.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.candidates import Candidate
from transforms.reader.reading import Reading
from transforms.support import FUNCTION_WORDS

LONG_WORDS = 30  # from here on each word more counts
LEAST_LETTERS = 3  # of a word whose frequency in the article counts
STEEPNESS = 15.0  # of the curve that turns the sum into a score between 0 and 1
# feature: its mean, its spread, the weight of one spread
WEIGHTS = {
    "salience": (0.492, 0.256, 0.013),
    "central": (0.575, 0.266, 0.0077),
    "first": (0.078, 0.215, 0.0044),
    "early": (0.23, 0.281, 0.0299),
    "long": (0.046, 0.141, -0.0156),
    "common": (0.562, 0.331, 0.019),
    "main": (0.367, 0.411, 0.0161),
}
OF_ENGLISH = ("salience", "main", "common")  # what is known of texts in the reader's language alone

_WORD = re.compile(rf"[^\W\d_]{{{LEAST_LETTERS},}}")
Values = NDArray[np.float64]


def spread(values: Values) -> Values:
    """The values stretched to 0..1 within the document; all halves where they are equal."""
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    return (values - low) / (high - low) if high > low else np.full_like(values, 0.5)


def features(found: Sequence[Candidate], reading: Reading, entities: Sequence[dict[str, Any]]) -> dict[str, Values]:
    """By name, float64[n]: what is known of each candidate, in the order in which they stand."""
    places = np.array([candidate.place for candidate in found], dtype=np.int64)
    order = np.arange(len(found), dtype=np.float64)
    words = np.array([candidate.words for candidate in found], dtype=np.float64)
    chance = np.clip(reading.sentence_salience[places].astype(np.float64), 1e-6, 1 - 1e-6)
    return {
        "salience": spread(np.log(chance / (1 - chance))),
        "central": spread(reading.sentence_vectors[places].astype(np.float64) @ reading.vector.astype(np.float64)),
        "first": np.exp2(-order),
        "early": np.exp2(-order / 4),
        "long": np.maximum(words - LONG_WORDS, 0) / LONG_WORDS,
        "common": _common([candidate.shown for candidate in found]),
        "main": _main(found, entities),
    }


def _common(lines: Sequence[str]) -> Values:
    """For each line the mean over its words of the logarithm of how often the lines together have the word."""
    said = [[word for word in _WORD.findall(line.casefold()) if word not in FUNCTION_WORDS] for line in lines]
    count = Counter(word for words in said for word in words)
    frequent = {word: float(np.log(times)) for word, times in count.items()}
    return np.array([sum(map(frequent.__getitem__, words)) / max(len(words), 1) for words in said], dtype=np.float64)


def _main(found: Sequence[Candidate], entities: Sequence[dict[str, Any]]) -> Values:
    """For each candidate 1 over the rank of the most salient entity that it names; 0 where it names none."""
    best = np.zeros(len(found))
    starts = [candidate.span.start for candidate in found]
    for rank, entity in enumerate(sorted(entities, key=lambda each: -each["salience"]), start=1):
        for mention in entity["mentions"]:
            place = int(np.searchsorted(starts, mention["start"], side="right")) - 1
            if place >= 0 and mention["start"] < found[place].span.end:
                best[place] = max(best[place], 1 / rank)
    return best


def worth(
    found: Sequence[Candidate], reading: Reading, entities: Sequence[dict[str, Any]], trusts_salience: bool
) -> Values:
    """float64[n], 0 to 1: how well each candidate would stand for the article."""
    known = features(found, reading, entities)
    total = np.zeros(len(found))
    for name, (mean, deviation, weight) in WEIGHTS.items():
        if trusts_salience or name not in OF_ENGLISH:
            total += weight * (known[name] - mean) / deviation
    total -= np.array([candidate.cost for candidate in found])
    score: Values = (1 / (1 + np.exp(-STEEPNESS * total))).round(4)
    return score
