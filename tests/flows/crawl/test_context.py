"""The crawl's opening and closing."""

from __future__ import annotations

import asyncio

import pytest

from flows.clock import Clock
from flows.crawl.context import open_crawl
from flows.errors import HomeUnusable
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.spooled import rows_of

PAGE = {
    "body_hash": "0" * 64,
    "body_gzip": b"x",
    "body_bytes": 1,
    "charset": "utf-8",
    "charset_source": "header",
    "content_type": None,
    "first_fetched_at": Clock().now(),
}


def test_what_is_buffered_is_written_whatever_ends_the_crawl(settings: Settings) -> None:
    async def fail() -> None:
        async with open_crawl(settings, Clock(), "run") as context:
            context.spool.add("pages", "paper", PAGE)
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        asyncio.run(fail())
    assert [row["body_hash"] for row in rows_of(settings.paths, "pages")] == ["0" * 64]


def test_a_database_that_is_none_is_said_in_words(settings: Settings) -> None:
    settings.paths.raw_database.write_bytes(b"not a database" * 1_000)

    async def crawl() -> None:
        async with open_crawl(settings, Clock(), "run"):
            pass

    with pytest.raises(HomeUnusable, match=r"raw\.duckdb"):
        asyncio.run(crawl())


def test_a_sources_own_delay_counts_before_the_settings(settings: Settings, source: Source) -> None:
    async def delays() -> tuple[float, float]:
        async with open_crawl(settings.model_copy(update={"delay_seconds": 2.0}), Clock(), "run") as context:
            own = source.model_copy(update={"delay_seconds": 0.0})
            return context.delay_of(source), context.delay_of(own)

    assert asyncio.run(delays()) == (2.0, 0.0)
