"""The load into raw.duckdb: merge, recovery, contract."""

import contextlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dlt.destinations.impl.duckdb.duck import DuckDbCopyJob
from dlt.pipeline.exceptions import PipelineStepFailed

from flows.crawl.known import Known
from flows.errors import StopRun
from flows.forget.register import Selector
from flows.forget.selection import select
from flows.load import load_spool, load_tables, raw_pipeline, resources, row_counts
from flows.paths import Home
from flows.raw import RAW_TABLES
from flows.settings import Settings, quiet_environment

NOW = datetime(2026, 3, 4, 2, 15, tzinfo=UTC)
EMPTY = {table.name: table.schema.empty_table() for table in RAW_TABLES}
SCHEMAS = {table.name: table.schema for table in RAW_TABLES}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name, value in quiet_environment(Settings(home=tmp_path)).items():
        monkeypatch.setenv(name, value)
    return Home(tmp_path)


def page(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "body_hash": f"{number:064x}",
        "body_gzip": b"\x1f\x8b\x00",
        "body_bytes": number,
        "charset": "utf-8",
        "charset_source": "header",
        "content_type": None,
        "first_fetched_at": NOW,
        **changes,
    }


def spool(home: Home, table: str, name: str, rows: list[dict[str, Any]], schema: pa.Schema | None = None) -> Path:
    folder = home.spool / table
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=schema or SCHEMAS[table]), folder / f"{name}.parquet")
    return folder / f"{name}.parquet"


def pages(home: Home) -> list[tuple[str, int, bytes]]:
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        return connection.execute("select body_hash, body_bytes, body_gzip from raw.pages order by 1").fetchall()


def test_rows_are_merged_on_their_key_and_the_spool_is_emptied(home: Home) -> None:
    spool(home, "pages", "a", [page(1), page(2)])
    spool(home, "pages", "b", [page(2, body_bytes=20)])
    first = load_spool(home)
    assert (first.rows["pages"], first.new_rows["pages"]) == (2, 2)
    assert pages(home) == [(f"{1:064x}", 1, b"\x1f\x8b\x00"), (f"{2:064x}", 20, b"\x1f\x8b\x00")]
    assert not list(home.spool.rglob("*.parquet"))

    spool(home, "pages", "c", [page(1), page(3)])
    second = load_spool(home)
    assert (second.rows["pages"], second.new_rows["pages"]) == (2, 1)


def test_every_raw_table_exists_after_a_load_of_nothing(home: Home) -> None:
    report = load_spool(home)
    assert report.rows == dict.fromkeys(SCHEMAS, 0)
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        columns = connection.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns() "
            "where database_name = 'raw' and schema_name = 'main' and not starts_with(table_name, '_dlt') group by all"
        ).fetchall()
    assert {name: list(found) for name, found in columns} == {name: schema.names for name, schema in SCHEMAS.items()}


def test_a_package_that_a_killed_load_left_pending_goes_first_and_nothing_is_doubled(home: Home) -> None:
    load_spool(home)
    left = spool(home, "pages", "killed", [page(1)])
    pipeline = raw_pipeline(home)
    pipeline.extract(resources(pipeline, {**EMPTY, "pages": pq.read_table(left)}), loader_file_format="parquet")
    assert pipeline.has_pending_data
    spool(home, "pages", "later", [page(2)])
    report = load_spool(home)
    assert report.recovered_packages == 1
    assert [row[0] for row in pages(home)] == [f"{1:064x}", f"{2:064x}"]


def test_a_copy_that_a_kill_made_twice_doubles_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the rows were in the staging table and before that was noted, dlt copies them once more."""
    copy = DuckDbCopyJob.run

    def copy_twice(job: DuckDbCopyJob) -> None:
        copy(job)
        copy(job)

    load_spool(home)
    monkeypatch.setattr(DuckDbCopyJob, "run", copy_twice)
    spool(home, "pages", "killed", [page(1), page(2)])
    assert load_spool(home).new_rows["pages"] == 2
    assert [row[0] for row in pages(home)] == [f"{1:064x}", f"{2:064x}"]


def test_a_lost_working_directory_of_dlt_loses_no_row(home: Home) -> None:
    spool(home, "pages", "a", [page(1)])
    load_spool(home)
    shutil.rmtree(home.dlt)
    spool(home, "pages", "b", [page(2)])
    load_spool(home)
    assert row_counts(home)["pages"] == 2


def test_a_database_of_before_the_consents_is_read_and_gains_them(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("flows.load.RAW_TABLES", tuple(table for table in RAW_TABLES if table.name != "consents"))
        spool(home, "pages", "a", [page(1)])
        load_spool(home)
    with contextlib.closing(Known(home.raw_database)) as known, select(home, Selector("source", "paper")) as selection:
        assert known.first_seen("paper") == {}
        assert selection.counts["consents"] == 0
    row = dict.fromkeys(SCHEMAS["consents"].names, "x") | {"seen_at": NOW}
    spool(home, "consents", "b", [row])
    assert load_spool(home).new_rows["consents"] == 1
    assert row_counts(home)["pages"] == 1


def test_a_surprise_column_stops_the_load_and_keeps_the_spool(home: Home) -> None:
    schema = SCHEMAS["pages"].append(pa.field("surprise", pa.string()))
    left = spool(home, "pages", "a", [page(1, surprise="!")], schema)
    with pytest.raises(StopRun, match=r"a\.parquet .*: surprise"):
        load_spool(home)
    assert left.exists()


def test_the_destination_itself_refuses_a_column_it_does_not_know(home: Home) -> None:
    load_spool(home)
    rows = pa.Table.from_pylist(
        [page(1, surprise="!")], schema=SCHEMAS["pages"].append(pa.field("surprise", pa.string()))
    )
    with pytest.raises(PipelineStepFailed, match="surprise"):
        load_tables(raw_pipeline(home), {**EMPTY, "pages": rows})
