"""The articles of one day, read from the marts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.errors import NothingThere

ARTICLE_COLUMNS = [
    "article_id", "revision_id", "source_id", "source_name", "url", "title", "gist", "gist_start", "gist_end",
    "key_points", "text", "sentences", "section", "topics", "language", "published_at", "first_seen_at", "known_at",
    "is_paywalled", "is_partial", "is_edited", "sentiment_label", "sentiment_score", "copy_group_id",
]  # fmt: skip
ENTITY_COLUMNS = [
    "article_id", "entity_id", "name", "type", "ticker", "salience", "relevance", "sentiment_label",
]  # fmt: skip

FIGURE_COLUMNS = [
    "article_id", "figure_text", "kind", "value", "unit", "currency", "direction", "owner", "relevance", "start", "end",
    "sentence_start", "sentence_text",
]  # fmt: skip
QUESTION_COLUMNS = [
    "article_id", "question", "rank", "answer", "answer_start", "answer_end", "is_from_archive", "cited_article_id",
    "cited_title", "cited_source_name", "cited_url", "cited_published_at",
]  # fmt: skip

Row = dict[str, Any]

NIGHT_HOURS = 12  # no night takes longer; the next one starts a day after it


@dataclass(frozen=True)
class Window:
    """Moments [start, end) in UTC."""

    start: datetime
    end: datetime


def window_of(day: date, time_zone: str, report: Row) -> Window:
    """The day from midnight to midnight in `time_zone`, a day of 23 or 25 hours included.

    Where the report is of that very night, the window reaches to NIGHT_HOURS after the run's start, so that what a
    night begun at 23:50 finds is not lost between two briefs.
    """
    zone = ZoneInfo(time_zone)
    start = datetime.combine(day, time.min, zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    if str(report.get("night_date")) == day.isoformat() and report.get("started_at"):
        end = max(end, utc(datetime.fromisoformat(str(report["started_at"]))) + timedelta(hours=NIGHT_HOURS))
    return Window(start, end)


def read_articles(marts: Path, window: Window) -> list[Row]:
    """Rows of the articles mart known within the window, ordered by article id.

    Raises NothingThere where the mart has never been published.
    """
    articles = _dataset(marts / "articles.parquet")
    start, end = (pa.scalar(moment, pa.timestamp("us", "UTC")) for moment in (window.start, window.end))
    known = (pc.field("known_at") >= start) & (pc.field("known_at") < end)
    rows: list[Row] = articles.to_table(columns=ARTICLE_COLUMNS, filter=known).sort_by("article_id").to_pylist()
    return rows


def read_entities(marts: Path, article_ids: list[str]) -> dict[str, list[Row]]:
    """Each article's entities, one row an entity, most salient first."""
    chosen = pc.field("article_id").isin(pa.array(article_ids, pa.string()))
    table = _dataset(marts / "entity_mentions.parquet").to_table(columns=ENTITY_COLUMNS, filter=chosen)
    entities: dict[str, dict[str, Row]] = {}
    for row in table.to_pylist():
        entities.setdefault(row["article_id"], {}).setdefault(row["entity_id"], row)
    return {
        article: sorted(rows.values(), key=lambda row: (-row["salience"], row["entity_id"]))
        for article, rows in entities.items()
    }


def read_figures(marts: Path, article_ids: list[str], window: Window) -> dict[str, list[Row]]:
    """Each article's figures, as far as they were known by the end of the window."""
    return _of_articles(marts / "figures.parquet", FIGURE_COLUMNS, article_ids, window)


def read_questions(marts: Path, article_ids: list[str], window: Window) -> dict[str, list[Row]]:
    """Each article's answered questions, as far as they were known by the end of the window."""
    return _of_articles(marts / "questions.parquet", QUESTION_COLUMNS, article_ids, window)


def _of_articles(file: Path, columns: list[str], article_ids: list[str], window: Window) -> dict[str, list[Row]]:
    """Rows by article; none where a home was last written by a version that had no such mart."""
    rows: dict[str, list[Row]] = {}
    if file.exists():
        end = pa.scalar(window.end, pa.timestamp("us", "UTC"))
        chosen = pc.field("article_id").isin(pa.array(article_ids, pa.string())) & (pc.field("known_at") < end)
        for row in _dataset(file).to_table(columns=columns, filter=chosen).to_pylist():
            rows.setdefault(row["article_id"], []).append(row)
    return rows


def read_source_names(marts: Path) -> dict[str, str]:
    """The name of every source that has ever announced something, by its id."""
    columns = ["source_id", "source_name"]
    rows = _dataset(marts / "source_daily.parquet").to_table(columns=columns).sort_by("source_id").to_pylist()
    return {row["source_id"]: row["source_name"] for row in rows if row["source_name"]}


def utc(moment: datetime) -> datetime:
    """The moment, aware, in UTC; a naive one is taken as UTC, which is what the marts store."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _dataset(file: Path) -> ds.Dataset:
    try:
        return ds.dataset(file, format="parquet")
    except FileNotFoundError as error:
        raise NothingThere(f"{file} is not there yet", "Run a night first: `nightdesk run`.") from error
