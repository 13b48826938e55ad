"""dbt as a night runs it: the first night with nothing, a data test that fails, a run that dies, the order of marts."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from flows.dbt_process import EXIT_ORPHANED
from flows.errors import HomeUnusable, StopRun
from flows.load import load_spool
from flows.model import ModelReport, build_models, export_marts
from flows.paths import SQL_PROJECT, Home
from flows.publish import clear_build, publish
from flows.settings import Settings, quiet_environment

PROJECT = SQL_PROJECT.parent
MARTS = {file.stem for file in (SQL_PROJECT / "marts").glob("*.sql")}
A_FETCH_WITHOUT_ITS_PAGE = """
    insert into main.sources values ('s', 'Sample', 'http://a.example/', 'en', null, '', 'hash');
    insert into main.fetches by name
    select
        'f' as fetch_id, 'r' as run_id, 's' as source_id, 'article' as purpose, 'a' as article_id,
        false as is_recheck, 'http://a.example/' as url, 'ok' as outcome, 1 as attempt, 0 as redirects,
        'lost' as body_hash, 0.1 as seconds, 'allowed' as robots_verdict,
        timestamptz '2026-03-01 02:00:00+00' as requested_at;
"""


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home after the load of a night in which no source gave anything; a space in its path is no obstacle."""
    settings = Settings(home=tmp_path_factory.mktemp("home") / "news desk")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in quiet_environment(settings).items():
            patch.setenv(name, value)
        load_spool(settings.paths)
    clear_build(settings.paths)
    return settings


@pytest.fixture(scope="module")
def first_night(empty_home: Settings) -> ModelReport:
    return build_models(empty_home)


def test_a_first_night_with_nothing_builds_empty_marts_that_can_be_published(
    empty_home: Settings, first_night: ModelReport
) -> None:
    assert first_night.rows == dict.fromkeys(MARTS, 0)
    assert first_night.models >= len(MARTS)
    assert first_night.tests > 50
    assert first_night.warnings == ()
    home = empty_home.paths
    assert set(publish(home).marts) == MARTS
    with duckdb.connect(str(home.database), read_only=True) as connection:
        for mart in MARTS:
            assert pq.read_schema(home.marts / f"{mart}.parquet").names == connection.table(mart).columns


@pytest.mark.usefixtures("first_night")
def test_a_data_test_that_fails_stops_the_night_by_name_and_publishes_nothing(empty_home: Settings) -> None:
    home = empty_home.paths
    with duckdb.connect(str(home.raw_database)) as connection:
        connection.execute(A_FETCH_WITHOUT_ITS_PAGE)
    clear_build(home)
    with pytest.raises(StopRun, match="the test a_fetched_page_is_kept failed: Got 1 result") as caught:
        build_models(empty_home)
    assert "What readers have is untouched" in caught.value.hint
    assert (home.dbt / "logs" / "dbt.log").is_file()
    assert not (home.build / "marts").exists()
    with pytest.raises(StopRun, match="nothing to publish"):
        publish(home)


def test_dbt_ends_with_the_run_that_started_it(tmp_path: Path) -> None:
    """The other end of its standard input closes when the run dies, however it dies."""
    home = Home(tmp_path)
    environment = {**os.environ, **quiet_environment(Settings(home=tmp_path)), "NIGHTDESK_HOME": str(home.root)}
    command = [sys.executable, "-m", "flows.dbt_process", "--log-path", str(tmp_path), "build"]
    command += ["--project-dir", str(SQL_PROJECT), "--profiles-dir", str(SQL_PROJECT), "--target-path", str(tmp_path)]
    with subprocess.Popen(command, env=environment, cwd=PROJECT, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=120) == EXIT_ORPHANED
    assert not home.build_database.exists()


KEYS = st.lists(st.tuples(st.text(alphabet="aB0é ", max_size=3), st.integers(0, 3)), unique=True, max_size=12)


@hypothesis_settings(max_examples=20)  # each example makes two databases
@given(KEYS, st.randoms(use_true_random=False))
def test_a_mart_is_written_in_the_order_of_its_key_however_its_rows_came(
    tmp_path_factory: pytest.TempPathFactory, keys: list[tuple[str, int]], chance: Any
) -> None:
    files = []
    for shuffled in (keys, chance.sample(keys, len(keys))):
        home = Home(tmp_path_factory.mktemp("home"))
        home.build.mkdir()
        with duckdb.connect(str(home.build_database)) as connection:
            connection.execute('create table days (mentions integer, "end" varchar, day integer)')
            if shuffled:
                connection.executemany("insert into days values (1, ?, ?)", shuffled)
        assert export_marts(home, {"days": ["end", "day"]}) == {"days": len(keys)}
        files.append((home.build / "marts" / "days.parquet").read_bytes())
    rows = pq.read_table(home.build / "marts" / "days.parquet").to_pylist()
    assert [(row["end"], row["day"]) for row in rows] == sorted(keys, key=lambda key: (key[0].encode(), key[1]))
    assert files[0] == files[1]


def test_a_disk_that_refuses_a_mart_is_told_as_such(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (home.build / "marts" / "days.parquet").mkdir(parents=True)  # no file can be written where a directory is
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute("create table days (day integer)")
    with pytest.raises(HomeUnusable, match="cannot be written"):
        export_marts(home, {"days": ["day"]})
