"""Rows of the marts figures and questions for the pieces of the tests: the figures as the rules find them."""

from itertools import groupby
from typing import Any

from flows.raw import short_hash
from tests.deploy.dashboard.columns import FIGURES, QUESTIONS
from tests.deploy.dashboard.marts import Piece, article_row, mention_rows
from transforms.figures.column import rows

Row = dict[str, Any]


def figure_rows(piece: Piece) -> list[Row]:
    """The rows of the figures mart."""
    article = article_row(piece)
    spans = [(span["start"], span["end"]) for span in article["sentences"]]
    mentions = sorted(mention_rows(piece), key=lambda row: str(row["entity_id"]))
    entities = [
        {**named[0], "mentions": named}
        for named in (list(same) for _, same in groupby(mentions, key=lambda row: row["entity_id"]))
    ]
    owners = {entity["entity_id"]: entity for entity in entities}
    return [_row(article, found, owners) for found in rows(piece.text, spans, entities, piece.language)]


def _row(article: Row, found: Row, owners: dict[str, Row]) -> Row:
    owner = owners.get(found["entity_id"], {})
    joined: Row = {name: article[name] for name in FIGURES.names if name in article}
    return joined | {
        **{name: found[name] for name in FIGURES.names if name in found},
        "figure_id": short_hash(f"{article['article_id']}/{found['start']}"),
        "figure_text": found["text"],
        "ticker": owner.get("ticker"),
        "relevance": owner.get("relevance"),
        "sentence_text": article["text"][found["sentence_start"] : found["sentence_end"]],
    }


def question_row(asking: Piece, question: str, answering: Piece, sentence: int, rank: int = 1) -> Row:
    """The row of a question that a sentence of `answering` answers."""
    article, cited = article_row(asking), article_row(answering)
    span = cited["sentences"][sentence]
    row: Row = dict.fromkeys(QUESTIONS.names)
    return row | {
        "question_id": short_hash(article["article_id"] + question),
        **{name: article[name] for name in ("article_id", "revision_id", "known_at", "known_date")},
        "facet": "outlook",
        "question": question,
        "rank": rank,
        "entity_ids": [],
        "answer": cited["text"][span["start"] : span["end"]],
        "answer_start": span["start"],
        "answer_end": span["end"],
        "score": 0.8,
        "support": 1.0,
        "cited_article_id": cited["article_id"],
        "cited_revision_id": cited["revision_id"],
        "is_from_archive": asking is not answering,
        **{f"cited_{name}": cited[name] for name in ("title", "source_name", "url", "published_at", "known_at")},
        "asked_at": article["known_at"],
        "lineage": [],
    }
