"""A run with nothing new, and what others see while it is going on."""

import json
import time
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest

from flows.errors import EXIT_BUSY
from flows.ledger import is_locked
from flows.load import row_counts
from flows.query import query
from flows.settings import Settings
from tests.flows.conftest import Desk, Marts, Night, read_marts


@dataclass(frozen=True)
class Second:
    """What a second run with nothing new did, and what was seen meanwhile."""

    manifest: dict[str, Any]
    added: dict[str, int]
    marts: Marts
    answers: list[int]
    refused_code: int
    refused_words: str
    old_reader: tuple[int, int]
    new_reader: int


@pytest.fixture(scope="module")
def second(undisturbed: Night, desk: Desk) -> Second:
    home = undisturbed.home
    settings = Settings(home=home.root)
    before = row_counts(home)
    with duckdb.connect(str(home.database), read_only=True) as reader:
        runs_before = reader.execute("select count(*) from runs").fetchall()[0][0]
        run = desk.start(home, "run", "--json")
        answers: list[int] = []
        refused = None
        while run.poll() is None:
            time.sleep(0.1)  # the run needs the processor too
            if not is_locked(home):
                continue
            answers += [row["n"] for row in query(settings, "select count(*) as n from articles").to_pylist()]
            refused = refused or desk.call(home, "run")
        output, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors
        runs_after = reader.execute("select count(*) from runs").fetchall()[0][0]
    with duckdb.connect(str(home.database), read_only=True) as fresh:
        new_reader = fresh.execute("select count(*) from runs").fetchall()[0][0]
    assert refused is not None
    return Second(
        manifest=json.loads(output),
        added={table: rows - before[table] for table, rows in row_counts(home).items()},
        marts=read_marts(home),
        answers=answers,
        refused_code=refused.returncode,
        refused_words=refused.stderr,
        old_reader=(runs_before, runs_after),
        new_reader=new_reader,
    )


def test_what_was_asked_and_said_alone_gains_rows(second: Second) -> None:
    asked = ("polls", "fetches", "consents")
    assert {table: rows for table, rows in second.added.items() if table not in asked} == {
        "sources": 0,
        "discoveries": 0,
        "pages": 0,
    }
    assert second.added["polls"] > 0
    assert second.added["fetches"] > 0


def test_no_model_runs_and_the_run_says_so(second: Second) -> None:
    assert second.manifest["counts"]["read_articles"] == 0
    assert "no model ran" in second.manifest["message"]
    read = next(stage for stage in second.manifest["stages"] if stage["name"] == "read")
    assert not any(read["counts"].values())


def test_the_articles_are_those_of_the_first_run(second: Second, undisturbed: Night) -> None:
    for table in ("articles", "entity_mentions", "entity_daily", "rejections"):
        assert second.marts[table] == undisturbed.marts[table]


def test_queries_answer_while_the_run_is_going_on(second: Second, undisturbed: Night) -> None:
    assert len(second.answers) > 1
    assert set(second.answers) == {len(undisturbed.marts["articles"])}


def test_a_run_beside_it_is_refused_in_a_sentence(second: Second) -> None:
    assert second.refused_code == EXIT_BUSY
    assert "already going on" in second.refused_words
    assert "Traceback" not in second.refused_words


def test_a_reader_with_the_old_database_open_is_not_disturbed(second: Second) -> None:
    before, after = second.old_reader
    assert after == before
    assert second.new_reader == before + 1
