"""What the dashboard asks of the published database.

It is opened anew for every page drawn: a night swapped in meanwhile is seen at the next one, and no page mixes two.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import duckdb

from flows.errors import NightdeskError
from flows.paths import Home
from flows.query import open_published, search
from flows.settings import Settings

Row = dict[str, Any]

SEARCH_RESULTS = 40
COUNTS = (
    "due", "fetched", "refused", "deferred", "failed", "articles", "rejected", "rechecked", "unchanged", "revised",
)  # fmt: skip
DAYS = "select distinct (known_at at time zone ?)::date as day from articles order by 1 desc"
STORIES = """
    select
        article_id, copy_group_id, source_name, title, gist, language, topics, section, published_at, known_at,
        sentiment_label, sentiment_score, main_entities, is_paywalled, is_partial, is_edited
    from articles
    where (known_at at time zone ?)::date = ?
    order by published_at desc nulls last, article_id
"""
ARTICLE = "select * from articles where article_id = ?"
ENTITIES = """
    select
        entity_id, any_value(name) as name, any_value(type) as type, any_value(ticker) as ticker,
        any_value(exchange) as exchange, any_value(country) as country, any_value(relevance) as relevance,
        any_value(salience) as salience, any_value(sentiment_label) as sentiment_label,
        any_value(sentiment_score) as sentiment_score, count(*) as mentions
    from entity_mentions
    where article_id = ?
    group by entity_id
    order by salience desc, mentions desc, name
"""
MENTIONS = 'select "start", "end", name, type, ticker from entity_mentions where article_id = ? order by "start", "end"'
COPIES = """
    select article_id, source_name from articles
    where copy_group_id = ? and article_id <> ? order by source_name, article_id
"""
FIGURES = "select * from figures where article_id = ? order by start"
QUESTIONS = "select * from questions where article_id = ? order by rank"
RUNS = "select * from runs where night_date = ? order by started_at"
SOURCE_NAMES = "select source_id, max_by(source_name, seen_date) from source_daily group by source_id"


@contextmanager
def reading(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, read-only. Raises NothingThere before the first night, NightdeskError where the file
    is damaged or lacks what this version reads."""
    with open_published(home) as connection:
        try:
            yield connection
        except duckdb.Error as error:
            raise unreadable(home, error) from error


def unreadable(home: Home, error: duckdb.Error) -> NightdeskError:
    """What to tell where the file opens and then does not answer."""
    complaint = str(error).partition("\n")[0][:300]
    return NightdeskError(
        f"{home.database} cannot be read: {complaint}", "A run writes it anew from the Parquet columns: nightdesk run"
    )


def days(connection: duckdb.DuckDBPyConnection, time_zone: str) -> list[date]:
    """Days, in the time zone, on which articles became known, the latest first."""
    return [row["day"] for row in _rows(connection, DAYS, time_zone)]


def stories(connection: duckdb.DuckDBPyConnection, day: date, time_zone: str) -> list[Row]:
    """The articles that became known on the day, the latest published first, undated ones last."""
    return _rows(connection, STORIES, time_zone, day)


def folded(rows: list[Row]) -> list[Row]:
    """The rows without exact copies: of each text the first published, the others in its `copies`; order is kept."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["copy_group_id"], []).append(row)
    firsts = {min(same, key=_publication)["article_id"] for same in groups.values()}
    return [
        {**row, "copies": [other for other in groups[row["copy_group_id"]] if other is not row]}
        for row in rows
        if row["article_id"] in firsts
    ]


def _publication(row: Row) -> tuple[bool, datetime, str]:
    return row["published_at"] is None, row["published_at"] or row["known_at"], row["article_id"]


def article(connection: duckdb.DuckDBPyConnection, article_id: str) -> Row | None:
    """All that the articles mart knows of one article; None where there is none of that id."""
    found = _rows(connection, ARTICLE, article_id)
    return found[0] if found else None


def entities(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """The article's entities, most salient first, with their mentions counted."""
    return _rows(connection, ENTITIES, article_id)


def mentions(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """Where entities are named in the article's text, in order."""
    return _rows(connection, MENTIONS, article_id)


def copies(connection: duckdb.DuckDBPyConnection, row: Row) -> list[Row]:
    """Other articles with the same text."""
    return _rows(connection, COPIES, row["copy_group_id"], row["article_id"])


def figures_of(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """The figures of the article's text, in order; none where an earlier version published the database."""
    return _rows_if_there(connection, FIGURES, article_id)


def questions_of(connection: duckdb.DuckDBPyConnection, article_id: str) -> list[Row]:
    """The answered questions of the article, by rank; none where an earlier version published the database."""
    return _rows_if_there(connection, QUESTIONS, article_id)


def _rows_if_there(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[Row]:
    try:
        return _rows(connection, sql, *values)
    except duckdb.CatalogException:
        return []


def night(connection: duckdb.DuckDBPyConnection, day: date) -> Row | None:
    """What the runs of that night did together, their state and sources as the last one tells; None without a run.

    Keys: those of COUNTS, runs (how many), status, message, started_at, rejected_by_reason (a Counter), sources (with
    their names).
    """
    runs = _rows(connection, RUNS, day)
    if not runs:
        return None
    names = dict(connection.execute(SOURCE_NAMES).fetchall())
    reasons: Counter[str] = Counter()
    for run in runs:
        reasons.update(dict(run["rejected_by_reason"] or {}))
    last = runs[-1]
    return {
        **{count: sum(run[count] for run in runs) for count in COUNTS},
        **{key: last[key] for key in ("status", "message", "started_at")},
        "runs": len(runs),
        "rejected_by_reason": reasons,
        "sources": [{**one, "name": names.get(one["source_id"], one["source_id"])} for one in last["sources"] or ()],
    }


def hits(settings: Settings, words: str) -> list[Row]:
    """Articles that have the words, best first. Raises QueryError where there is no word, and as `reading` does."""
    try:
        rows: list[Row] = search(settings, words, SEARCH_RESULTS).to_pylist()
    except duckdb.Error as error:
        raise unreadable(settings.paths, error) from error
    return rows


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[Row]:
    rows: list[Row] = connection.execute(sql, list(values)).to_arrow_table().to_pylist()
    return rows
