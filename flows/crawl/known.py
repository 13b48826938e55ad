"""What raw already knows, read while the crawl runs.

raw.duckdb is attached read-only to a connection in memory, so nothing here can change it, and on the first night, when
there is no file or not every table, empty tables of the same columns take its place. Close it before the load opens the
file to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.crawl.items import Item
from flows.crawl.validators import Validators, for_recheck
from flows.raw import RAW_TABLES, TIMESTAMP, short_hash

RECHECK_PAUSE = timedelta(hours=12)  # a second run of the same night does not ask for the same articles again

_FRONTIER = Path(__file__).with_suffix("").with_name("frontier.sql")
_ANNOUNCED_COLUMNS: dict[str, pa.DataType] = {
    "article_id": pa.string(),
    "url": pa.string(),
    "published_at": TIMESTAMP,
    "position": pa.int32(),
}
_ANNOUNCED = pa.schema(_ANNOUNCED_COLUMNS)


@dataclass(frozen=True)
class Due:
    """One article that the frontier hands out. `validators` are those to ask with; a new article has none."""

    article_id: str
    url: str
    is_recheck: bool
    validators: Validators


@dataclass(frozen=True)
class LastPoll:
    """The validators of the last full body of a feed, sitemap or section page, and when it came."""

    validators: Validators
    full_body_at: datetime | None


class Known:
    """Questions to raw. One thread at a time."""

    def __init__(self, raw_database: Path | None) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("set timezone = 'UTC'")
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
            "recheck_after": now - timedelta(days=recheck_days),
            "rechecked_before": now - RECHECK_PAUSE,
        }
        self._connection.register("announced", pa.Table.from_pylist(announced, schema=_ANNOUNCED))
        rows = _rows(self._connection.execute(_FRONTIER.read_text("utf-8"), parameters))
        self._connection.unregister("announced")
        return [
            Due(
                row["article_id"],
                row["url"],
                row["is_recheck"],
                for_recheck(_validators(row), row["last_outcome"]),
            )
            for row in rows
        ]

    def first_seen(self, source_id: str) -> dict[str, datetime]:
        """When each URL of a source was first seen, by discovery_id."""
        found = self._connection.execute(
            "select discovery_id, first_seen_at from known_discoveries where source_id = $source_id",
            {"source_id": source_id},
        )
        return {str(key): moment for key, moment in found.fetchall()}

    def last_poll(self, url: str) -> LastPoll:
        """Of one feed, sitemap or section page, whichever source it belongs to."""
        rows = _rows(
            self._connection.execute(
                "select etag, last_modified, body_hash, polled_at from known_polls "
                "where url = $url and outcome = 'ok' order by polled_at desc limit 1",
                {"url": url},
            )
        )
        return LastPoll(_validators(rows[0]), rows[0]["polled_at"]) if rows else LastPoll(Validators(), None)


def _rows(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _validators(row: dict[str, Any]) -> Validators:
    return Validators(row["etag"], row["last_modified"], row["body_hash"])
