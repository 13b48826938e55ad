"""The flip report: two folders of one column, or one folder before and after a reread, article by article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from flows.columns import READING_TRANSFORMS
from flows.errors import ConfigurationError, NothingThere
from flows.paths import Home
from transforms.contract import LINEAGE
from transforms.evaluation.flips import Flips, Tally

ROWS = 500  # articles in memory at once
_KEYS = ("article_id", "revision_id")
_HIDDEN = {*_KEYS, *LINEAGE.names, "date"}
# The row made last counts; of one folder compared with itself, the row made first is the old one.
_ROWS = """
    create temp view {name} as select * from read_parquet({files}, hive_partitioning = true, union_by_name = true)
    qualify row_number() over (partition by article_id, revision_id order by processed_at {order}, run_id {order}) = 1
"""


def compare(home: Home, column: str, old: str, new: str) -> Flips:
    """What changed of the articles that both sides have. old, new: a version such as "v1", or the path of its folder.

    Raises ConfigurationError for a column that is not known, NothingThere for a folder without rows.
    """
    if column not in {transform.name for transform in READING_TRANSFORMS}:
        known = ", ".join(transform.name for transform in READING_TRANSFORMS)
        raise ConfigurationError(f"there is no column {column!r} read from texts", f"There are {known}.")
    sides = [_folder(home, column, given) for given in (old, new)]
    flips = Flips()
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        _view(connection, "old", sides[:1], "asc" if sides[0] == sides[1] else "desc")
        _view(connection, "new", sides[1:], "desc")
        columns = [side.parent.parent for side in dict.fromkeys(reversed(sides))]
        _view(connection, "sources", _versions(columns, "content"), "desc")
        _view(connection, "named", _versions(columns, "entities"), "desc")
        for row in _pairs(connection):
            names = {each["entity_id"]: each["name"] for each in row["names"] or ()}
            names |= {
                each["entity_id"]: each["name"]
                for side in (row["old"], row["new"])
                for each in (side["entities"] if column == "entities" else ())
            }
            flips.add(column, _shown(row["old"]), _shown(row["new"]), row["source_id"] or "", names)
    return flips


def _folder(home: Home, column: str, given: str) -> Path:
    folder = home.columns / column / given if given.startswith("v") and given[1:].isdigit() else Path(given)
    folder = folder.absolute()
    if not any(folder.glob("date=*/*.parquet")):
        raise NothingThere(f"{folder} holds no rows of a column", "A version such as v1, or the path of its folder.")
    return folder


def _versions(columns: list[Path], name: str) -> list[Path]:
    """The folders of the highest version of a column beside the folders compared."""
    found = [max(root.glob(f"{name}/v*"), key=lambda path: int(path.name[1:]), default=None) for root in columns]
    return [path for path in found if path and any(path.glob("date=*/*.parquet"))]


def _view(connection: duckdb.DuckDBPyConnection, name: str, folders: list[Path], order: str) -> None:
    if not folders:
        connection.execute(
            f"create temp table {name} as select '' as article_id, '' as revision_id, '' as source_id, "
            "[]::struct(entity_id text, name text)[] as entities limit 0"
        )
        return
    files = ", ".join("'" + str(folder / "date=*" / "*.parquet").replace("'", "''") + "'" for folder in folders)
    connection.execute(_ROWS.format(name=name, files=f"[{files}]", order=order))


def _pairs(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    reader = connection.execute(
        "select o as old, n as new, s.source_id, named.entities as names from old as o "
        "join new as n on o.article_id = n.article_id and o.revision_id = n.revision_id "
        "left join sources as s on o.article_id = s.article_id and o.revision_id = s.revision_id "
        "left join named on o.article_id = named.article_id and o.revision_id = named.revision_id"
    ).to_arrow_reader(ROWS)
    for batch in reader:
        yield from batch.to_pylist()


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _HIDDEN}


def rows_of(flips: Flips, most: int = 20) -> list[dict[str, Any]]:
    """The tallies as rows: over all, then by source, then the `most` entities of each kind that changed most."""
    order = {"all": 0, "source": 1, "entity": 2}
    found = sorted(
        flips.tallies.items(), key=lambda pair: (order[pair[0][1]], pair[0][0], -pair[1].changed, pair[0][2])
    )
    shown: dict[tuple[str, str], int] = {}
    rows = []
    for (what, by, which), tally in found:
        shown[what, by] = shown.get((what, by), 0) + 1
        if by != "entity" or (shown[what, by] <= most and tally.changed):
            rows.append({"what": what, "by": by, "which": which, **asdict(tally), **_shares(tally)})
    return rows


def _shares(tally: Tally) -> dict[str, float]:
    return {"flipped_share": round(tally.flipped_share, 4), "changed_share": round(tally.changed_share, 4)}
