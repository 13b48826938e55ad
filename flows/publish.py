"""Publish: what was built beside is swapped in by renames, the database last.

A reader that has the old file open keeps it until it lets go; a reader that opens a path gets the old file or the new
one, never half of either.
"""

import shutil
from dataclasses import dataclass

import duckdb

from flows.errors import StopRun
from flows.ledger import home_unusable
from flows.paths import Home
from flows.query import create_search_index

VIEWS = "staging"  # views on files that a reader of the database need not have


@dataclass(frozen=True)
class PublishReport:
    """What readers see from now on."""

    marts: tuple[str, ...]
    database_bytes: int


def clear_build(home: Home) -> None:
    """An empty build directory: whatever a killed run left in it was never published."""
    try:
        if home.build.exists():
            shutil.rmtree(home.build)
        home.build.mkdir(parents=True)
    except OSError as error:
        raise home_unusable(home, error) from error


def seal_database(home: Home) -> None:
    """Make the built database stand alone: drop the views on raw and on column files, index the text for search."""
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute(f'drop schema if exists "{VIEWS}" cascade')
        create_search_index(connection)
        connection.execute("checkpoint")


def publish(home: Home) -> PublishReport:
    """Swap in every built mart and the database. Raises StopRun when nothing was built, HomeUnusable by the disk."""
    built = sorted((home.build / "marts").glob("*.parquet"))
    if not built or not home.build_database.exists():
        raise StopRun("there is nothing to publish: the models were not built", "Run `nightdesk run` again.")
    try:
        seal_database(home)
        home.marts.mkdir(parents=True, exist_ok=True)
        for file in built:
            file.replace(home.marts / file.name)
        home.build_database.replace(home.database)
        database_bytes = home.database.stat().st_size
        clear_build(home)
    except (OSError, duckdb.IOException) as error:  # the second is what DuckDB makes of a full disk
        raise home_unusable(home, error) from error
    return PublishReport(tuple(file.stem for file in built), database_bytes)
