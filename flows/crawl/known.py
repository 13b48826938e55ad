"""What raw already knows, read while the crawl runs.

raw.duckdb is attached read-only to a connection in memory, so nothing here can change it, and on the first night, when
there is no file or not every table, empty tables of the same columns take its place. Close it before the load opens the
file to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.crawl.cadence import PageHistory
from flows.crawl.followed import Followed, read_followed
from flows.crawl.items import Item
from flows.crawl.texts import known_texts
from flows.crawl.trust import UNPROVEN, Trust, read_trust
from flows.crawl.urls import host_of
from flows.crawl.validators import Validators, for_recheck
from flows.health.history import History
from flows.raw import RAW_TABLES, TIMESTAMP, short_hash

_FRONTIER = Path(__file__).with_name("frontier.sql")
_CADENCE = Path(__file__).with_name("cadence.sql")
_ANNOUNCED_COLUMNS: dict[str, pa.DataType] = {
    "article_id": pa.string(),
    "url": pa.string(),
    "published_at": TIMESTAMP,
    "position": pa.int32(),
}
_ANNOUNCED = pa.schema(_ANNOUNCED_COLUMNS)


@dataclass(frozen=True)
class Due:
    """One article that the frontier hands out. `validators` are those to ask with; a new article has none.

    following: its further pages that were asked for before.
    """

    article_id: str
    url: str
    is_recheck: bool
    validators: Validators
    following: tuple[Followed, ...] = ()


@dataclass(frozen=True)
class LastPoll:
    """The validators of the last full body of a feed, sitemap or section page, and when it came."""

    validators: Validators
    full_body_at: datetime | None


class Known:
    """Questions to raw. One thread at a time. `columns`: where the texts had so far lie, which say what was edited."""

    def __init__(self, raw_database: Path | None, columns: Path | None = None) -> None:
        self._columns = columns
        self._pages: dict[tuple[str, str], PageHistory] | None = None
        self._trust: dict[tuple[str, bool], Trust] | None = None
        self._has_texts = False
        self._followed: dict[str, tuple[Followed, ...]] | None = None
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("set timezone = 'UTC'")
        self._connection.execute("set threads = 1")  # for small questions: to deal one out costs more than to answer
        present: set[str] = set()
        if raw_database is not None and raw_database.exists():
            path = str(raw_database).replace("'", "''")
            self._connection.execute(f"attach '{path}' as raw (read_only)")
            found = self._connection.execute(
                "select table_name from duckdb_tables() where database_name = 'raw' and schema_name = 'main'"
            )
            present = {str(name) for (name,) in found.fetchall()}
        for table in RAW_TABLES:
            if table.name in present:
                view = f"create view known_{table.name} as select * from raw.main.{table.name}"  # noqa: S608 - our names
                self._connection.execute(view)
            else:
                self._connection.register(f"known_{table.name}", table.schema.empty_table())

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @cached_property
    def history(self) -> History:
        """How the sources fared so far."""
        return History(self._connection)

    def frontier(
        self, source_id: str, items: Sequence[Item], now: datetime, *, give_up_after: int, recheck_days: int
    ) -> list[Due]:
        """What is due of one source: discovered, not yet had, not refused today, not given up; then the rechecks."""
        announced = [
            {"article_id": short_hash(item.url), "url": item.url, "published_at": item.published_at, "position": at}
            for at, item in enumerate(items)
        ]
        parameters = {
            "source_id": source_id,
            "now": now,
            "give_up_after": give_up_after,
            "recheck_days": recheck_days,
        }
        if not self._has_texts:
            known_texts(self._connection, self._columns, now)
            self._has_texts = True
        self._connection.register("announced", pa.Table.from_pylist(announced, schema=_ANNOUNCED))
        rows = _rows(self._connection.execute(_FRONTIER.read_text("utf-8"), parameters))
        self._connection.unregister("announced")
        if self._followed is None:  # those of articles that may still be asked for again
            self._followed = read_followed(self._connection, now - timedelta(days=recheck_days + 1))
        return [
            Due(
                row["article_id"],
                row["url"],
                row["is_recheck"],
                self._to_ask_with(row, now),
                self._followed.get(row["article_id"], ()),
            )
            for row in rows
        ]

    def is_discovered(self, article_id: str) -> bool:
        """Whether any source has announced the article."""
        query = "select 1 from known_discoveries where article_id = $article_id limit 1"
        return self._connection.execute(query, {"article_id": article_id}).fetchone() is not None

    def _to_ask_with(self, row: dict[str, Any], now: datetime) -> Validators:
        verdict = self.verdict(row["url"], now, of_articles=True) if row["is_recheck"] else UNPROVEN
        return for_recheck(_validators(row), row["not_modified_in_a_row"], verdict)

    def trust(self, now: datetime) -> tuple[Trust, ...]:
        """How the validators of every host asked within the last month fared against its bodies."""
        return tuple(self._trusts(now).values())

    def verdict(self, url: str, now: datetime, *, of_articles: bool) -> str:
        """Whether the validators of the host of `url` are believed: a verdict of flows/crawl/trust.py."""
        found = self._trusts(now).get((host_of(url), of_articles))
        return found.verdict if found is not None else UNPROVEN

    def _trusts(self, now: datetime) -> dict[tuple[str, bool], Trust]:
        if self._trust is None:
            self._trust = {(one.host, one.of_articles): one for one in read_trust(self._connection, now)}
        return self._trust

    def page(self, source_id: str, url: str, now: datetime) -> PageHistory | None:
        """How one feed, sitemap or section page of a source fared so far; None where it was never polled."""
        return self._all_pages(now).get((source_id, url))

    def last_polled_at(self, now: datetime) -> datetime | None:
        """When the runs before this one polled anything for the last time."""
        return max((page.last_polled_at for page in self._all_pages(now).values()), default=None)

    def _all_pages(self, now: datetime) -> dict[tuple[str, str], PageHistory]:
        if self._pages is None:
            rows = _rows(self._connection.execute(_CADENCE.read_text("utf-8"), {"now": now}))
            self._pages = {(row.pop("source_id"), row.pop("url")): PageHistory(**row) for row in rows}
        return self._pages

    def facts_hash(self, source_id: str) -> str | None:
        """That of the source's file as the last run found it."""
        found = self._connection.execute(
            "select facts_hash from known_sources where source_id = $source_id", {"source_id": source_id}
        ).fetchone()
        return str(found[0]) if found else None

    def first_seen(self, source_id: str) -> dict[str, datetime]:
        """When each URL of a source was first seen, by discovery_id."""
        found = self._connection.execute(
            "select discovery_id, first_seen_at from known_discoveries where source_id = $source_id",
            {"source_id": source_id},
        )
        return {str(key): moment for key, moment in found.fetchall()}

    def last_poll(self, source_id: str, url: str) -> LastPoll:
        """Of one feed, sitemap or section page of a source; what it said to another source, that one has."""
        rows = _rows(
            self._connection.execute(
                "select etag, last_modified, body_hash, polled_at from known_polls "
                "where source_id = $source_id and url = $url and outcome = 'ok' order by polled_at desc limit 1",
                {"source_id": source_id, "url": url},
            )
        )
        return LastPoll(_validators(rows[0]), rows[0]["polled_at"]) if rows else LastPoll(Validators(), None)


def _rows(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _validators(row: dict[str, Any]) -> Validators:
    return Validators(row["etag"], row["last_modified"], row["body_hash"])
