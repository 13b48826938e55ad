"""The insights column: the questions of each article, each with its answer in the article where there is one."""

import hashlib
from typing import Any

import pyarrow as pa

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


def _row(article_id: str, document: Document, rank: int, asked: Asked) -> dict[str, Any]:
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


def _as_document(question: Question) -> Document:
    """A question alone: beside others in one window its vector would lean towards theirs."""
    return Document(question.text, (Span(0, len(question.text)),))


def insights(table: pa.Table, models: Models) -> pa.Table:
    """The questions of each article; none in a language whose grammar the rules do not know."""
    given = table.select([*KEYS.names, "title", "language", "entities"]).to_pylist()
    work = []
    for (document, reading), row in zip(readings(table, models), given, strict=True):
        found = candidates(document) if is_supported(row["language"]) else []
        work.append(Inquiry(Article(document, row["title"] or "", row["entities"] or []), reading, found))
    read = models.read([_as_document(question) for inquiry in work for question in inquiry.searching])
    vectors = iter([reading.sentence_vectors[0] for reading in read])
    rows = []
    for inquiry, row in zip(work, given, strict=True):
        made = inquiry.answered([next(vectors) for _ in inquiry.searching])
        kept, refused = inquiry.chosen(made)
        asked = [_row(row["article_id"], inquiry.article.document, rank, each) for rank, each in enumerate(kept, 1)]
        counts = {"considered": len(inquiry.questions), "refused": refused}
        rows.append({**{key: row[key] for key in KEYS.names}, "questions": asked, **counts})
    return pa.Table.from_pylist(rows, schema=WRITES)


INSIGHTS = Transform(
    "insights", 1, ("content", "entities"), READS, WRITES, insights, uses_reader=True, parameters=PARAMETERS
)
