"""Rows of archives on their way into raw: held, spooled, loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from flows.crawl.spool import Spool
from flows.forget.register import read_register
from flows.load import load_spool
from flows.night import Night
from flows.paths import Home
from flows.raw import RAW_TABLES
from flows.sources.files import scan_sources
from flows.warc.origins import Origins
from flows.warc.selection import Selection
from flows.warc.taking import Taker

HELD_BYTES = 16_000_000  # of pages, compressed
HELD_PAGES = 500
PAGES_A_LOAD = 5_000  # in the spool

_ORDER = ("sources", "pages", "discoveries", "consents", "fetches", "polls")  # what others refer to comes first
_SCHEMAS = {table.name: table.schema for table in RAW_TABLES}


class Intake:
    """What a taker took, written portion by portion. pages: articles requested, by what became of them."""

    def __init__(self, night: Night, selection: Selection) -> None:
        self._home = night.home
        self._spool = Spool(night.home.spool, night.run_id)
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._spooled_pages = 0
        self.new_rows: Counter[str] = Counter()
        self.pages = dict.fromkeys(("fetched", "refused", "failed"), 0)
        self.origins = Origins(scan_sources(night.home.sources), set(self._values("select source_id from raw.sources")))
        self.taker = Taker(
            night.settings,
            selection,
            self.origins,
            read_register(night.home),
            night.run_id,
            night.clock.now(),
            lambda body_hash: bool(self._in_raw([body_hash])),
        )

    @property
    def is_full(self) -> bool:
        return self.taker.held_bytes >= HELD_BYTES or len(self.taker.rows.get("pages", ())) >= HELD_PAGES

    def spool(self) -> None:
        """Write what is held to the spool, and load the spool when there is much in it."""
        rows = self.taker.rows
        rows["sources"] = [*self.origins.new]
        known = set(self._in_raw([page["body_hash"] for page in rows.get("pages", ())]))
        rows["pages"] = [page for page in rows.get("pages", ()) if page["body_hash"] not in known]
        for table in _ORDER:
            if rows.get(table):
                self._spool.add_table(table, pa.Table.from_pylist(rows[table], schema=_SCHEMAS[table]))
        for fetch in rows.get("fetches", ()):
            name = "fetched" if fetch["outcome"] == "ok" else fetch["outcome"]
            if fetch["purpose"] == "article" and name in self.pages:
                self.pages[name] += 1
        self._spooled_pages += len(rows["pages"])
        self.origins.new.clear()
        self.taker.drop()
        if self._spooled_pages >= PAGES_A_LOAD:
            self.load()

    def drop(self) -> None:
        """Forget what is held: it will be read again."""
        self.taker.new_pages.difference_update(page["body_hash"] for page in self.taker.rows.get("pages", ()))
        self.taker.drop()

    def load(self) -> None:
        """The spool into raw."""
        self.close()  # a reader of raw keeps the load out
        self.new_rows.update(load_spool(self._home).new_rows)
        self.taker.new_pages.clear()
        self._spooled_pages = 0

    def close(self) -> None:
        """Let go of raw."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _in_raw(self, body_hashes: Iterable[str]) -> list[str]:
        wanted = list(body_hashes)
        return self._values("select body_hash from raw.pages where body_hash in (select unnest(?))", wanted)

    def _values(self, query: str, *given: list[str]) -> list[str]:
        if self._connection is None:
            self._connection = _opened(self._home)
        return [str(value) for (value,) in self._connection.execute(query, list(given)).fetchall()]


def open_intake(night: Night, selection: Selection) -> Intake:
    """An intake for one run; close it after use. Raises HomeUnusable."""
    return Intake(night, selection)


def _opened(home: Home) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(home.raw_database), read_only=True)
