"""What a crawl left in the spool, and the load in small."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.paths import Home
from flows.raw import RAW_TABLES


def load(home: Home) -> None:
    """What the load does with the spool, without dlt: its rows into raw.duckdb, the last of each key."""
    with duckdb.connect(str(home.raw_database)) as connection:
        for table in RAW_TABLES:
            files = sorted((home.spool / table.name).glob("*.parquet"))
            found = connection.execute("select 1 from duckdb_tables() where table_name = ?", [table.name]).fetchall()
            rows = connection.table(table.name).to_arrow_table().to_pylist() if found else []
            rows += [row for file in files for row in pq.read_table(file).to_pylist()]
            last = {row[table.key]: row for row in rows}
            if found:
                connection.execute(f"drop table {table.name}")
            connection.from_arrow(pa.Table.from_pylist(list(last.values()), schema=table.schema)).create(table.name)
            for file in files:
                file.unlink()


def rows_of(home: Home, table: str) -> list[dict[str, Any]]:
    """What waits in the spool for one table of raw, in the order of writing."""
    return [row for file in sorted((home.spool / table).glob("*.parquet")) for row in pq.read_table(file).to_pylist()]
