"""Rows of questions and of answers from the archive, for the nights of nights.py."""

from typing import Any


def questions_of(name: str, text: str) -> list[dict[str, Any]]:
    """One question that the text answers itself, and one that it leaves open."""
    first = {"text": text[: text.index(". ") + 1], "start": 0, "end": text.index(". ") + 1}
    asked = {"facet": "origins", "entity_ids": ["acme"], "need": "reason", "is_later": False, "vector": b""}
    here = {
        "question_id": f"{name}-here",
        "question": "Who leads?",
        "rank": 1,
        "answer": {**first, "score": 0.9, "support": 1},
    }
    return [{**asked, **here}, {**asked, "question_id": f"{name}-open", "question": "Why?", "rank": 2, "answer": None}]


def answer_of(asking: tuple[str, str, str], cited: tuple[str, str, str]) -> dict[str, Any]:
    """An answer from the archive. asking: article, revision, question. cited: article, revision, text."""
    text = cited[2][: cited[2].index(". ") + 1]
    keys = ("asking_article_id", "asking_revision_id", "question_id", "cited_article_id", "cited_revision_id", "text")
    values = (*asking, *cited[:2], text)
    return {**dict(zip(keys, values, strict=True)), "start": 0, "end": len(text), "score": 0.8, "support": 1.0}
