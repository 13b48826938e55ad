"""Which sentence answers a question: likeness of meaning, shared words, and the words that an answer of its kind has.

The same measure serves within the article and over the archive; `flows/answers.py` brings the archive's sentences.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transforms.candidates import Candidate
from transforms.names import word_set
from transforms.reader.reading import Document, Span

LIKENESS_WEIGHT, WORDS_WEIGHT, CUE_WEIGHT, NEAR_WEIGHT = 0.45, 0.2, 0.2, 0.15
NEAR_HALVES_AFTER = 2.0  # sentences from the one that calls for the question
LEAST_SCORE, LEAST_WORDS = 0.6, 0.2
MOST_WORDS_OF_ANSWER = 80
PARAMETERS = (
    f"likeness={LIKENESS_WEIGHT} words={WORDS_WEIGHT} cue={CUE_WEIGHT} near={NEAR_WEIGHT}/{NEAR_HALVES_AFTER} "
    f"least={LEAST_SCORE}/{LEAST_WORDS} words={MOST_WORDS_OF_ANSWER}"
)

_ASKING = word_set(
    "what why how when who which did does do is are was were has have had will the a an of in on at to for from with "
    "by and or that now happens happened since about say says next led mean means react last it its about than as s"
)
# what speaks of "it", and what is a quotation without its speaker
_LEANING = re.compile(
    r"(?:he|she|it|they|this|these|those|his|her|its|their|such|both|we|i)\b|[\"“„«][^\"”“»]*(?:[\"”“»]\W*)?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = re.compile(r"(?:ies|ied|ing|ed|es|s|ly|e|y)$")


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that carry its meaning."""
    words = set(_WORD.findall(text.casefold())) - _ASKING
    return frozenset(_ENDINGS.sub("", word) if len(word) > 4 else word for word in words)


def shared_words(question: frozenset[str], sentences: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """float64[n]: the share of the question's words that each sentence has, rare words among the sentences for more."""
    weight = {word: 1 / (1 + sum(word in each for each in sentences)) for word in question}
    whole = sum(weight.values())
    if not whole:
        return np.zeros(len(sentences))
    return np.array([sum(weight[word] for word in question & each) / whole for each in sentences])


def scores(
    cues: NDArray[np.float64],
    words: NDArray[np.float64],
    near: NDArray[np.float64] | None,
    likeness: NDArray[np.float64] | None,
) -> NDArray[np.float64]:
    """float64[n], 0 to 1: how well each sentence answers; 0 without a word of the kind that the question needs.

    What is not known, the place in another article or the likeness, leaves its weight to the rest.
    """
    value, whole = WORDS_WEIGHT * words + CUE_WEIGHT * cues, WORDS_WEIGHT + CUE_WEIGHT
    if near is not None:
        value, whole = value + NEAR_WEIGHT * near, whole + NEAR_WEIGHT
    if likeness is not None:
        value, whole = value + LIKENESS_WEIGHT * np.clip(likeness, 0, 1), whole + LIKENESS_WEIGHT
    kept: NDArray[np.float64] = np.where(cues > 0, value / whole, 0.0).round(4)
    return kept


def answering_span(document: Document, candidate: Candidate) -> Span | None:
    """The span to cite: the sentence, with the one before it where it leans on that; None where it cannot stand."""
    if not _LEANING.match(document.text[candidate.span.start : candidate.span.end]):
        return candidate.span
    if candidate.place == 0:
        return None
    before = document.sentences[candidate.place - 1]
    text = document.text[before.start : candidate.span.end]
    is_one = "\n" not in document.text[before.end : candidate.span.start]
    return Span(before.start, candidate.span.end) if is_one and len(text.split()) <= MOST_WORDS_OF_ANSWER else None
