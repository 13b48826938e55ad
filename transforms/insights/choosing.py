"""Which questions an article gets: looked at by worth, answered by its best sentence, and kept for being different.

A question that one sentence alone may answer needs no search; only the others are put to the encoder.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from transforms.candidates import Candidate
from transforms.gate import judge
from transforms.insights import answers
from transforms.insights.answers import answering_span, shared_words, stems
from transforms.insights.article import Article
from transforms.insights.facets import FUTURE, REASON, TIME
from transforms.insights.questions import Question, questions
from transforms.reader.reading import Reading, Span

MOST_QUESTIONS, MOST_OPEN, MOST_OF_FACET, MOST_CONSIDERED = 8, 4, 3, 24
MOST_OF_ANSWER = 2  # questions with the same answer
MOST_OF_PLACE = 2  # questions that one sentence calls for
MOST_OF_CONCEPTS = 2  # questions who or what something is
ENOUGH = 5  # questions below which a facet and a sentence may have one more
SAME_WORDS = 0.75  # share of the shorter one's words at which two questions of one need are one
ALIKE, ALIKE_IN_NEED = 0.93, 0.86  # likeness at which two questions are one, and two that need the same
OPEN_VALUE = 0.5  # of a question without an answer, beside 0.4 to 1 of one with an answer by its score
PARAMETERS = (
    f"questions={MOST_QUESTIONS}/{MOST_OPEN} "
    f"limits={MOST_OF_FACET}/{MOST_OF_CONCEPTS}/{MOST_OF_ANSWER}/{MOST_OF_PLACE}/{ENOUGH} "
    f"considered={MOST_CONSIDERED} alike={ALIKE}/{ALIKE_IN_NEED}/{SAME_WORDS} open={OPEN_VALUE} {answers.PARAMETERS}"
)


_ELSEWHERE = re.compile(
    r", (?:but|while|although|though|which|who|whose)\b|; | and (?:the|its|an?) \w+ (?:will|would|has|is|was)\b"
)
_LEAVING = re.compile(r"\b(?:exit|resignation|withdrawal|dismissal|sacking|leave)\b")
NEAR_REASON = 100  # characters after what happened in which its reason may begin
NEAR_TIME = 40  # characters before or after it in which its time may stand


@dataclass(frozen=True)
class Asked:
    """A question with what answers it. vector: None where none was needed. value: how much it deserves its place."""

    question: Question
    vector: NDArray[np.float32] | None
    span: Span | None
    score: float
    value: float
    support: float = 0.0

    @property
    def lacks_vector(self) -> bool:
        """Whether the archive could not be asked yet: it is open, and nothing here called for its vector."""
        return self.span is None and self.vector is None


class Inquiry:
    """One article with the sentences that may answer, and the questions to look at, the best first."""

    def __init__(self, article: Article, reading: Reading, found: Sequence[Candidate]) -> None:
        self.article, self.reading, self.found = article, reading, found
        self.places = np.array([candidate.place for candidate in found], dtype=np.int64)
        self.said = [article.document.text[each.span.start : each.span.end] for each in found]
        self.questions = self._considered()
        self._cues = {question.text: self._cues_for(question) for question in self.questions}

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [stems(text) for text in self.said]

    @cached_property
    def _salience(self) -> NDArray[np.float64]:
        """float64[sentences]: the salience of each as a share of the greatest."""
        salience = self.reading.sentence_salience.astype(np.float64)
        return salience / max(float(salience.max()), 1e-6)

    def _worth(self, question: Question) -> float:
        return round(question.worth * (0.5 + 0.5 * float(self._salience[question.place])), 6)

    def _considered(self) -> list[Question]:
        asked = questions(
            self.article,
            [candidate.place for candidate in self.found],
            {candidate.place: candidate.span.start for candidate in self.found},
        )
        kept: dict[str, Question] = {}
        of_facet: Counter[str] = Counter()
        for question in sorted(asked, key=lambda each: (-self._worth(each), each.place)):
            if question.text not in kept and of_facet[question.facet] <= MOST_OF_FACET:
                kept[question.text] = question
                of_facet[question.facet] += 1
        return list(kept.values())[:MOST_CONSIDERED]

    @cached_property
    def searching(self) -> list[Question]:
        """The questions that several sentences may answer, or one far away: to tell takes their vectors."""
        return [each for each in self.questions if not each.is_settled and self._cues[each.text].any()]

    def answered(self, vectors: Sequence[NDArray[np.float32]]) -> list[Asked]:
        """The questions with their answers, and those without that are worth keeping open. vectors: of `searching`."""
        if not self.questions:
            return []
        by_text = dict(zip((question.text for question in self.searching), vectors, strict=True))
        made = []
        for question in self.questions:
            vector = by_text.get(question.text)
            span, score = self._best(question, vector)
            if span:
                value = self._worth(question) * (0.4 + 0.6 * score)
                made.append(Asked(question, vector, span, score, value))
            elif question.is_open:
                made.append(Asked(question, vector, None, 0.0, OPEN_VALUE * self._worth(question)))
        return made

    def _best(self, question: Question, vector: NDArray[np.float32] | None) -> tuple[Span | None, float]:
        """The span that answers best with its score; None where none is good enough or can stand alone."""
        cues = self._cues[question.text]
        if not cues.any():
            return None, 0.0
        words = shared_words(stems(question.text), self._stems)
        away = np.abs(self.places - question.place)
        cues = np.where((words >= answers.LEAST_WORDS) | (away <= 1), cues, 0.0)
        likeness = None
        if vector is not None:
            likeness = self.reading.sentence_vectors[self.places].astype(np.float64) @ vector.astype(np.float64)
        value = answers.scores(cues, words, np.exp2(-away / answers.NEAR_HALVES_AFTER), likeness)
        best = int(np.argmax(value))
        if value[best] < answers.LEAST_SCORE:
            return None, 0.0
        return answering_span(self.article.document, self.found[best]), float(value[best])

    def _cues_for(self, question: Question) -> NDArray[np.float64]:
        if question.is_later:
            return np.zeros(len(self.found))
        return np.array([self._cue(question, candidate) for candidate in self.found], dtype=np.float64)

    def _cue(self, question: Question, candidate: Candidate) -> float:
        """How much the sentence has of what the question needs; of the one it was built from only the rest counts.

        A weak word counts there alone, after what the question repeats: "closed a plant after", but no other "after".
        """
        if question.only is not None and candidate.place not in question.only:
            return 0.0
        text, (start, end) = self.article.document.text, (candidate.span.start, candidate.span.end)
        if candidate.place != question.place or question.told is None:
            return float(question.need.cue(text[start:end]) == 1.0)
        first, last = question.told
        before, after = text[start : max(first, start)], text[min(last, end) : end]
        if question.need is REASON:
            after = _ELSEWHERE.split(after)[0][:NEAR_REASON]
        if question.need in (TIME, FUTURE):
            before, after = "" if len(before) > NEAR_TIME or question.need is FUTURE else before, after[:NEAR_TIME]
        return max(float(question.need.cue(before) == 1.0), question.need.cue(after))

    def chosen(self, made: Sequence[Asked]) -> tuple[list[Asked], int]:
        """The questions to keep, the best first and each unlike the others; and how many the gate refused.

        Where they are few, a facet and a sentence may have one more.
        """
        ranking = sorted(made, key=lambda each: -round(each.value, 6))
        kept: list[Asked] = []
        refused: set[str] = set()
        for more in (0, 1):
            for each in ranking:
                if len(kept) >= (MOST_QUESTIONS, ENOUGH)[more]:
                    break
                if not self._has_room(each, kept, more) or each.question.text in refused:
                    continue
                passed = self._passed(each)
                if passed is None:
                    refused.add(each.question.text)
                else:
                    kept.append(passed)
        return sorted(kept, key=lambda each: -round(each.value, 6)), len(refused)

    def _has_room(self, asked: Asked, kept: Sequence[Asked], more: int) -> bool:
        """Whether it is new, and those kept leave room for another of its facet, sentence and answer."""
        question = asked.question
        limit = MOST_OPEN if asked.span is None else MOST_OF_ANSWER
        most = MOST_OF_CONCEPTS if question.facet == "concept" else MOST_OF_FACET
        return (
            not any(_is_of_same_words(asked, each) for each in kept)
            and sum(each.question.facet == question.facet for each in kept) < most + more
            and sum(each.question.place == question.place for each in kept) < MOST_OF_PLACE + more
            and sum(each.span == asked.span for each in kept) < limit
            and not any(_is_alike(asked, each) for each in kept)
        )

    def _passed(self, asked: Asked) -> Asked | None:
        """The question with the support of its answer; None where the gate refuses either.

        What a question names must stand around the sentence it was built from, or be what the article is about.
        """
        question, article = asked.question, self.article
        names = "; ".join(str(entity["name"]) for entity in question.entities)
        known = f"{names}. {article.topic_name}. {article.around(question.place)}"
        if judge(question.text.removesuffix("?"), known, 0.0).missing:
            return None
        if asked.span is None:
            return asked
        shown = article.document.text[asked.span.start : asked.span.end]
        verdict = judge(shown, shown)
        support = round(verdict.support, 4)
        return Asked(question, asked.vector, asked.span, asked.score, asked.value, support) if verdict.passed else None


def _is_of_same_words(one: Asked, other: Asked) -> bool:
    """Whether two questions come from the same words and have the same answer, or neither has any."""
    return one.question.told is not None and one.question.told == other.question.told and one.span == other.span


def _is_alike(one: Asked, other: Asked) -> bool:
    """Whether two questions ask the same: by their vectors, or by their words where both ask for the same thing."""
    is_of_one_need = one.question.need is other.question.need
    likeness = 0.0 if one.vector is None or other.vector is None else float(one.vector @ other.vector)
    if likeness > (ALIKE_IN_NEED if is_of_one_need else ALIKE):
        return True
    said, said_there = _meant(one.question), _meant(other.question)
    return is_of_one_need and len(said & said_there) >= SAME_WORDS * max(min(len(said), len(said_there)), 1)


def _meant(question: Question) -> frozenset[str]:
    """The stems of a question, where the words for somebody's leaving are one."""
    return stems(_LEAVING.sub("departure", question.text))
