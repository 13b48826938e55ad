"""Load: what the crawl wrote to the spool goes into `raw.duckdb`, by dlt, merged on the keys of flows/raw.py.

Order matters. A package that an earlier, killed load left pending goes first; then the spool; a spool file is deleted
only when its rows are in the database. Whatever moment a kill picks, the next load finds every row in a pending
package or in the spool, and merging the same row twice is merging it once.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dlt
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from dlt.extract import DltResource
from dlt.pipeline.exceptions import PipelineStepFailed

from flows.errors import HomeUnusable, StopRun
from flows.ledger import is_refusal
from flows.paths import Home
from flows.raw import RAW_TABLES, RawTable

PIPELINE = "raw"
DATASET = "main"  # in a file named raw: `raw.fetches` once attached; dlt refuses a data set named like the file
ROWS_PER_LOAD = 10_000  # dlt holds a load in memory: about 20 KB a row with its page


@dataclass(frozen=True)
class LoadReport:
    """Rows handed to each table, and how many of them its key had not seen before."""

    rows: dict[str, int]
    new_rows: dict[str, int]
    recovered_packages: int


def raw_pipeline(home: Home) -> dlt.Pipeline:
    """The dlt pipeline that owns raw.duckdb; `dlt pipeline --pipelines-dir <home>/dlt raw info` shows the same one."""
    return dlt.pipeline(
        pipeline_name=PIPELINE,
        pipelines_dir=str(home.dlt),
        destination=dlt.destinations.duckdb(str(home.raw_database)),
        dataset_name=DATASET,
    )


def load_spool(home: Home) -> LoadReport:
    """Bring pending packages and every spool file into raw.duckdb.

    Raises HomeUnusable if the disk refuses a write, StopRun if the data breaks the schema contract.
    """
    pipeline = raw_pipeline(home)
    try:
        recovered = _finish_pending(pipeline)
        before = row_counts(home)
        rows = {table.name: 0 for table in RAW_TABLES}
        for files in _portions(home):
            tables = {table.name: _read(table, files.get(table.name, [])) for table in RAW_TABLES}
            load_tables(pipeline, tables)
            for table in RAW_TABLES:
                rows[table.name] += tables[table.name].num_rows
                for file in files.get(table.name, []):
                    file.unlink()
    except PipelineStepFailed as error:
        raise _explained(error, home) from error
    after = row_counts(home)
    return LoadReport(rows, {name: after[name] - before[name] for name in after}, recovered)


def row_counts(home: Home) -> dict[str, int]:
    """Rows of each raw table; zeros before the first load."""
    counts = {table.name: 0 for table in RAW_TABLES}
    if not home.raw_database.exists():
        return counts
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        present = {
            name
            for (name,) in connection.execute(
                "select table_name from information_schema.tables where table_schema = ?", [DATASET]
            ).fetchall()
        }
        for name in counts.keys() & present:
            relation = connection.table(f"raw.{DATASET}.{name}")
            counts[name] = int(relation.count("*").fetchall()[0][0])
    return counts


def _finish_pending(pipeline: dlt.Pipeline) -> int:
    """Load what a killed run had extracted or normalized. dlt would load it in place of new data, so it goes alone."""
    if not pipeline.has_pending_data:
        return 0
    pending = len(pipeline.list_extracted_load_packages()) + len(pipeline.list_normalized_load_packages())
    pipeline.run()
    return pending


def resources(pipeline: dlt.Pipeline, tables: dict[str, pa.Table]) -> list[DltResource]:
    """One dlt resource for each table that has rows, or that the database does not know yet."""
    return [
        dlt.resource(
            [tables[table.name]],
            name=table.name,
            primary_key=table.key,
            # not upsert: it takes over twice what a killed copy has left in the staging table twice
            write_disposition={"disposition": "merge", "strategy": "delete-insert"},
            schema_contract={"tables": "evolve", "columns": "freeze", "data_type": "freeze"},
        )
        for table in RAW_TABLES
        if tables[table.name].num_rows or not _exists(pipeline, table.name)
    ]


def load_tables(pipeline: dlt.Pipeline, tables: dict[str, pa.Table]) -> None:
    """Merge the tables into the database. Raises PipelineStepFailed when the destination or the contract refuses."""
    if found := resources(pipeline, tables):
        pipeline.run(found, loader_file_format="parquet")


def _exists(pipeline: dlt.Pipeline, table: str) -> bool:
    return bool(pipeline.default_schema_name) and table in pipeline.default_schema.tables


def _portions(home: Home) -> Iterator[dict[str, list[Path]]]:
    """Spool files in groups of about ROWS_PER_LOAD rows, oldest first; at least one group, so that tables exist."""
    portion: dict[str, list[Path]] = {}
    rows = 0
    empty = True
    for table in RAW_TABLES:
        for file in sorted((home.spool / table.name).glob("*.parquet")):
            portion.setdefault(table.name, []).append(file)
            rows += pq.read_metadata(file).num_rows
            empty = False
            if rows >= ROWS_PER_LOAD:
                yield portion
                portion, rows = {}, 0
    if portion or empty:
        yield portion


def _read(table: RawTable, files: list[Path]) -> pa.Table:
    """The rows of the files, one a key: the last one written wins."""
    if not files:
        return table.schema.empty_table()
    rows = pa.concat_tables([_read_file(table, file) for file in files])
    last_row = dict(zip(rows[table.key].to_pylist(), range(rows.num_rows), strict=True))
    return rows.take(pa.array(sorted(last_row.values()), pa.int64()))


def _read_file(table: RawTable, file: Path) -> pa.Table:
    rows = pq.read_table(file)
    surprises = sorted(set(rows.column_names) ^ set(table.schema.names))
    if surprises:
        raise StopRun(
            f"{file.name} in the spool does not have the columns of {table.name}: {', '.join(surprises)}",
            "It was written by another version of Nightdesk; move it out of the spool and run again.",
        )
    return rows.select(table.schema.names).cast(table.schema)


def _explained(error: PipelineStepFailed, home: Home) -> StopRun:
    text = str(error)
    if is_refusal(text) or not os.access(home.root, os.W_OK):
        return HomeUnusable(
            f"{home.root} cannot be written while loading: {text.splitlines()[-1]}",
            "Free some space or mend the permissions, then run again: nothing that was crawled is lost.",
        )
    return StopRun(
        f"loading into {home.raw_database.name} failed: {text.splitlines()[-1]}",
        "What was crawled waits in the spool; `nightdesk run` tries again.",
    )
