"""A home without sources, and backfills into it that read no texts."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.clock import Clock
from flows.ledger import Manifest
from flows.paths import Home
from flows.progress import silent
from flows.settings import Settings, quiet_environment
from flows.warc.backfill import Backfill, backfill, names
from flows.warc.remote import Fetching
from flows.warc.selection import Selection
from tests.flows.crawl.website import Website

FETCHING = Fetching("Nightdesk/test", timeout_seconds=5.0, limit_bytes=50_000_000, pause=0.01)

ALL = Selection()

Fill = Callable[..., Manifest]


@pytest.fixture
def website() -> Iterator[Website]:
    running = Website()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(home=tmp_path / "home", body_limit_bytes=1_000_000)
    for name, value in quiet_environment(settings).items():
        monkeypatch.setenv(name, value)
    return settings


@pytest.fixture
def fill(settings: Settings, tmp_path: Path) -> Fill:
    """Backfill archives: bytes are written to a file first, a name is taken as it is."""

    def run(*archives: bytes | str, selection: Selection = ALL, fetching: Fetching = FETCHING) -> Manifest:
        given = []
        for number, archive in enumerate(archives):
            if isinstance(archive, bytes):
                file = tmp_path / f"{number}.warc.gz"
                if not file.exists() or file.read_bytes() != archive:
                    file.write_bytes(archive)
                given.append(str(file))
            else:
                given.append(archive)
        return backfill(settings, Clock(), silent, Backfill(names(given), selection, fetching, reads=False))

    return run


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute(query).fetchall()
