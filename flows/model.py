"""Model: dbt builds the analytics database beside the one that readers have, and its marts become Parquet.

Nothing here is seen by a reader; flows/publish.py swaps it in.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows.errors import HomeUnusable, StopRun
from flows.ledger import home_unusable, is_refusal
from flows.paths import SQL_PROJECT, Home
from flows.settings import Settings, quiet_environment

FAILED = ("error", "fail", "runtime error")


@dataclass(frozen=True)
class ModelReport:
    """What dbt built: models, tests that passed, tests that only warned, and the rows of each mart."""

    models: int
    tests: int
    warnings: tuple[str, ...]
    rows: dict[str, int]


def build_models(settings: Settings) -> ModelReport:
    """Build every model and run its data tests, then write each mart to `build/marts/<model>.parquet`.

    Raises StopRun naming the first model or test that failed, HomeUnusable when the disk refuses.
    """
    home = settings.paths
    results = _run_dbt(settings)
    marts = _marts(home)
    rows = export_marts(home, marts)
    states = [(str(result["unique_id"]), str(result["status"])) for result in results]
    return ModelReport(
        models=sum(name.startswith("model.") for name, _ in states),
        tests=sum(name.startswith("test.") and status == "pass" for name, status in states),
        warnings=tuple(name.split(".")[2] for name, status in states if status == "warn"),
        rows=rows,
    )


def export_marts(home: Home, keys: dict[str, list[str]]) -> dict[str, int]:
    """Write each mart of the built database to Parquet, in the order of its key; returns the rows of each.

    Raises HomeUnusable when the disk refuses.
    """
    folder = home.build / "marts"
    folder.mkdir(parents=True, exist_ok=True)
    rows = {}
    try:
        with duckdb.connect(str(home.build_database), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            for mart, key in sorted(keys.items()):
                relation = connection.table(mart)
                ordered = relation.order(", ".join(f'"{column}"' for column in key)) if key else relation
                ordered.write_parquet(str(folder / f"{mart}.parquet"), compression="zstd")
                rows[mart] = int(relation.count("*").fetchall()[0][0])
    except duckdb.IOException as error:
        raise home_unusable(home, error) from error
    return rows


def _run_dbt(settings: Settings) -> list[dict[str, Any]]:
    home = settings.paths
    target = home.dbt / "target"
    (target / "run_results.json").unlink(missing_ok=True)
    command = [
        *(sys.executable, "-m", "flows.dbt_process", "--no-use-colors", "--log-format", "text"),
        # The debug log repeats each statement; it takes an eighth of the build, and the statements lie in `target` too.
        *("--log-level-file", "info", "--log-path", str(home.dbt / "logs")),
        *("build", "--exclude", "resource_type:unit_test"),
        *("--project-dir", str(SQL_PROJECT), "--profiles-dir", str(SQL_PROJECT), "--target-path", str(target)),
    ]
    environment = {
        **os.environ,
        **quiet_environment(settings),
        "NIGHTDESK_HOME": str(home.root),
        "NIGHTDESK_BUILD_DATABASE": str(home.build_database),
        "NIGHTDESK_RUNS": str(home.build_runs),
    }
    with subprocess.Popen(  # noqa: S603 - our own interpreter, module and paths
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        if process.stdout is None:
            raise StopRun("dbt's output cannot be read")
        output = process.stdout.read()
        code = process.wait()
    results = _results(target / "run_results.json")
    if code:
        raise _explained(results, output, home)
    return results


def _results(file: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["results"]
    except FileNotFoundError:
        return []
    return found


def _marts(home: Home) -> dict[str, list[str]]:
    """The key columns of each mart, from dbt's manifest: `meta.key` of the model, else its first column."""
    nodes = json.loads((home.dbt / "target" / "manifest.json").read_text("utf-8"))["nodes"].values()
    return {
        node["name"]: node["config"].get("meta", {}).get("key") or list(node["columns"])[:1]
        for node in nodes
        if node["resource_type"] == "model" and node["original_file_path"].startswith("marts/")
    }


def _explained(results: list[dict[str, Any]], output: str, home: Home) -> StopRun:
    log = home.dbt / "logs" / "dbt.log"
    hint = f"The whole of it: {log}. What readers have is untouched."
    if is_refusal(output):
        return HomeUnusable(f"{home.root} cannot be written while the models are built", hint)
    for result in results:
        if result["status"] in FAILED:
            kind, _, name = str(result["unique_id"]).split(".")[:3]
            message = " ".join(str(result.get("message") or "").split())
            return StopRun(f"the {kind} {name} failed: {message[:400]}", hint)
    return StopRun(f"dbt did not build the models: {' '.join(output.split())[-400:]}", hint)
