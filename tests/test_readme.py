"""The README is true: its queries run on the marts as they are declared."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
QUERIES = [
    *re.findall(r"```sql\n(.*?)```", README, flags=re.DOTALL),
    *re.findall(r'nightdesk query "(select.*?)"', README),
]


@pytest.fixture(scope="module")
def empty_marts() -> duckdb.DuckDBPyConnection:
    """Every mart with the columns and types of its contract, and no rows."""
    connection = duckdb.connect()
    for file in sorted((PROJECT / "sql" / "marts").glob("*.yml")):
        for model in yaml.safe_load(file.read_text("utf-8"))["models"]:
            columns: list[dict[str, Any]] = model["columns"]
            declared = ", ".join(f'"{column["name"]}" {column["data_type"]}' for column in columns)
            connection.execute(f"create table {model['name']} ({declared})")
    return connection


def test_the_readme_has_queries() -> None:
    assert len(QUERIES) >= 4


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_of_the_readme_runs_on_the_declared_marts(
    query: str, empty_marts: duckdb.DuckDBPyConnection
) -> None:
    assert empty_marts.execute(query).description


def test_every_file_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:flows|transforms|sql|tests|deploy)/[\w./]*\.\w+)`", README)
    assert named
    assert not [name for name in named if not (PROJECT / name).exists()]
    pictures = re.findall(r"\]\((deploy/[^)]+)\)", README)
    assert pictures
    assert not [picture for picture in pictures if not (PROJECT / picture).exists()]
