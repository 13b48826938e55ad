"""Crawls of whole sources, at any hour of a night."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.clock import Clock
from flows.crawl.crawl import SourceReport, crawl_source, open_crawl
from flows.errors import SkipSource
from flows.settings import Settings
from flows.sources.source import Source

ANCHOR = date(2026, 3, 10)
FEED = "http://paper.example/feed"


def clock_of(night: int, hour: int = 2, minute: int = 0) -> Clock:
    """The night that gathers what the press printed on its day `night`."""
    moment = datetime(ANCHOR.year, ANCHOR.month, ANCHOR.day, hour, minute, tzinfo=UTC) + timedelta(days=night - 2)
    return Clock(moment - datetime.now(UTC))


def crawl(settings: Settings, clock: Clock, *sources: Source, run_id: str = "run") -> list[SourceReport | SkipSource]:
    async def all_of_them() -> list[SourceReport | SkipSource]:
        async with open_crawl(settings, clock, run_id) as context:
            return [await one(source, context) for source in sources]

    async def one(source: Source, context: Any) -> SourceReport | SkipSource:
        try:
            return await crawl_source(source, context)
        except SkipSource as skipped:
            return skipped

    return asyncio.run(all_of_them())


def crawl_one(settings: Settings, clock: Clock, source: Source, run_id: str = "run") -> SourceReport:
    [report] = crawl(settings, clock, source, run_id=run_id)
    assert isinstance(report, SourceReport)
    return report


def feed_of(*paths: str) -> bytes:
    items = "".join(f"<item><title>{path}</title><link>http://paper.example{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
