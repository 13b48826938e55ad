"""What the dashboard asks of the published database: one connection a question, so a new night is seen at once."""

from datetime import date
from typing import Any

from flows.paths import Home
from flows.query import open_published

Row = dict[str, Any]

STORIES = """
    select
        a.article_id, a.title, a.source_id, a.source_name, a.gist, a.language, a.topics, a.section, a.published_at,
        a.known_at, a.sentiment_label, a.sentiment_score, a.main_entities, a.is_paywalled, a.is_partial, a.is_edited,
        row_number() over (
            partition by a.copy_group_id order by a.published_at nulls last, a.article_id
        ) = 1 as is_first,
        count(*) over (partition by a.copy_group_id) - 1 as copies
    from articles as a
    where a.known_date = ?
    qualify is_first
    order by a.published_at desc nulls last, a.article_id
"""

ENTITIES = """
    select
        entity_id, any_value(name) as name, any_value(type) as type, any_value(ticker) as ticker,
        any_value(exchange) as exchange, any_value(country) as country, any_value(relevance) as relevance,
        any_value(salience) as salience, any_value(sentiment_label) as sentiment_label,
        any_value(sentiment_score) as sentiment_score, count(*) as mentions
    from entity_mentions
    where article_id = ?
    group by entity_id
    order by salience desc, name
"""

MENTIONS = 'select "start", "end", name, type, ticker from entity_mentions where article_id = ? order by "start", "end"'

COPIES = """
    select article_id, source_name, title from articles
    where copy_group_id = ? and article_id <> ? order by source_name, article_id
"""

NIGHT = """
    select run_id, status, message, started_at, due, fetched, refused, deferred, failed, articles, rejected,
        rechecked, unchanged, revised, sources
    from runs where night_date = ? and status in ('green', 'amber') order by started_at desc limit 1
"""


def days(home: Home) -> list[date]:
    """UTC dates on which articles became known, the latest first."""
    return [row["known_date"] for row in _rows(home, "select distinct known_date from articles order by 1 desc")]


def stories(home: Home, day: date) -> list[Row]:
    """The day's articles, the latest published first; of exact copies the first one, with the number of the others."""
    return _rows(home, STORIES, day)


def article(home: Home, article_id: str) -> Row | None:
    """All that the articles mart knows of one article; None where there is none of that id."""
    found = _rows(home, "select * from articles where article_id = ?", article_id)
    return found[0] if found else None


def entities(home: Home, article_id: str) -> list[Row]:
    """The article's entities, most salient first, with their mentions counted."""
    return _rows(home, ENTITIES, article_id)


def mentions(home: Home, article_id: str) -> list[Row]:
    """Where entities are named in the article's text, in order."""
    return _rows(home, MENTIONS, article_id)


def copies(home: Home, row: Row) -> list[Row]:
    """Other articles with the same text."""
    return _rows(home, COPIES, row["copy_group_id"], row["article_id"])


def night(home: Home, day: date) -> Row | None:
    """The last run of that night that had a result."""
    found = _rows(home, NIGHT, day)
    return found[0] if found else None


def _rows(home: Home, sql: str, *values: object) -> list[Row]:
    with open_published(home) as connection:
        cursor = connection.execute(sql, list(values))
        names = [str(column[0]) for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
