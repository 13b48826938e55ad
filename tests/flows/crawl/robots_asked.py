"""Asking a website of a test for verdicts, as a crawl does."""

from __future__ import annotations

import asyncio

from flows.crawl.client import Client
from flows.crawl.pacing import Pacing
from flows.crawl.robots import Robots, RobotsFetch, Verdict
from flows.crawl.robots_store import RobotsStore
from tests.flows.crawl.website import Website


def asked(
    website: Website, *urls: str, tries: int = 1, store: RobotsStore | None = None
) -> tuple[list[Verdict], list[RobotsFetch]]:
    reports: list[RobotsFetch] = []

    async def ask() -> list[Verdict]:
        client = Client("Nightdesk/test", connections=4)
        client.guard.add_route(["http://paper.example/"], website.address)
        pacing = Pacing(4, asyncio.get_running_loop().time() + 60)
        files = Robots(client, pacing, timeout_seconds=0.3, tries=tries, store=store)
        try:
            verdicts = [files.verdict(url, 0.0, website.address, reports.append) for url in urls]
            return list(await asyncio.gather(*verdicts))
        finally:
            await client.aclose()

    return asyncio.run(ask()), reports
