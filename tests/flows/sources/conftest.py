"""The sample press, and a home that follows it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.press.server import Press
from flows.settings import Settings


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(anchor_date=date(2026, 3, 10), night=2, time_scale=0.0) as served:
        yield served


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, delay_seconds=0.0, retry_limit=0, request_timeout_seconds=5.0)
