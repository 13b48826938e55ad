"""The health of a home on the command line and in the doctor's words: before a night, after one, during one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.clock import Clock
from flows.errors import Busy, HomeUnusable
from flows.health.advice import advice
from flows.health.history import SourceHealth
from flows.health.report import check_health, home_health, open_known, table
from flows.ledger import run_lock
from flows.paths import Home
from flows.raw import POLLS
from flows.sources.files import write_source
from tests.flows.health.polled import DAY, START, poll_row
from tests.flows.health.test_history import FEED, OTHER, PAPER, TWO, discovery, health, page, polls

HOLDER = """
import sys, duckdb
with duckdb.connect(sys.argv[1]) as raw:
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    write_source(home.sources, TWO)
    return home


def polled(home: Home, first: str, second: str, start: datetime = START) -> datetime:
    """The polls of two feeds, a letter a day; the moment after the last one."""
    rows = [
        poll_row(url, start + number * DAY, letter)
        for url, letters in ((FEED, first), (OTHER, second))
        for number, letter in enumerate(letters)
        if letter != "_"
    ]
    with duckdb.connect(str(home.raw_database)) as raw:
        raw.from_arrow(pa.Table.from_pylist(rows, schema=POLLS)).create("polls")
    return start + max(len(first), len(second)) * DAY


@contextmanager
def loading(home: Home) -> Iterator[None]:
    """Another process writes raw.duckdb."""
    command = [sys.executable, "-c", HOLDER, str(home.raw_database)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate("\n", timeout=60)


def call(home: Home, *words: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home.root), "sources", "health", *words], env={"COLUMNS": "300"})


def test_before_the_first_night_every_source_is_listed_as_not_asked(home: Home) -> None:
    [told] = json.loads(call(home, "--json").stdout)
    assert (told["source_id"], told["state"], told["announcements"]) == ("paper", "not asked", [])
    assert "it has not been asked yet" in call(home).stdout
    assert list(check_health(home, START)) == []


def test_a_home_without_sources_says_how_to_begin(tmp_path: Path) -> None:
    told = call(Home(tmp_path / "none"))
    assert told.exit_code == 0
    assert "nightdesk init" in told.stdout
    assert json.loads(call(Home(tmp_path / "none"), "--json").stdout) == []


def test_a_source_is_a_line_and_an_announcement_that_fares_otherwise_is_one_below(home: Home) -> None:
    now = polled(home, "ggggg", "ggg00")
    rows = table(home_health(home, now), now)
    assert [(row["source"], row["state"], row["what to do"]) for row in rows] == [
        ("paper", "healthy", ""),
        (f"  {OTHER}", "gone", "the server answers 410"),
    ]
    assert [finding.level for finding in check_health(home, now)] == ["ok"]


def test_the_command_shows_the_table_and_the_doctor_names_who_gives_nothing(home: Home) -> None:
    today = Clock().now().replace(hour=0, minute=0, second=1) - 4 * DAY
    now = polled(home, "gg44", "gg4t", today)
    shown = call(home).stdout
    assert "failing" in shown
    assert "the server answers 404; if it has moved, `nightdesk sources add` finds its feeds" in shown
    [told] = json.loads(call(home, "--json").stdout)
    assert [one["failure_weight"] for one in told["announcements"]] == [4.5, 3.5] or told["state"] == "failing"
    assert datetime.fromisoformat(told["since"]) == today + 2 * DAY
    [finding] = check_health(home, now)
    assert (finding.level, finding.what) == ("warn", "1 of 1 sources give nothing: paper is failing")
    assert "sources health" in finding.mend


def test_while_a_run_loads_the_command_says_so_in_a_sentence(home: Home) -> None:
    now = polled(home, "gg", "gg")
    with loading(home), run_lock(home):
        with pytest.raises(Busy, match=r"raw\.duckdb is being written by the run"), open_known(home):
            pass
        assert [finding.level for finding in check_health(home, now)] == ["ok"]
    with loading(home), pytest.raises(HomeUnusable, match="cannot be read"), open_known(home):
        pass
    with run_lock(home):  # a run that is at another stage is in nobody's way
        assert home_health(home, now)[0].health is not None


def test_raw_is_let_go_of_at_once(home: Home) -> None:
    now = polled(home, "gg", "gg")
    home_health(home, now)
    with duckdb.connect(str(home.raw_database)) as raw:
        raw.execute("create table written_after (n int)")


def advised(folder: Path, letters: str) -> str:
    now = START + len(letters) * DAY
    told: SourceHealth = health(folder, PAPER, polls(FEED, letters), now=now)
    return advice("paper", told, now)


@pytest.mark.parametrize(
    ("letters", "word"),
    {
        "gg": "",
        "ggd": "its name is not known any more; if it has moved",
        "ggr": "its robots.txt forbids it; if it does not want to be read, switch it off",
        "ggtt": "it does not answer in time; wait; `nightdesk sources check paper`",
        "eee": "it answers without a single item",
        "gg00__g": "nothing: it answers again",
        10 * "g" + "sss": "nothing yet: it is asked less often",
    }.items(),
    ids=lambda value: value if len(value) < 14 else None,
)
def test_each_state_says_what_to_do(tmp_path: Path, letters: str, word: str) -> None:
    told = advised(tmp_path, letters)
    assert told.startswith(word)
    assert bool(told) == bool(word)


def test_a_source_that_is_well_and_silent_for_long_is_asked_after(tmp_path: Path) -> None:
    rows, found = polls(FEED, 90 * "q"), [discovery(number, START + number * DAY) for number in range(12)]
    for days, is_said in ((30, False), (45, True)):
        now = START + days * DAY
        told = health(tmp_path, PAPER, rows, found, now=now)
        assert (f"nothing new for {days - 11} days" in advice("paper", told, now)) is is_said
    monthly = [discovery(number, START + number * 28 * DAY) for number in range(3)]
    told = health(tmp_path, PAPER, rows, monthly, now=START + 90 * DAY)
    assert advice("paper", told, START + 90 * DAY) == ""  # such pauses are its way


def test_pages_that_are_all_refused_have_their_own_advice(tmp_path: Path) -> None:
    pages = [page(number, START + timedelta(minutes=number), "failed", "http_403") for number in range(10)]
    told = health(tmp_path, PAPER, polls(FEED, "gg"), fetched=pages)
    assert advice("paper", told, START).startswith("its pages: the server answers 403; if it does not want")
