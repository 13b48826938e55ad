"""`nightdesk forget` on a home that has had a night: no file holds anything of a source, and all sums still close."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.errors import EXIT_USAGE, NightdeskError
from flows.forget.register import read_register
from flows.paths import Home
from tests.flows.conftest import Desk, Marts, Night, read_marts

SOURCE = "meridianledger"


@dataclass(frozen=True)
class Forgotten:
    home: Home
    planned: dict[str, int]
    entry: dict[str, Any]
    bodies: list[bytes]
    words: set[str]  # of each article of the source a stretch of its text that no other source has
    before: list[str]
    marts: Marts


def files_with(home: Home, needles: list[bytes]) -> list[str]:
    """The files that hold one of the needles; Parquet is read, for it is packed."""
    found = []
    for file in sorted(home.root.rglob("*")):
        if file.is_file() and file.parent != home.forgotten and file.parent != home.sources:
            is_packed = file.suffix == ".parquet"
            held = str(pq.read_table(file).to_pylist()).encode() if is_packed else file.read_bytes()
            if any(needle in held for needle in needles):
                found.append(file.relative_to(home.root).as_posix().split("/")[0])
    return sorted(set(found))


@pytest.fixture(scope="module")
def forgotten(undisturbed: Night, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Forgotten:
    home = Home(tmp_path_factory.mktemp("forget") / "home")
    shutil.copytree(undisturbed.home.root, home.root)
    with duckdb.connect(str(home.database), read_only=True) as database:
        texts = database.execute("select source_id, text from articles").fetchall()
    others = " ".join(text for source, text in texts if source != SOURCE)
    words = {text[100:140] for source, text in texts if source == SOURCE and text[100:140] not in others}
    with duckdb.connect(str(home.raw_database), read_only=True) as raw:
        listed = "select p.body_gzip from pages p join fetches f using (body_hash) where f.source_id = ?"
        bodies = [bytes(body)[100:200] for (body,) in raw.execute(listed, [SOURCE]).fetchall()]
    assert len(words) > 3
    assert len(bodies) > 3
    before = files_with(home, [*bodies, *(word.encode() for word in words)])
    marts = read_marts(home)  # other tests may have run a further night there
    planned = desk.call(home, "forget", "--source", SOURCE, "--dry-run", "--json")
    assert planned.returncode == 0, planned.stderr
    assert read_marts(home) == marts
    done = desk.call(home, "forget", "--source", SOURCE, "--yes", "--json")
    assert done.returncode == 0, done.stderr
    [entry] = json.loads(done.stdout)
    return Forgotten(home, json.loads(planned.stdout)["counts"], entry, bodies, words, before, dict(marts))


def test_no_file_of_the_home_holds_its_pages_or_its_words(forgotten: Forgotten) -> None:
    assert {"raw.duckdb", "nightdesk.duckdb", "marts", "columns", "briefs"} <= set(forgotten.before)
    needles = [*forgotten.bodies, *(word.encode() for word in forgotten.words)]
    assert files_with(forgotten.home, needles) == []


def test_the_tables_are_those_of_the_others(forgotten: Forgotten) -> None:
    found = read_marts(forgotten.home)
    for mart in ("articles", "rejections", "source_daily", "consents"):
        assert found[mart] == [row for row in forgotten.marts[mart] if SOURCE not in row], mart
        assert found[mart], mart


def test_the_ledger_says_what_went_and_nothing_more(forgotten: Forgotten) -> None:
    assert forgotten.entry["finished_at"]
    assert forgotten.planned.items() <= forgotten.entry["counts"].items()
    assert forgotten.planned["pages"] == len(set(forgotten.bodies))
    [file] = forgotten.home.forgotten.iterdir()
    assert not [word for word in forgotten.words if word in file.read_text("utf-8")]
    assert read_register(forgotten.home).covers_source(SOURCE)


def test_the_briefs_are_written_again_without_it(forgotten: Forgotten) -> None:
    briefs = sorted(forgotten.home.briefs.iterdir())
    assert [brief.suffix for brief in briefs] == [".html", ".md"]
    assert all("Nightdesk" in brief.read_text("utf-8") for brief in briefs)


UNCLEAR = ((), ("--source", "a", "--url", "http://b.example/"), ("--source", "a", "--json"))


@pytest.mark.parametrize("arguments", UNCLEAR)
def test_what_is_not_said_plainly_erases_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    run = CliRunner().invoke(app, ["--home", str(tmp_path / "home"), "forget", *arguments])
    assert isinstance(run.exception, NightdeskError)
    assert run.exception.exit_code == EXIT_USAGE
    assert "forget" in run.exception.hint
    assert not Home(tmp_path / "home").forgotten.exists()
