"""The insights column: the questions of each article, each with its answer in the article where there is one."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.candidates import candidates
from transforms.contract import KEYS, SPAN, Transform
from transforms.documents import READ, readings
from transforms.embedding import small
from transforms.entities import ENTITY_LIST
from transforms.insights.article import Article
from transforms.insights.choosing import PARAMETERS, Asked, Inquiry
from transforms.insights.questions import Question
from transforms.models import Models
from transforms.reader.reading import Document, Span
from transforms.sentiment import is_supported

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
            pa.field("vector", pa.binary()),
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


def _row(article_id: str, document: Document, rank: int, asked: Asked) -> dict[str, Any]:
    question = asked.question
    known_as = f"{article_id}\n{question.text}"
    answer = asked.span and {
        "text": document.text[asked.span.start : asked.span.end],
        "start": asked.span.start,
        "end": asked.span.end,
        "score": asked.score,
        "support": asked.support,
    }
    return {
        "question_id": hashlib.sha256(known_as.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "facet": question.facet,
        "question": question.text,
        "rank": rank,
        "entity_ids": list(dict.fromkeys(entity["entity_id"] for entity in question.entities)),
        "need": question.need.name,
        "is_later": question.is_later,
        "vector": small(asked.vector).tobytes() if asked.vector is not None and asked.span is None else None,
        "answer": answer,
    }


def _vectors(models: Models, asked: Sequence[Question]) -> Iterator[NDArray[np.float32]]:
    """The vector of each question, read alone: beside others in one window it would lean towards theirs."""
    read = models.read([Document(question.text, (Span(0, len(question.text)),)) for question in asked])
    return iter([reading.sentence_vectors[0] for reading in read])


def insights(table: pa.Table, models: Models) -> pa.Table:
    """The questions of each article; none in a language whose grammar the rules do not know."""
    given = table.select([*KEYS.names, "title", "language", "entities"]).to_pylist()
    work = []
    for (document, reading), row in zip(readings(table, models), given, strict=True):
        found = candidates(document) if is_supported(row["language"]) else []
        work.append(Inquiry(Article(document, row["title"] or "", row["entities"] or []), reading, found))
    vectors = _vectors(models, [question for inquiry in work for question in inquiry.searching])
    chosen = [inquiry.chosen(inquiry.answered([next(vectors) for _ in inquiry.searching])) for inquiry in work]
    late = _vectors(models, [each.question for kept, _ in chosen for each in kept if each.lacks_vector])
    rows = []
    for inquiry, (kept, refused), row in zip(work, chosen, given, strict=True):
        whole = [replace(each, vector=next(late)) if each.lacks_vector else each for each in kept]
        asked = [_row(row["article_id"], inquiry.article.document, rank, each) for rank, each in enumerate(whole, 1)]
        counts = {"considered": len(inquiry.questions), "refused": refused}
        rows.append({**{key: row[key] for key in KEYS.names}, "questions": asked, **counts})
    return pa.Table.from_pylist(rows, schema=WRITES)


INSIGHTS = Transform(
    "insights", 4, ("content", "entities"), READS, WRITES, insights, uses_reader=True, parameters=PARAMETERS
)
