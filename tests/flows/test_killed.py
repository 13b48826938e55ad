"""A run killed at any stage, followed by a normal run, ends in the same marts as an undisturbed night.

Real processes, killed with SIGKILL once the disk shows that the stage is under way.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.ledger import GREEN, KILLED, read_manifests
from flows.paths import Home
from flows.press.editions import Editions, load_editions
from flows.press.server import Press

ANCHOR = date(2026, 3, 10)
PAPERS = ("harbourcourier", "meridianledger", "northlinewire", "uppervalleyherald")
WATCH_LIMIT_SECONDS = 120

# What differs between two runs by its nature: which run it was, when its clock said so, and what is derived of that.
CLOCK_COLUMNS = {
    "run_id", "first_seen_at", "last_seen_at", "first_seen_date", "fetched_at", "processed_at", "known_at",
    "known_date", "seconds",
}  # fmt: skip
RUNS = "runs"  # the killed run is a row of it, as it should be


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    everything = load_editions()
    chosen = Editions(tuple(paper for paper in everything.papers if paper.paper_id in PAPERS))
    with Press(chosen, anchor_date=ANCHOR, night=2, time_scale=0.2) as served:
        yield served


def make_home(root: Path, press: Press) -> Home:
    home = Home(root)
    home.sources.mkdir(parents=True)
    press.write_sources(home.sources)
    return home


def start(home: Home) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "NIGHTDESK_HOME": str(home.root),
        "NIGHTDESK_DELAY_SECONDS": "0.05",
        "NIGHTDESK_BATCH_ARTICLES": "4",  # several batches, so that a kill falls between two of them
    }
    command = [sys.executable, "-m", "flows.cli", "run", "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(home: Home) -> None:
    run = start(home)
    _, errors = run.communicate(timeout=240)
    assert run.returncode == 0, errors


def kill_when(home: Home, under_way: Callable[[Home], bool]) -> None:
    run = start(home)
    deadline = time.monotonic() + WATCH_LIMIT_SECONDS
    while not under_way(home):
        assert run.poll() is None, f"the run ended before the stage was seen: {run.communicate()}"
        assert time.monotonic() < deadline, "the stage was never seen"
        time.sleep(0.002)
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=60)
    assert run.returncode == -signal.SIGKILL


def files(folder: Path, pattern: str) -> bool:
    return any(folder.glob(pattern))


def crawling(home: Home) -> bool:
    return files(home.spool, "pages/*.parquet") or files(home.spool, "fetches/*.parquet")


def loading(home: Home) -> bool:
    return files(home.dlt, "raw/normalize/extracted/*") or files(home.dlt, "raw/load/normalized/*")


def reading(home: Home) -> bool:
    return files(home.columns, "entities/v*/date=*/*.parquet")


def modelling(home: Home) -> bool:
    return home.build_database.exists()


def marts(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every mart but the runs, sorted, without the columns that a clock or a run id decides."""
    rows: dict[str, list[tuple[object, ...]]] = {}
    with duckdb.connect(str(home.database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        ).fetchall()
        for (table,) in tables:
            columns = connection.execute(
                "select column_name from duckdb_columns() where schema_name = 'main' and table_name = ?", [table]
            ).fetchall()
            kept = [f'"{name}"' for (name,) in columns if name not in CLOCK_COLUMNS]
            if table != RUNS:
                found = connection.table(table).select(*kept).fetchall()
                rows[table] = sorted(found, key=repr)
    return rows


@pytest.fixture(scope="module")
def undisturbed(press: Press, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    home = make_home(tmp_path_factory.mktemp("undisturbed"), press)
    finish(home)
    found = marts(home)
    assert len(found["articles"]) >= 10
    assert found["entity_mentions"]
    assert found["rejections"]
    return found


@pytest.mark.parametrize("stage", [crawling, loading, reading, modelling], ids=lambda stage: stage.__name__)
def test_a_night_after_a_kill_equals_an_undisturbed_night(
    stage: Callable[[Home], bool],
    press: Press,
    undisturbed: dict[str, list[tuple[object, ...]]],
    tmp_path: Path,
) -> None:
    home = make_home(tmp_path / "home", press)
    kill_when(home, stage)
    finish(home)
    found = marts(home)
    assert found.keys() == undisturbed.keys()
    for table, rows in undisturbed.items():
        assert found[table] == rows, table
    assert [manifest.status for manifest in read_manifests(home)] == [KILLED, GREEN]
    leftovers = [*home.root.rglob("*.tmp"), *home.build.rglob("*"), *home.spool.rglob("*.parquet")]
    assert not leftovers
