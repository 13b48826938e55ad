"""When rows were first made, kept across a replay.

The marts say of every article when a user could first have had it (`known_at`), from the moments at which its rows were
made. Rows made again get the moment of the first row of the same text that was there before, at whatever version.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.columns import TEMPORARY


def keep_moments(before: Path, made: Path) -> int:
    """Set `processed_at` of the rows under `made` to what it first was under `before`; returns how many had one."""
    changed = 0
    for folder in sorted(
        folder for folder in made.glob("*") if any((before / folder.name).glob("v*/date=*/*.parquet"))
    ):
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            first = _first_moments(connection, before / folder.name)
            for file in sorted(folder.glob("v*/date=*/*.parquet")):
                changed += _with_moments(file, first)
    return changed


def _first_moments(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[tuple[str, str, str], object]:
    files = str(folder / "v*" / "date=*" / "*.parquet")
    rows = connection.read_parquet(files, union_by_name=True)
    body = "body_hash" if "body_hash" in rows.columns else "''"
    found = rows.aggregate(f"article_id, revision_id, {body}, min(processed_at)", f"article_id, revision_id, {body}")
    return {(article, revision, kind): moment for article, revision, kind, moment in found.fetchall()}


def _with_moments(file: Path, first: dict[tuple[str, str, str], object]) -> int:
    rows = pq.ParquetFile(file).read()
    moments = [first.get(key) for key in _keys(rows)]
    kept = [old or own for old, own in zip(moments, rows["processed_at"].to_pylist(), strict=True)]
    at = rows.schema.get_field_index("processed_at")
    field = rows.schema.field(at)
    temporary = file.with_suffix(TEMPORARY)
    pq.write_table(rows.set_column(at, field, pa.array(kept, field.type)), temporary, compression="zstd")
    temporary.replace(file)
    return sum(moment is not None for moment in moments)


def _keys(rows: pa.Table) -> Iterator[tuple[Any, Any, Any]]:
    bodies: list[Any] = rows["body_hash"].to_pylist() if "body_hash" in rows.column_names else [""] * rows.num_rows
    return zip(rows["article_id"].to_pylist(), rows["revision_id"].to_pylist(), bodies, strict=True)
