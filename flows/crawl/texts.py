"""Which articles were edited, told from the texts that were had of them.

A page changes around its text at every request on many sites, so the bodies in raw do not tell; the column folder
`content` does. What is not there yet counts as not edited, nor does a body that was read again: with a page more, say.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

WINDOW = timedelta(days=60)

_COLUMNS = "article_id varchar, source_id varchar, is_edited boolean"


def known_texts(connection: duckdb.DuckDBPyConnection, columns: Path | None, now: datetime) -> None:
    """Make the table known_texts: one row per article of the last two months, and whether its text has changed."""
    folder = _latest(columns / "content") if columns is not None else None
    connection.execute(f"create or replace temp table known_texts ({_COLUMNS})")
    if folder is None:
        return
    pattern = str(folder / "date=*" / "*.parquet").replace("'", "''")
    connection.execute(f"create or replace temp view texts as from read_parquet('{pattern}', hive_partitioning = true)")
    connection.execute(
        "insert into known_texts select article_id, any_value(source_id), count(distinct revision_id) > 1 from ("
        "from texts where date >= $since::date and words > 0 qualify row_number() over ("
        "partition by article_id, body_hash order by processed_at desc) = 1) group by article_id",
        {"since": now - WINDOW},
    )


def _latest(content: Path) -> Path | None:
    """The folder of the highest version that has rows: two versions cut a text differently, which is no edit."""
    versions = [folder for folder in content.glob("v*") if folder.name[1:].isdigit()]
    filled = [folder for folder in versions if any(folder.glob("date=*/*.parquet"))]
    return max(filled, key=lambda folder: int(folder.name[1:]), default=None)
