"""What stands beside the points of an article: the figures that belong to them, the questions with their answers."""

from collections.abc import Iterable, Sequence
from typing import Any

from flows.brief.content import Answered, Figure
from flows.brief.display import safe_url, visible

Row = dict[str, Any]
Span = tuple[int, int]

FIGURES_SHOWN = 6
QUESTIONS_SHOWN = 3
FEW = 12
_WIDEST_RANGE = 5  # characters between the two figures of a range: " and "
_KINDS = ("amount", "percentage", "ratio", "count")


def figures_beside(rows: Iterable[Row], cited: Sequence[Span], limit: int = FIGURES_SHOWN) -> tuple[Figure, ...]:
    """The figures of an article that belong to its cited sentences, then those of what it is mainly about.

    rows: of the figures mart, of one article. The answer is in text order, each figure and owner once, the two numbers
    of a range as one.
    """
    told = [row for row in _joined(rows) if not _is_small_talk(row)]
    ranked = sorted(told, key=lambda row: (not _is_cited(row, cited), _KINDS.index(row["kind"]), row["start"]))
    chosen: dict[tuple[str, str], Row] = {}
    for row in ranked:
        if _is_cited(row, cited) or row["relevance"] == "main":
            chosen.setdefault((row["figure_text"].casefold(), row["owner"] or ""), row)
    kept = sorted(list(chosen.values())[:limit], key=lambda row: row["start"])
    return tuple(
        Figure(
            text=visible(row["figure_text"]),
            owner=visible(row["owner"]) if row["owner"] else None,
            direction=row["direction"],
            sentence=visible(row["sentence_text"]),
            start=row["start"],
        )
        for row in kept
    )


def _joined(rows: Iterable[Row]) -> list[Row]:
    """In text order, the first number of a range taken into the second: "5 to 7 percent"."""
    joined: list[Row] = []
    for row in sorted(rows, key=lambda row: row["start"]):
        before = joined[-1] if joined else None
        if before and _opens_range(before, row):
            first, last = before["start"] - row["sentence_start"], row["end"] - row["sentence_start"]
            joined[-1] = {**row, "start": before["start"], "figure_text": row["sentence_text"][first:last]}
        else:
            joined.append(row)
    return joined


def _opens_range(first: Row, second: Row) -> bool:
    is_bare = first["figure_text"][-1].isdigit() and (first["unit"] is not None or first["currency"] is not None)
    same = first["unit"] == second["unit"] and first["currency"] == second["currency"]
    return is_bare and same and bool(0 <= second["start"] - first["end"] <= _WIDEST_RANGE)


def _is_small_talk(row: Row) -> bool:
    """ "Two rivals", "four ships": counted in words, and few."""
    return row["kind"] == "count" and row["value"] <= FEW and bool(row["figure_text"][0].isalpha())


def _is_cited(row: Row, cited: Sequence[Span]) -> bool:
    return any(start <= row["start"] and row["end"] <= end for start, end in cited)


def questions_beside(rows: Iterable[Row], limit: int = QUESTIONS_SHOWN) -> tuple[Answered, ...]:
    """The first questions of an article by rank, each with its answer and the article that this stands in.

    rows: of the questions mart, of one article.
    """
    return tuple(
        Answered(
            question=visible(row["question"]),
            answer=visible(row["answer"]),
            start=row["answer_start"],
            end=row["answer_end"],
            article_id=row["cited_article_id"],
            is_from_archive=row["is_from_archive"],
            source=visible(row["cited_source_name"]),
            title=visible(row["cited_title"] or "") or "Untitled",
            url=safe_url(row["cited_url"]),
            published_at=row["cited_published_at"],
        )
        for row in sorted(rows, key=lambda row: row["rank"])[:limit]
    )
