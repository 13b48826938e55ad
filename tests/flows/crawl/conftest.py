"""A website, a source that is reached through it, and the settings of a hurried crawl."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import Settings
from flows.sources.source import Discover, Source
from tests.flows.crawl.website import Website


@pytest.fixture
def website() -> Iterator[Website]:
    running = Website()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, delay_seconds=0.0, retry_limit=0, request_timeout_seconds=5.0)


@pytest.fixture
def source(website: Website) -> Source:
    """A paper with one feed, reached through the website."""
    return Source(
        source_id="paper",
        name="The Paper",
        home_url="http://paper.example/",
        language="en",
        discover=(Discover(kind="feed", url="http://paper.example/feed"),),
        connect_to=f"127.0.0.1:{website.address[1]}",
    )
