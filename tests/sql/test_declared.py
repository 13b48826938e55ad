"""What the yml files promise: every column described, every contract enforced, every source as its stage writes it."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from flows.paths import SQL_PROJECT
from flows.raw import RAW_TABLES
from transforms.catalog import TRANSFORMS
from transforms.contract import LINEAGE

MODELS = sorted(file for layer in ("staging", "intermediate", "marts") for file in (SQL_PROJECT / layer).glob("*.sql"))
MARTS = [file for file in MODELS if file.parent.name == "marts"]
LINES = 100

Declared = dict[str, Any]


def declared(file: Path) -> Declared:
    """The one model that the yml beside a model's sql describes, its unit tests included."""
    document = yaml.safe_load(file.with_suffix(".yml").read_text("utf-8"))
    (model,) = document["models"]
    assert model["name"] == file.stem
    return {**model, "unit_tests": document.get("unit_tests", [])}


def types_of(columns: list[Declared]) -> dict[str, str]:
    """DuckDB's own spelling of the declared types."""
    with duckdb.connect() as connection:
        listed = ", ".join(f'"{column["name"]}" {column["data_type"]}' for column in columns)
        connection.execute(f"create table declared ({listed})")
        return {row[0]: row[1] for row in connection.execute("describe declared").fetchall()}


def types_read(schema: pa.Schema, file: Path) -> dict[str, str]:
    """The types that DuckDB sees in a Parquet file of the schema."""
    pq.write_table(schema.empty_table(), file)
    with duckdb.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(f"describe from '{file}'").fetchall()}


@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.stem)
def test_a_model_says_its_grain_and_describes_each_column_that_it_has(
    file: Path, database: duckdb.DuckDBPyConnection
) -> None:
    model = declared(file)
    assert model["description"].startswith("One row per ")
    assert not [column["name"] for column in model["columns"] if not column.get("description")]
    schema = "main" if file in MARTS else "staging"
    found = database.execute(f"describe {schema}.{file.stem}").fetchall()
    assert {column["name"] for column in model["columns"]} == {row[0] for row in found}
    assert len(file.read_text("utf-8").splitlines()) <= LINES


@pytest.mark.parametrize("file", MARTS, ids=lambda file: file.stem)
def test_a_mart_is_a_table_under_contract_whose_key_orders_it(file: Path, database: duckdb.DuckDBPyConnection) -> None:
    model = declared(file)
    config = model["config"]
    assert config["materialized"] == "table"
    assert config["contract"] == {"enforced": True}
    found = {row[0]: row[1] for row in database.execute(f"describe main.{file.stem}").fetchall()}
    assert types_of(model["columns"]) == found
    mart = database.table(f"main.{file.stem}")
    keys = mart.select(*config["meta"]["key"]).fetchall()
    assert len(set(keys)) == len(keys) > 0


@pytest.mark.parametrize("file", [file for file in MODELS if file.parent.name != "staging"], ids=lambda file: file.stem)
def test_a_model_with_logic_has_a_unit_test(file: Path) -> None:
    assert [test for test in declared(file)["unit_tests"] if test["model"] == file.stem]


def sources() -> dict[str, dict[str, Declared]]:
    listed = yaml.safe_load((SQL_PROJECT / "staging" / "_sources.yml").read_text("utf-8"))["sources"]
    return {source["name"]: {table["name"]: table for table in source["tables"]} for source in listed}


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda transform: transform.name)
def test_a_column_folder_is_declared_as_its_transform_writes_it(transform: Any, tmp_path: Path) -> None:
    table = sources()["columns"][transform.name]
    assert types_of(table["columns"]) == types_read(
        pa.unify_schemas([transform.writes, LINEAGE]), tmp_path / "rows.parquet"
    )


@pytest.mark.parametrize("table", RAW_TABLES, ids=lambda table: table.name)
def test_a_raw_table_is_declared_as_the_crawl_writes_it(table: Any, tmp_path: Path) -> None:
    declared_table = sources()["raw"][table.name]
    assert types_of(declared_table["columns"]) == types_read(table.schema, tmp_path / "rows.parquet")
