"""A night written as WARC, valid to another library, read back into an empty home: the same tables. And a replay."""

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.errors import EXIT_NOTHING_THERE, EXIT_USAGE
from flows.paths import Home
from flows.raw import RAW_TABLES
from tests.flows.conftest import Desk, Marts, Night, read_marts


@dataclass(frozen=True)
class Export:
    """The archive of a home, with what the home held when it was written."""

    file: Path
    report: dict[str, Any]
    raw: Marts
    marts: Marts


def raw_rows(home: Home) -> Marts:
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return {
            table.name: connection.table(f"raw.main.{table.name}").select(*table.schema.names).order("all").fetchall()
            for table in RAW_TABLES
        }


@pytest.fixture(scope="module")
def export(undisturbed: Night, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Export:
    file = tmp_path_factory.mktemp("export") / "night.warc.gz"
    run = desk.call(undisturbed.home, "export-warc", "--out", str(file), "--json")
    assert run.returncode == 0, run.stderr
    assert not list(file.parent.glob("*.tmp"))
    return Export(file, json.loads(run.stdout), raw_rows(undisturbed.home), read_marts(undisturbed.home))


@pytest.fixture(scope="module")
def filled(export: Export, desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Any]]:
    home = Home(tmp_path_factory.mktemp("filled") / "home")
    run = desk.call(home, "backfill", str(export.file), "--json")
    assert run.returncode == 0, run.stderr
    return home, json.loads(run.stdout)


def test_another_library_finds_every_record_valid(export: Export) -> None:
    kinds: Counter[str] = Counter()
    ids = set()
    with export.file.open("rb") as opened:
        for record in ArchiveIterator(opened, check_digests="raise"):
            body = record.content_stream().read()
            kinds[record.rec_type] += 1
            ids.add(record.rec_headers.get_header("WARC-Record-ID"))
            assert record.rec_headers.protocol == "WARC/1.1"
            if record.rec_type == "response":
                assert int(record.http_headers.get_header("Content-Length")) == len(body)
                assert record.digest_checker.passed
            if record.rec_type == "revisit":
                refers = record.rec_headers.get_header("WARC-Refers-To")
                assert refers in ids if refers else record.http_headers.get_statuscode() == "304"
    assert len(ids) == kinds.total() == export.report["records"]
    assert kinds["response"] == len(export.raw["pages"]) == export.report["pages"]
    assert kinds["warcinfo"] == 1


def test_an_empty_home_gets_equal_tables(export: Export, filled: tuple[Home, dict[str, Any]]) -> None:
    home, _ = filled
    raw = raw_rows(home)
    for table, rows in export.raw.items():
        assert raw[table] == rows, table  # every column of every row, run ids and moments included
    purpose = next(table.schema for table in RAW_TABLES if table.name == "fetches").get_field_index("purpose")
    assert sum(row[purpose] == "following" for row in raw["fetches"]) == 2  # of the article on three pages
    marts = read_marts(home)
    assert marts.keys() == export.marts.keys()
    for table, rows in export.marts.items():
        assert marts[table] == rows, table


def test_every_record_is_accounted_for(export: Export, filled: tuple[Home, dict[str, Any]]) -> None:
    home, manifest = filled
    counts = next(stage["counts"] for stage in manifest["stages"] if stage["name"] == "backfill")
    assert counts["records"] == export.report["records"]
    assert counts["records"] == counts["taken"] + counts["filtered_other_record"]
    assert counts["filtered_other_record"] == 1  # the warcinfo
    assert manifest["status"] == "green"
    assert not list(home.backfills.glob("*"))


def test_a_replay_gives_what_was_there_moments_and_briefs_included(
    undisturbed: Night, desk: Desk, tmp_path: Path
) -> None:
    home = Home(tmp_path / "copy")
    shutil.copytree(undisturbed.home.root, home.root, ignore=shutil.ignore_patterns("prefect"))
    before, known, briefs = read_marts(home), known_at(home), brief_texts(home)
    assert briefs
    home.replay.mkdir()
    (home.replay / "columns").write_text("left behind by another version", "utf-8")
    shutil.rmtree(home.marts)
    run = desk.call(home, "replay", "--yes", "--json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["articles"] > 0
    marts = read_marts(home)
    for table, rows in before.items():
        assert marts[table] == rows, table
    assert known_at(home) == known
    assert brief_texts(home) == briefs
    assert not home.replay.exists()
    assert {file.stem for file in home.marts.glob("*.parquet")} == {*before, "runs"}


def test_without_a_yes_a_replay_tells_its_plan_and_does_nothing(undisturbed: Night, desk: Desk, tmp_path: Path) -> None:
    run = desk.call(undisturbed.home, "replay")
    assert run.returncode == EXIT_USAGE
    assert f"{len(raw_rows(undisturbed.home)['pages'])} pages in" in run.stdout
    assert "--yes" in run.stderr
    for command in (("replay", "--yes"), ("export-warc", "--out", str(tmp_path / "x.warc.gz"))):
        run = desk.call(Home(tmp_path / "nothing"), *command)
        assert run.returncode == EXIT_NOTHING_THERE
        assert "Run a night first" in run.stderr
    assert not list(tmp_path.glob("*.gz"))


def known_at(home: Home) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute("select article_id, known_at from articles order by all").fetchall()


def brief_texts(home: Home) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in home.briefs.glob("*.md")}
