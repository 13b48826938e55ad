"""The column folders: one Parquet folder per transform and version, keyed by article and revision.

A file is written whole beside its place and then renamed, so a folder holds only finished files whenever a run is
killed, and "what is done" is simply what the files hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.paths import Home
from flows.swap import finish_swap
from transforms.catalog import TRANSFORMS
from transforms.contract import LINEAGE, MAKER, Transform

TEMPORARY = ".tmp"

# Rows of the first kind are made once a page body; the others once a text, and only where a page was kept.
PAGE_TRANSFORMS = tuple(transform for transform in TRANSFORMS if "body_hash" in transform.writes.names)
READING_TRANSFORMS = tuple(transform for transform in TRANSFORMS if "body_hash" not in transform.writes.names)


@dataclass(frozen=True)
class Folder:
    """A column folder that a flow fills and no transform alone: it needs more than the row in hand."""

    name: str
    version: int
    writes: pa.Schema


def key_columns(transform: Transform) -> tuple[str, ...]:
    """The columns that identify one row of the transform's folder.

    A page is extracted once per body, so rows made from pages are told apart by the body's hash as well.
    """
    if transform.inputs == ("pages",):
        return ("article_id", "body_hash")
    if "body_hash" in transform.writes.names:
        return ("article_id", "revision_id", "body_hash")
    return ("article_id", "revision_id")


def register(connection: duckdb.DuckDBPyConnection, home: Home, transform: Transform | Folder) -> None:
    """Make the transform's rows at its current version readable as a view of its name, empty where there are none."""
    connection.unregister(transform.name)  # an empty table of an earlier call would hide the files
    folder = home.columns / transform.name / f"v{transform.version}"
    if any(folder.glob("date=*/*.parquet")):
        pattern = str(folder / "date=*" / "*.parquet").replace("'", "''")
        connection.execute(
            f"create or replace view {transform.name} as "
            f"select * from read_parquet('{pattern}', hive_partitioning = true, union_by_name = true)"
        )
        return
    schema = pa.unify_schemas([transform.writes, LINEAGE, pa.schema([pa.field("date", pa.date32())])])
    connection.register(transform.name, schema.empty_table())


def write_rows(home: Home, transform: Transform | Folder, rows: pa.Table, days: list[date], name: str) -> list[str]:
    """Write the rows, one file for each day they belong to; returns the files' names.

    rows: the transform's columns and the lineage. days: one a row. name: unique to the run and the batch.
    """
    written = []
    for day in sorted(set(days)):
        part = rows.filter(pa.array([other == day for other in days]))
        folder = home.column_partition(transform.name, transform.version, day)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.parquet"
        temporary = file.with_suffix(TEMPORARY)
        pq.write_table(part, temporary, compression="zstd")
        temporary.replace(file)
        written.append(str(file))
    return written


def with_lineage(
    rows: pa.Table, *, version: int, model: str, revision: str, parameters: str, code: str, run_id: str, at: datetime
) -> pa.Table:
    """The rows with the LINEAGE columns that they lack appended, the same values in every row."""
    values: dict[str, Any] = {
        "transform_version": version,
        "model": model,
        "model_revision": revision,
        "parameters_hash": parameters,
        "code_version": code,
        "run_id": run_id,
        "processed_at": at,
    }
    for column in LINEAGE:
        if column.name in MAKER.names and column.name in rows.column_names:
            continue
        rows = rows.append_column(column, pa.repeat(pa.scalar(values[column.name], column.type), rows.num_rows))
    return rows


def sweep(home: Home) -> int:
    """Delete half-written files of killed runs; returns how many there were. Only with the run lock held.

    A swap that a kill interrupted is finished first.
    """
    finish_swap(home)
    leftovers = [*home.columns.glob(f"*/v*/date=*/*{TEMPORARY}"), *home.spool.glob(f"*/*{TEMPORARY}")]
    for file in leftovers:
        file.unlink()
    return len(leftovers)


def days_of(moments: pa.ChunkedArray[Any]) -> list[date]:
    """The UTC date of each moment."""
    return [moment.as_py().date() for moment in moments]
