"""An open question before the sentences of other articles: which of them answers it, if one does.

It is stricter than within an article: the answer names what the question is about, shares its words, and tells what
the asking article does not say itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.candidates import candidates
from transforms.gate import judge
from transforms.insights.answers import (
    CUE_WEIGHT,
    LIKENESS_WEIGHT,
    WORDS_WEIGHT,
    answering_span,
    scores,
    shared_words,
    stems,
)
from transforms.insights.facets import NEEDS
from transforms.reader.reading import Document

LEAST_SCORE, LEAST_WORDS, LEAST_LIKENESS = 0.66, 0.34, 0.4
SAID_ALREADY = 0.9  # likeness to a sentence of the asking article at which a sentence tells nothing new
PARAMETERS = (
    f"least={LEAST_SCORE}/{LEAST_WORDS}/{LEAST_LIKENESS} said={SAID_ALREADY} "
    f"likeness={LIKENESS_WEIGHT} words={WORDS_WEIGHT} cue={CUE_WEIGHT}"
)


@dataclass(frozen=True)
class Text:
    """An article of the archive. vectors: float32, one a sentence. at: when it was published, else fetched."""

    article_id: str
    revision_id: str
    document: Document
    vectors: NDArray[np.float32]
    entities: Sequence[Mapping[str, Any]]
    at: datetime

    def named(self, entity_ids: Sequence[str]) -> list[int]:
        """Where the text names one of the entities."""
        return [
            mention["start"]
            for entity in self.entities
            if entity["entity_id"] in entity_ids
            for mention in entity["mentions"]
        ]


@dataclass(frozen=True)
class OpenQuestion:
    """A question that its own article does not answer."""

    question_id: str
    question: str
    need: str
    is_later: bool
    entity_ids: tuple[str, ...]
    vector: NDArray[np.float32]


@dataclass(frozen=True)
class Answer:
    """A sentence of the archive that answers: text[start:end] of the cited text."""

    cited_article_id: str
    cited_revision_id: str
    text: str
    start: int
    end: int
    score: float
    support: float


def best_answer(question: OpenQuestion, asking: Text, archive: Sequence[Text]) -> Answer | None:
    """The best answer that some text gives; None where none is good enough, or the gate refuses it."""
    found = [answer for text in archive if (answer := _answer_of(question, asking, text))]
    return max(found, key=lambda answer: (answer.score, answer.cited_article_id), default=None)


def _answer_of(question: OpenQuestion, asking: Text, text: Text) -> Answer | None:
    if text.article_id == asking.article_id or text.revision_id == asking.revision_id:
        return None
    if question.is_later and text.at <= asking.at:
        return None
    found = candidates(text.document)
    if not found or not len(text.vectors):
        return None
    places = np.array([candidate.place for candidate in found])
    vectors = text.vectors[places]
    likeness = vectors @ question.vector
    said = [text.document.text[each.span.start : each.span.end] for each in found]
    asked_words = stems(question.question)
    words = shared_words(asked_words, [stems(each) for each in said])
    need = NEEDS[question.need]
    cues = np.array([float(need.cue(each) == 1.0) for each in said])
    starts = text.named(question.entity_ids)
    about = np.array([not question.entity_ids or any(c.span.start <= at < c.span.end for at in starts) for c in found])
    new = (vectors @ asking.vectors.T).max(axis=1) < SAID_ALREADY if len(asking.vectors) else np.ones(len(found), bool)
    value = scores(cues, words, None, likeness.astype(np.float64))
    fits = about & new & (words >= LEAST_WORDS) & (likeness >= LEAST_LIKENESS)
    value = np.where(fits, value, 0.0).round(4)
    best = int(np.argmax(value))
    if value[best] < LEAST_SCORE:
        return None
    span = answering_span(text.document, found[best])
    shown = text.document.text[span.start : span.end] if span else ""
    verdict = judge(shown, shown)
    if span is None or not verdict.passed:
        return None
    support = round(verdict.support, 4)
    return Answer(text.article_id, text.revision_id, shown, span.start, span.end, float(value[best]), support)
