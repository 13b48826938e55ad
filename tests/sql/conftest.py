"""A small home of three nights, its rows written the way the stages write them, and the models built on it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from flows.load import load_tables, raw_pipeline
from flows.paths import SQL_PROJECT, Home
from flows.settings import Settings, quiet_environment
from tests.sql.nights import raw_tables, write_columns, write_runs

BUILD_LIMIT_SECONDS = 240


@dataclass(frozen=True)
class Dbt:
    """What one call of the dbt command said: its exit code, its output, and the status of each node."""

    code: int
    output: str
    statuses: dict[str, str]


def call_dbt(home: Home, folder: Path, *arguments: str) -> Dbt:
    """Run the command of sql/README.md, its own files in `folder`."""
    command = [
        *(sys.executable, "-c", "from dbt.cli.main import cli; cli()"),
        *("--no-use-colors", "--log-path", str(folder / "logs"), *arguments),
        *(
            "--project-dir",
            str(SQL_PROJECT),
            "--profiles-dir",
            str(SQL_PROJECT),
            "--target-path",
            str(folder / "target"),
        ),
    ]
    settings = Settings(home=home.root)
    environment = {**os.environ, **quiet_environment(settings), "NIGHTDESK_HOME": str(home.root)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=BUILD_LIMIT_SECONDS, check=False
    )
    file = folder / "target" / "run_results.json"
    results = json.loads(file.read_text("utf-8"))["results"] if file.exists() else []
    statuses = {result["unique_id"]: result["status"] for result in results}
    return Dbt(done.returncode, done.stdout + done.stderr, statuses)


@dataclass(frozen=True)
class Built:
    """The home of the three nights with its built database, and what dbt said."""

    home: Home
    dbt: Dbt
    folder: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    home, folder = Home(tmp_path_factory.mktemp("home")), tmp_path_factory.mktemp("dbt")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in quiet_environment(Settings(home=home.root)).items():
            patch.setenv(name, value)
        load_tables(raw_pipeline(home), raw_tables())
    write_columns(home)
    write_runs(home)
    home.build.mkdir()
    return Built(home, call_dbt(home, folder, "build"), folder)


@pytest.fixture(scope="session")
def database(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built database, with the views of staging readable as dbt left them."""
    assert built.dbt.code == 0, built.dbt.output[-3000:]
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"attach '{built.home.raw_database}' as raw (read_only)")
        connection.execute(f"attach '{built.home.build_database}' as nightdesk (read_only)")
        connection.execute("use nightdesk")
        yield connection
