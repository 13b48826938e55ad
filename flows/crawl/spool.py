"""Crawl records on their way to raw: buffered, then Parquet files that the load drains.

A file is written under another name and renamed, so the load never sees half of one. A flush writes what others refer
to first (pages, discoveries, consents, then fetches, then polls): whatever moment a kill chooses, a fetch on disk has
its page and its discovery, and at most the rows of the last buffer are lost; their URLs are simply asked for again.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import HomeUnusable
from flows.raw import RAW_TABLES

FLUSH_PAGES = 8  # of one source, once the oldest row has waited for so long: a kill costs little
FLUSH_SECONDS = 5.0
FLUSH_PAGES_AT_ONCE = 64  # however young: a fast crawl does not drown in small files
FLUSH_ROWS = 500
FLUSH_BYTES = 16_000_000  # of page bodies held in memory by one source

_ORDER = ("sources", "pages", "discoveries", "consents", "fetches", "polls")
_SCHEMAS = {table.name: table.schema for table in RAW_TABLES}

Row = Mapping[str, Any]


class Spool:
    """Buffers per source and table. Raises HomeUnusable when the disk takes no more.

    Without a folder every row is dropped: `sources check` and `sources add` look around and leave no trace.
    """

    def __init__(self, folder: Path | None, run_id: str) -> None:
        self._folder = folder
        self._run_id = run_id
        self._rows: dict[str, dict[str, list[Row]]] = {}
        self._since: dict[str, float] = {}
        self._files = 0

    def add(self, table: str, source_id: str, row: Row) -> None:
        """Keep a row; its columns are checked against flows/raw.py when it is written. Flushes when enough is held."""
        held = self._rows.setdefault(source_id, {name: [] for name in _ORDER})
        held[table].append(row)
        pages = held["pages"]
        waited = time.monotonic() - self._since.setdefault(source_id, time.monotonic())
        if (
            len(pages) >= (FLUSH_PAGES if waited >= FLUSH_SECONDS else FLUSH_PAGES_AT_ONCE)
            or len(held[table]) >= FLUSH_ROWS
            or sum(len(page["body_gzip"]) for page in pages) >= FLUSH_BYTES
        ):
            self.flush(source_id)

    def add_table(self, table: str, rows: pa.Table) -> None:
        """Write a whole table of the raw table's columns at once: the sources in use."""
        if rows.num_rows:
            self._write(table, table, rows.to_pylist())

    def flush(self, source_id: str) -> None:
        """Write what is held of one source."""
        self._since.pop(source_id, None)
        for table, rows in self._rows.pop(source_id, {}).items():
            if rows:
                self._write(table, source_id, rows)

    def flush_all(self) -> None:
        """Write all that is held."""
        for source_id in list(self._rows):
            self.flush(source_id)

    def _write(self, table: str, source_id: str, rows: Sequence[Row]) -> None:
        if self._folder is None:
            return
        schema = _SCHEMAS[table]
        for row in rows:
            if row.keys() != set(schema.names):
                raise ValueError(f"{table}: columns {sorted(row.keys() ^ set(schema.names))} do not fit its schema")
        filled = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
        for field in schema:
            if not field.nullable and filled[field.name].null_count:
                raise ValueError(f"{table}: {field.name} must not be null")
        self._files += 1
        file = self._folder / table / f"{self._run_id}-{source_id}-{self._files:06d}.parquet"
        unfinished = file.with_suffix(".tmp")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(filled, unfinished, compression="zstd")
            os.replace(unfinished, file)  # noqa: PTH105 - said in the contract of the spool; Path.replace is the same
        except OSError as error:
            with contextlib.suppress(OSError):  # whatever forbade the writing may forbid this too
                unfinished.unlink(missing_ok=True)
            raise HomeUnusable(
                f"{self._folder} cannot be written: {error.strerror or error}",
                "Free space or mend the permissions, then run again: nothing that was written is lost.",
            ) from error
