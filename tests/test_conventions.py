"""The conventions of the house, checked: one name everywhere, imports one way, nothing hidden.

A failure names what is missing when somebody adds a source, a column or a model.
"""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.raw import RAW_TABLES
from transforms.catalog import TRANSFORMS

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("flows", "transforms", "deploy", "tests")

MODULE_LINES = 250
FUNCTION_LINES = 40

# Above the aim, each with its reason.
LONG_MODULES: dict[str, str] = {
    "tests/flows/sources/test_files.py": "every way in which a source file can be wrong, with the words for it",
}
LONG_FUNCTIONS: dict[str, str] = {
    "transforms/reader/training/train.py:run": "the training loop, read from top to bottom",
}

# Who may ask the operating system for the time or its environment, each with its reason.
CLOCKS = {
    "flows/clock.py": "is the clock",
    "flows/ledger.py": "signs the lock with the machine's own time",
    "flows/press/server.py": "logs requests by the wall clock",
}
ENVIRONMENT = {
    "flows/settings.py": "is the reader of the environment",
    "flows/model.py": "hands dbt's subprocess its variables",
    "deploy/dashboard/launch.py": "hands Streamlit's subprocess its variables",
}


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (PROJECT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("transform", TRANSFORMS, ids=lambda transform: transform.name)
def test_a_column_has_one_name_in_every_layer(transform: object) -> None:
    name = transform.name  # type: ignore[attr-defined]
    alternatives = (
        (f"transforms/{name}.py", f"transforms/{name}/__init__.py"),
        (f"sql/staging/stg_{name}.sql",),
        (f"sql/staging/stg_{name}.yml",),
        (f"tests/transforms/test_{name}.py", f"tests/transforms/{name}"),
    )
    missing = [" or ".join(paths) for paths in alternatives if not any((PROJECT / path).exists() for path in paths)]
    assert not missing, f"the column {name} lacks {missing}"


@pytest.mark.parametrize("table", RAW_TABLES, ids=lambda table: table.name)
def test_a_raw_table_has_its_staging_model(table: object) -> None:
    for ending in ("sql", "yml"):
        assert (PROJECT / f"sql/staging/stg_{table.name}.{ending}").exists()  # type: ignore[attr-defined]


def test_each_transform_is_listed_once_and_only_reads_earlier_ones() -> None:
    seen = {"pages"}
    for transform in TRANSFORMS:
        assert transform.name not in seen
        assert set(transform.inputs) <= seen, transform.name
        seen.add(transform.name)


def test_transforms_know_no_network_no_database_no_orchestrator() -> None:
    forbidden = {"prefect", "dlt", "duckdb", "flows", "httpx2", "requests", "socket", "urllib.request", "streamlit"}
    for path in modules("transforms"):
        found = {name for name in imported(path) if name in forbidden or name.split(".")[0] in forbidden}
        assert not found, f"{name_of(path)} imports {found}"


def test_the_environment_is_read_in_one_place() -> None:
    pattern = re.compile(r"\bos\.(environ|getenv|putenv)\b")
    found = {
        name_of(path) for path in modules("flows", "transforms", "deploy") if pattern.search(path.read_text("utf-8"))
    }
    assert found <= ENVIRONMENT.keys(), found - ENVIRONMENT.keys()


def test_the_time_comes_from_the_clock() -> None:
    pattern = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
    found = {name_of(path) for path in modules("flows", "transforms") if pattern.search(path.read_text("utf-8"))}
    assert found <= CLOCKS.keys(), found - CLOCKS.keys()


def test_modules_stay_short() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules(*PACKAGES)}
    too_long = {name: lines for name, lines in lengths.items() if lines > MODULE_LINES and name not in LONG_MODULES}
    assert not too_long
    assert not [name for name in LONG_MODULES if lengths.get(name, 0) <= MODULE_LINES], (
        "no exception is needed any more"
    )


def test_functions_stay_short() -> None:
    too_long = {}
    for path in modules("flows", "transforms", "deploy"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                name = f"{name_of(path)}:{node.name}"
                if lines > FUNCTION_LINES and name not in LONG_FUNCTIONS:
                    too_long[name] = lines
    assert not too_long


def test_no_module_is_a_catch_all() -> None:
    banned = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [name_of(path) for path in modules(*PACKAGES) if banned & {path.stem, path.parent.name}]


def test_every_dependency_says_why_it_is_there() -> None:
    text = (PROJECT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["train"]]
    lines = [line for line in text.splitlines() if line.strip().startswith('"')]
    silent = [
        dependency
        for dependency in wanted
        if not any(f'"{dependency}",' in line and line.partition('",')[2].strip().startswith("#") for line in lines)
    ]
    assert not silent


def test_the_locked_versions_name_no_place_to_fetch_from() -> None:
    assert "://" not in (PROJECT / "constraints.txt").read_text("utf-8")


def test_every_command_is_in_the_readme() -> None:
    from typer.main import get_command

    from flows.cli import app

    readme = (PROJECT / "README.md").read_text("utf-8")
    commands = getattr(get_command(app), "commands", {})
    assert len(commands) >= 10
    assert not [name for name in commands if f"nightdesk {name}" not in readme]


def test_the_top_level_holds_nothing_unexpected() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    folders = {"flows", "transforms", "sql", "tests", "deploy"}
    required = {
        ".ci": "the check that runs on every change",
        ".github": "the same for the public forge",
        ".gitignore": "git",
        ".sqlfluff": "sqlfluff looks for it here",
        "CHANGELOG.md": "what changed for users",
        "LICENSE": "forges and packagers look for it here",
        "Makefile": "make",
        "README.md": "the front door",
        "constraints.txt": "the locked versions, for pip and uv",
        "pyproject.toml": "the package",
    }
    assert top <= folders | required.keys(), top - folders - required.keys()
