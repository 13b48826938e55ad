"""A run killed at any stage, followed by a normal run, ends in the same marts as an undisturbed night.

Real processes, killed with SIGKILL once the disk shows that the stage is under way.
"""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.ledger import GREEN, KILLED, read_manifests
from flows.paths import Home
from tests.flows.conftest import Desk, Night, read_marts

WATCH_LIMIT_SECONDS = 120
PAGE_BYTES = 10_000


def kill_when(desk: Desk, home: Home, under_way: Callable[[Home], bool]) -> None:
    run = desk.start(home, "run", "--json")
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
    """A package is under way that holds pages; that of the start, which makes the tables, is empty."""
    try:
        return any(file.stat().st_size > PAGE_BYTES for file in home.dlt.rglob("pages.*"))
    except FileNotFoundError:  # dlt moved a folder meanwhile
        return False


def reading(home: Home) -> bool:
    return files(home.columns, "entities/v*/date=*/*.parquet")


def modelling(home: Home) -> bool:
    return home.build_database.exists()


@pytest.mark.parametrize("stage", [crawling, loading, reading, modelling], ids=lambda stage: stage.__name__)
def test_a_night_after_a_kill_equals_an_undisturbed_night(
    stage: Callable[[Home], bool],
    desk: Desk,
    make_home: Callable[[Path], Home],
    undisturbed: Night,
    tmp_path: Path,
) -> None:
    home = make_home(tmp_path / "home")
    kill_when(desk, home, stage)
    run = desk.call(home, "run", "--json")
    assert run.returncode == 0, run.stderr
    found = read_marts(home)
    assert found.keys() == undisturbed.marts.keys()
    for table, rows in undisturbed.marts.items():
        assert found[table] == rows, table
    assert [manifest.status for manifest in read_manifests(home)] == [KILLED, GREEN]
    leftovers = [*home.root.rglob("*.tmp"), *home.build.rglob("*.*"), *home.spool.rglob("*.parquet")]
    assert not leftovers
