"""raw.duckdb without the rows that go: written anew beside it, then renamed.

DuckDB leaves deleted bytes in a file until others are written over them, so nothing is deleted: the rows that stay are
copied into a new file, which never held the others.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress

import duckdb

from flows.forget.selection import Selection, quoted
from flows.paths import Home
from flows.raw import RAW_TABLES

_COPY = "raw.duckdb"


def settle_raw(home: Home) -> None:
    """Bring what a killed writer left beside raw.duckdb, its log, into it."""
    if home.raw_database.exists():
        with duckdb.connect(str(home.raw_database)) as connection:
            connection.execute("checkpoint")


def rewrite_raw(home: Home, selection: Selection) -> None:
    """Put a copy without the selected rows in the place of raw.duckdb. A kill leaves the old file or the new one."""
    if not home.raw_database.exists():
        return
    connection = selection.connection
    copy = home.build / _COPY
    home.build.mkdir(parents=True, exist_ok=True)
    for leftover in home.build.glob(f"{_COPY}*"):
        leftover.unlink()
    connection.execute(f"attach '{quoted(copy)}' as kept")
    connection.execute("copy from database raw to kept (schema)")
    ours = {table.name: table.key for table in RAW_TABLES}
    listed = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'raw' order by all"
    ).fetchall()
    for schema, name in listed:
        if schema != "main":
            continue  # where dlt puts rows for a moment while it merges; between loads they are of no use
        kept = f' anti join going_{name} using ("{ours[name]}")' if name in ours else ""
        connection.execute(f'insert into kept."{schema}"."{name}" by name select * from raw."{schema}"."{name}"{kept}')
    connection.execute("checkpoint kept")
    connection.execute("detach kept")
    for table in RAW_TABLES:  # nobody may look at raw from now on
        with suppress(duckdb.Error):
            connection.execute(f"drop view known_{table.name}")
    connection.execute("detach raw")
    _to_disk(copy)
    os.replace(copy, home.raw_database)  # noqa: PTH105 - Path.replace is the same; said as in the spool
    home.raw_database.with_name(f"{home.raw_database.name}.wal").unlink(missing_ok=True)
    shutil.rmtree(home.raw_database.with_name(f"{home.raw_database.name}.tmp"), ignore_errors=True)


def _to_disk(file: os.PathLike[str]) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
