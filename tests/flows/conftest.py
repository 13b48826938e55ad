"""Nights of the sample press, run by the command that users type."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.paths import Home
from flows.press.editions import Editions, load_editions
from flows.press.server import Press
from tests.standing import STANDING, address, start_server, stop_server

ANCHOR = date(2026, 3, 10)
PAPERS = ("harbourcourier", "meridianledger", "northlinewire", "pacificmorning")
RUN_LIMIT_SECONDS = 600

# What differs between two runs by its nature: which run it was, when its clock said so, and what is derived of that.
CLOCK_COLUMNS = {
    "run_id", "first_seen_at", "last_seen_at", "fetched_at", "processed_at", "known_at", "known_date", "seen_date",
    "asked_at", "cited_known_at", "lineage", "before_seen_at", "edited_at", "edit_id",
}  # fmt: skip
RUNS = "runs"  # every run is a row of it, as it should be

Marts = dict[str, list[tuple[object, ...]]]


@pytest.fixture(autouse=True)
def _no_home_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTDESK_HOME", "")  # so that what a test sets is taken back
    monkeypatch.delenv("NIGHTDESK_HOME")


@dataclass(frozen=True)
class Desk:
    """The command line over homes that share one Prefect server: starting one takes as long as a night."""

    prefect_url: str

    def start(self, home: Home, *arguments: str) -> "subprocess.Popen[str]":
        environment = {
            **os.environ,
            "NIGHTDESK_DELAY_SECONDS": "0.05",
            "NIGHTDESK_BATCH_ARTICLES": "8",  # several batches, so that a kill falls between two of them
            "PREFECT_API_URL": self.prefect_url,
            "COLUMNS": "200",
        }
        command = [sys.executable, "-m", "flows.cli", "--home", str(home.root), *arguments]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def call(self, home: Home, *arguments: str) -> "subprocess.CompletedProcess[str]":
        process = self.start(home, *arguments)
        output, errors = process.communicate(timeout=RUN_LIMIT_SECONDS)
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


@pytest.fixture(scope="session")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    dealt = getattr(request.config, "workerinput", {}).get(STANDING)
    if dealt is not None:
        yield Desk(address(Path(dealt)))
        return
    server, file = start_server(tmp_path_factory.mktemp("prefect"))
    with server:
        yield Desk(address(file))
        stop_server(server)


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    everything = load_editions()
    chosen = Editions(tuple(paper for paper in everything.papers if paper.paper_id in PAPERS))
    with Press(chosen, anchor_date=ANCHOR, night=2, time_scale=0.2) as served:
        yield served


@pytest.fixture(scope="session")
def make_home(press: Press) -> Callable[[Path], Home]:
    def make(root: Path) -> Home:
        home = Home(root)
        home.sources.mkdir(parents=True)
        press.write_sources(home.sources)
        return home

    return make


@dataclass(frozen=True)
class Night:
    """A home after one undisturbed night, and its marts as they were then."""

    home: Home
    marts: Marts


@pytest.fixture(scope="session")
def undisturbed(desk: Desk, make_home: Callable[[Path], Home], tmp_path_factory: pytest.TempPathFactory) -> Night:
    home = make_home(tmp_path_factory.mktemp("undisturbed") / "home")
    run = desk.call(home, "run", "--json")
    assert run.returncode == 0, run.stderr
    found = read_marts(home)
    assert len(found["articles"]) >= 10
    assert found["entity_mentions"]
    assert found["rejections"]
    return Night(home, found)


def read_marts(home: Home) -> Marts:
    """The rows of every mart but the runs, sorted, without the columns that a clock or a run id decides."""
    rows: Marts = {}
    with duckdb.connect(str(home.database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal "
            "order by all"
        ).fetchall()
        for table in sorted({table for table, _ in columns} - {RUNS}):
            kept = [f'"{column}"' for name, column in columns if name == table and column not in CLOCK_COLUMNS]
            rows[table] = sorted(connection.table(table).select(*kept).fetchall(), key=repr)
    return rows
