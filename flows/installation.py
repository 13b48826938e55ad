"""Whether the program itself is whole: Python, packages, the reader's weights, dbt, the search extension.

Libraries are imported inside the checks: a broken one is what is looked for here.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import subprocess
import sys
from collections.abc import Iterator

from flows.findings import Check, Finding

PACKAGE = "nightdesk"
DBT_SECONDS = 120
# Compiled parts break by themselves: of another platform, cut short, or with a system library missing.
COMPILED = ("numpy", "pyarrow", "duckdb", "lxml.etree", "onnxruntime", "tokenizers", "pydantic_core")
_REINSTALL = "Install Nightdesk again in a fresh environment, with the versions of constraints.txt."


def installation_checks() -> list[tuple[str, Check]]:
    """The checks of this module, with what each looks at."""
    return [
        ("Python", check_python),
        ("the packages", check_packages),
        ("the compiled packages", check_compiled),
        ("the reader", check_reader),
        ("dbt", check_dbt),
        ("search", check_search),
    ]


def check_python() -> Iterator[Finding]:
    """The version that pyproject.toml asks for."""
    from packaging.specifiers import SpecifierSet

    wanted = importlib.metadata.metadata(PACKAGE)["Requires-Python"] or ""
    here = platform.python_version()
    if SpecifierSet(wanted).contains(here, prereleases=True):
        yield Finding("ok", f"Python {here}")
    else:
        yield Finding("fail", f"Python is {here}, Nightdesk asks for {wanted}", "Install it with another Python.")


def check_packages(name: str = PACKAGE) -> Iterator[Finding]:
    """Every package that `name` asks for is there, in a version it accepts."""
    from packaging.requirements import Requirement

    right = 0
    for line in importlib.metadata.requires(name) or []:
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            here = importlib.metadata.version(wanted.name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding("fail", f"the package {wanted.name} is not installed", _REINSTALL)
            continue
        if wanted.specifier.contains(here, prereleases=True):
            right += 1
        else:
            message = f"{wanted.name} is {here}, Nightdesk asks for {wanted.specifier}"
            yield Finding("fail", message, _REINSTALL)
    yield Finding("ok", f"{right} packages in the versions asked for")


def check_compiled(modules: tuple[str, ...] = COMPILED) -> Iterator[Finding]:
    """Packages with compiled parts can be loaded."""
    broken = False
    for module in modules:
        try:
            importlib.import_module(module)
        except (ImportError, OSError) as error:
            broken = True
            yield Finding("fail", f"{module} cannot be loaded: {str(error)[:300]}", _REINSTALL)
    if not broken:
        yield Finding("ok", "compiled packages can be loaded")


def check_reader() -> Iterator[Finding]:
    """The embedded model is there, whole, and reads a sentence."""
    from transforms.reader.reader import ReaderUnavailable, load_reader
    from transforms.reader.reading import Document, Span

    text = "The bank kept its rate."
    try:
        reader = load_reader(threads=1)
        (reading,) = reader.read([Document(text, (Span(0, len(text)),))])
    except ReaderUnavailable as error:
        yield Finding("fail", f"the reader cannot be used: {error}", f"Its weights come with Nightdesk. {_REINSTALL}")
        return
    yield Finding("ok", f"the reader reads: {reader.name} {reader.revision}, {len(reading.vector)} numbers a text")


def check_dbt(command: tuple[str, ...] = (sys.executable, "-m", "dbt.cli.main", "--version")) -> Iterator[Finding]:
    """dbt starts, in a process of its own, as the night starts it."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DBT_SECONDS, check=False)  # noqa: S603 - our own interpreter
    except (OSError, subprocess.TimeoutExpired) as error:
        yield Finding("fail", f"dbt cannot be started: {error}", _REINSTALL)
        return
    if done.returncode != 0:
        reason = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1]
        yield Finding("fail", f"dbt does not start: {reason[:300]}", _REINSTALL)
        return
    yield Finding("ok", f"dbt {importlib.metadata.version('dbt-core')} starts")


def check_search() -> Iterator[Finding]:
    """DuckDB's search extension can be loaded, with no network."""
    import duckdb

    from flows.errors import NightdeskError
    from flows.query import load_search_extension

    try:
        with duckdb.connect() as connection:
            load_search_extension(connection)
    except NightdeskError as error:
        yield Finding("fail", error.message, error.hint)
        return
    yield Finding("ok", f"DuckDB {duckdb.__version__} with its search extension")
