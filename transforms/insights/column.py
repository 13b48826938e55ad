"""The insights column: the questions of each article, each with its answer in the article where there is one."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.candidates import Candidate, candidates
from transforms.contract import KEYS, SPAN, Transform
from transforms.documents import READ, readings
from transforms.embedding import small
from transforms.entities import ENTITY_LIST
from transforms.gate import judge
from transforms.insights import answers
from transforms.insights.answers import Found, answering_span, shared_words, stems
from transforms.insights.article import Article
from transforms.insights.questions import Question, questions
from transforms.models import Models
from transforms.reader.reading import Document, Reading, Span
from transforms.sentiment import is_supported

MOST_QUESTIONS, MOST_OPEN, MOST_OF_FACET, MOST_CONSIDERED = 8, 2, 2, 14
MOST_OF_ANSWER = 2  # questions with the same answer
ALIKE = 0.93  # likeness at which two questions are one
PARAMETERS = (
    f"questions={MOST_QUESTIONS}/{MOST_OPEN}/{MOST_OF_FACET}/{MOST_OF_ANSWER} "
    f"considered={MOST_CONSIDERED} alike={ALIKE} {answers.PARAMETERS}"
)

_ANSWER = pa.struct(
    [
        pa.field("text", pa.string(), nullable=False),
        *SPAN,
        pa.field("score", pa.float32(), nullable=False),
        pa.field("support", pa.float32(), nullable=False),
    ]
)
QUESTIONS = pa.list_(
    pa.struct(
        [
            pa.field("question_id", pa.string(), nullable=False),
            pa.field("facet", pa.string(), nullable=False),
            pa.field("question", pa.string(), nullable=False),
            pa.field("rank", pa.int32(), nullable=False),
            pa.field("entity_ids", pa.list_(pa.string()), nullable=False),
            pa.field("need", pa.string(), nullable=False),
            pa.field("is_later", pa.bool_(), nullable=False),
            pa.field("vector", pa.binary(), nullable=False),
            pa.field("answer", _ANSWER),
        ]
    )
)
READS = pa.schema(
    [*READ, pa.field("title", pa.string()), pa.field("language", pa.string()), pa.field("entities", ENTITY_LIST)]
)
WRITES = pa.schema(
    [
        *KEYS,
        pa.field("questions", QUESTIONS, nullable=False),
        pa.field("considered", pa.int32(), nullable=False),
        pa.field("refused", pa.int32(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Asked:
    """A question with its vector and what answers it; value: how much it deserves its place."""

    question: Question
    vector: NDArray[np.float32]
    span: Span | None
    score: float
    support: float
    value: float


def considered(article: Article, reading: Reading, found: Sequence[Candidate]) -> list[Question]:
    """The questions worth looking for an answer to, the best first; of equal ones the first."""
    salience = reading.sentence_salience
    top = float(salience.max()) if len(salience) else 1.0
    asked = sorted(
        questions(article, [candidate.place for candidate in found]),
        key=lambda each: (
            -round(each.worth * (0.5 + 0.5 * float(salience[each.place]) / max(top, 1e-6)), 6),
            each.place,
        ),
    )
    kept: dict[str, Question] = {}
    of_facet: Counter[str] = Counter()
    for question in asked:
        if question.text not in kept and of_facet[question.facet] < MOST_OF_FACET + 1:
            kept[question.text] = question
            of_facet[question.facet] += 1
    return list(kept.values())[:MOST_CONSIDERED]


def _best(
    question: Question, vector: NDArray[np.float32], article: Article, reading: Reading, found: Sequence[Candidate]
) -> Found | None:
    """The candidate that answers best, whatever its score; None where none has a word of the kind."""
    if question.is_later or not found:
        return None
    places = np.array([candidate.place for candidate in found])
    said = [article.document.text[each.span.start : each.span.end] for each in found]
    cues = np.array([_cue(question, article.document, candidate) for candidate in found])
    near = np.exp2(-np.abs(places - question.place) / answers.NEAR_HALVES_AFTER)
    likeness = reading.sentence_vectors[places].astype(np.float64) @ vector.astype(np.float64)
    words = shared_words(stems(question.text), [stems(text) for text in said])
    cues = np.where((words >= answers.LEAST_WORDS) | (np.abs(places - question.place) <= 1), cues, 0.0)
    value = answers.scores(likeness, words, cues, near)
    best = int(np.argmax(value))
    return Found(best, float(value[best])) if value[best] > 0 else None


def _cue(question: Question, document: Document, candidate: Candidate) -> float:
    """How much the sentence has of what the question needs; of the one it was built from only the rest counts.

    A weak word counts there alone: "closed a plant after", but not any later "after".
    """
    if question.only is not None and candidate.place not in question.only:
        return 0.0
    start, end = candidate.span.start, candidate.span.end
    if candidate.place != question.place or question.told is None:
        return float(question.need.cue(document.text[start:end]) == 1.0)
    first, last = question.told
    rest = f"{document.text[start : max(first, start)]} · {document.text[min(last, end) : end]}"
    return question.need.cue(rest)


def _answered(
    article: Article,
    reading: Reading,
    found: Sequence[Candidate],
    asked: Sequence[Question],
    vectors: NDArray[np.float32],
) -> tuple[list[Asked], int]:
    """The questions with their answers where those pass, and how many questions and answers the gate refused."""
    top = max(float(reading.sentence_salience.max()), 1e-6)
    median = float(np.median(reading.sentence_salience[[candidate.place for candidate in found]]))
    made, refused = [], 0
    text = article.document.text
    for question, vector in zip(asked, vectors, strict=True):
        names = " ".join(str(entity["name"]) for entity in question.entities)
        if judge(
            question.text.rstrip("?"), f"{names}. {article.topic_name}. {article.around(question.place)}", 0.0
        ).missing:
            refused += 1
            continue
        worth = question.worth * (0.5 + 0.5 * float(reading.sentence_salience[question.place]) / top)
        best = _best(question, vector, article, reading, found)
        if best and best.score >= answers.LEAST_SCORES.get(question.need.name, answers.LEAST_SCORE):
            span = answering_span(article.document, found[best.place])
            shown = text[span.start : span.end] if span else ""
            verdict = judge(shown, shown)
            if verdict.passed:
                value = worth * (0.4 + 0.6 * best.score)
                made.append(Asked(question, vector, span, best.score, round(verdict.support, 4), value))
                continue
            refused += 1
        if question.is_open and reading.sentence_salience[question.place] >= median:
            made.append(Asked(question, vector, None, 0.0, 0.0, 0.5 * worth))
    return made, refused


def chosen(made: Sequence[Asked]) -> list[Asked]:
    """The questions to keep, the best first: different in kind, in wording and in answer."""
    kept: list[Asked] = []
    of_facet: Counter[str] = Counter()
    of_answer: Counter[Span | None] = Counter()
    for each in sorted(made, key=lambda each: -round(each.value, 6)):
        limit = MOST_OPEN if each.span is None else MOST_OF_ANSWER
        is_again = any(float(each.vector @ other.vector) > ALIKE for other in kept)
        if is_again or of_facet[each.question.facet] >= MOST_OF_FACET or of_answer[each.span] >= limit:
            continue
        kept.append(each)
        of_facet[each.question.facet] += 1
        of_answer[each.span] += 1
        if len(kept) == MOST_QUESTIONS:
            break
    return kept


def _row(article_id: str, document: Document, rank: int, asked: Asked) -> dict[str, object]:
    question = asked.question
    answer = asked.span and {
        "text": document.text[asked.span.start : asked.span.end],
        "start": asked.span.start,
        "end": asked.span.end,
        "score": asked.score,
        "support": asked.support,
    }
    return {
        "question_id": hashlib.sha256(f"{article_id}\n{question.text}".encode("utf-8", "surrogatepass")).hexdigest()[
            :16
        ],
        "facet": question.facet,
        "question": question.text,
        "rank": rank,
        "entity_ids": list(dict.fromkeys(entity["entity_id"] for entity in question.entities)),
        "need": question.need.name,
        "is_later": question.is_later,
        "vector": small(asked.vector).tobytes(),
        "answer": answer,
    }


def _asked_document(asked: Sequence[Question]) -> Document:
    """The questions of an article as one text, a sentence each: they are read together, in one window or two."""
    text, spans = "", []
    for question in asked:
        spans.append(Span(len(text), len(text) + len(question.text)))
        text += question.text + "\n"
    return Document(text, tuple(spans))


def insights(table: pa.Table, models: Models) -> pa.Table:
    """The questions of each article; none in a language whose grammar the rules do not know."""
    given = table.select([*KEYS.names, "title", "language", "entities"]).to_pylist()
    work = []
    for (document, reading), row in zip(readings(table, models), given, strict=True):
        found = candidates(document) if is_supported(row["language"]) else []
        article = Article(document, row["title"] or "", row["entities"] or [])
        work.append((article, reading, found, considered(article, reading, found)))
    wanted = [number for number, (_, _, _, asked) in enumerate(work) if asked]
    read = models.read([_asked_document(work[number][3]) for number in wanted])
    vectors = dict(zip(wanted, (reading.sentence_vectors for reading in read), strict=True))
    rows = []
    for number, ((article, reading, found, asked), row) in enumerate(zip(work, given, strict=True)):
        made, refused = _answered(article, reading, found, asked, vectors[number]) if asked else ([], 0)
        kept = chosen(made)
        rows.append(
            {
                **{key: row[key] for key in KEYS.names},
                "questions": [
                    _row(row["article_id"], article.document, rank, each) for rank, each in enumerate(kept, 1)
                ],
                "considered": len(asked),
                "refused": refused,
            }
        )
    return pa.Table.from_pylist(rows, schema=WRITES)


INSIGHTS = Transform(
    "insights", 1, ("content", "entities"), READS, WRITES, insights, uses_reader=True, parameters=PARAMETERS
)
