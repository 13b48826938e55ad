"""The marts that the dashboard's tests are made of are those that sql/marts promises."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
import yaml

from tests.deploy.dashboard.columns import SCHEMAS

MARTS = Path(__file__).resolve().parents[3] / "sql" / "marts"


@pytest.mark.parametrize("mart", SCHEMAS)
def test_the_columns_and_their_types_are_those_of_the_contract(mart: str) -> None:
    model = yaml.safe_load((MARTS / f"{mart}.yml").read_text("utf-8"))["models"][0]
    with duckdb.connect() as connection:
        promised = {}
        for column in model["columns"]:
            row = connection.execute(f"select typeof(cast(null as {column['data_type']}))").fetchone()
            promised[column["name"]] = row and row[0]
        connection.register("ours", pa.Table.from_pylist([], schema=SCHEMAS[mart]))
        ours = {name: kind for name, kind, *_ in connection.execute("describe ours").fetchall()}
    assert ours == promised
