"""The swap: a reader keeps the file it opened, and whatever moment a kill picks, no path ever holds half a file."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.errors import HomeUnusable, StopRun
from flows.paths import Home
from flows.publish import clear_build, publish
from flows.query import search
from flows.settings import Settings

MARTS = ("articles", "runs")
KILLED = 137

# Ends the process, as a kill does, at the nth rename that the publishing makes.
KILLED_AT = """
import os, sys
from pathlib import Path
from flows.paths import Home
from flows.publish import publish

left = [int(sys.argv[2])]

def watch(event, arguments):
    if event == "os.rename":
        if left[0] == 0:
            os._exit(137)
        left[0] -= 1

sys.addaudithook(watch)
publish(Home(Path(sys.argv[1])))
"""

# Holds the published database open and answers, line for line, what it sees in it.
READER = """
import sys
import duckdb

connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select title from articles").fetchone()[0], flush=True)
"""


def build(home: Home, title: str) -> None:
    """A built database with the views that only a build needs, and its marts, all saying `title`."""
    clear_build(home)
    (home.build / "marts").mkdir()
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute(
            f"create table articles as select 'a' as article_id, '{title}' as title, 'Rain.' as text, "
            "'' as source_name, now() as published_at, '' as url, [{'start': 0, 'end': 5}] as sentences"
        )
        connection.execute("create schema staging; create view staging.stg_pages as select 1 as page")
    for mart in MARTS:
        pq.write_table(pa.table({"title": [title]}), home.build / "marts" / f"{mart}.parquet")


def title_of_mart(home: Home, mart: str) -> str:
    return str(pq.read_table(home.marts / f"{mart}.parquet")["title"][0].as_py())


def title_of_database(home: Home) -> str:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return str(connection.table("articles").fetchall()[0][1])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that has published `old` and has built `new`."""
    made = Home(tmp_path)
    build(made, "old")
    publish(made)
    build(made, "new")
    return made


def test_what_is_published_stands_alone_and_can_be_searched(home: Home) -> None:
    report = publish(home)
    assert report.marts == MARTS
    assert report.database_bytes == home.database.stat().st_size > 0
    with duckdb.connect(str(home.database), read_only=True) as connection:
        assert connection.execute("select count(*) from duckdb_views() where schema_name = 'staging'").fetchone() == (
            0,
        )
    assert search(Settings(home=home.root), "rain")["title"].to_pylist() == ["new"]
    assert not [file for file in home.build.rglob("*") if file.is_file()]


def test_a_reader_keeps_what_it_opened_and_the_next_one_gets_the_new(home: Home) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", READER, str(home.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as reader,
        (home.marts / "articles.parquet").open("rb") as opened,
    ):
        assert reader.stdin is not None
        assert reader.stdout is not None

        def ask() -> str:
            print("?", file=reader.stdin, flush=True)
            assert reader.stdout is not None
            return reader.stdout.readline().strip()

        assert ask() == "old"
        publish(home)
        assert ask() == "old"
        assert pq.read_table(pa.PythonFile(opened))["title"].to_pylist() == ["old"]
        assert title_of_mart(home, "articles") == "new"
        reader.stdin.close()
    assert title_of_database(home) == "new"


@pytest.mark.parametrize("renames", range(len(MARTS) + 1))
def test_a_kill_at_any_rename_leaves_whole_files_and_the_next_night_finishes(home: Home, renames: int) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, str(home.root), str(renames)], check=False)
    assert killed.returncode == KILLED
    assert [title_of_mart(home, mart) for mart in MARTS] == (["new"] * renames + ["old"] * len(MARTS))[: len(MARTS)]
    assert title_of_database(home) == "old"  # the database goes last
    build(home, "newest")
    publish(home)
    assert {title_of_database(home), *(title_of_mart(home, mart) for mart in MARTS)} == {"newest"}


def test_nothing_built_is_nothing_published(home: Home) -> None:
    clear_build(home)
    with pytest.raises(StopRun, match="nothing to publish"):
        publish(home)
    home.build_database.touch()  # a database without marts is a build that was cut short
    with pytest.raises(StopRun, match="nothing to publish"):
        publish(home)
    assert title_of_database(home) == title_of_mart(home, "runs") == "old"


def test_a_home_that_refuses_the_swap_is_named_and_keeps_what_it_had(home: Home) -> None:
    home.marts.rename(home.root / "kept")
    home.marts.write_text("a file where a directory should be")
    with pytest.raises(HomeUnusable, match="cannot be written"):
        publish(home)
    assert title_of_database(home) == "old"
