"""A robots.txt holds for an hour of runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from flows.clock import Clock
from flows.crawl.context import open_crawl
from flows.crawl.robots_store import KEPT_FOR, RobotsStore
from flows.crawl.visits import Ask, visit
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.robots_asked import asked
from tests.flows.crawl.website import Answer, Website

ROBOTS = "http://paper.example/robots.txt"


@pytest.mark.parametrize(
    ("answer", "verdict", "is_kept"),
    [
        (Answer(200, b"User-agent: *\nDisallow: /a"), "disallowed", True),
        (Answer(200, b""), "allowed", True),
        (Answer(404), "unavailable", True),
        (Answer(503), "unreachable", False),
    ],
)
def test_an_answer_holds_for_the_runs_of_an_hour_and_a_failure_for_its_own(
    website: Website, tmp_path: Path, answer: Answer, verdict: str, is_kept: bool
) -> None:
    website.answers[ROBOTS] = answer
    for later in (timedelta(0), KEPT_FOR / 2):
        store = RobotsStore(tmp_path / "robots", Clock(later))
        store.sweep()
        [found], _ = asked(website, "http://paper.example/a", store=store)
        assert found.verdict == verdict
    assert len(website.urls) == (1 if is_kept else 2)
    late = RobotsStore(tmp_path / "robots", Clock(KEPT_FOR + timedelta(seconds=1)))
    [_], reports = asked(website, "http://paper.example/a", store=late)
    assert len(reports) == 1


def test_what_is_too_old_is_swept_and_a_disk_that_fails_costs_requests_alone(tmp_path: Path) -> None:
    kept = RobotsStore(tmp_path / "robots", Clock())
    kept.put("http://paper.example", b"x")
    assert kept.get("http://paper.example") == b"x"
    assert kept.get("http://other.example") is None
    RobotsStore(tmp_path / "robots", Clock(2 * KEPT_FOR)).sweep()
    assert list((tmp_path / "robots").iterdir()) == []
    (tmp_path / "file").write_bytes(b"")
    for store in (RobotsStore(tmp_path / "file", Clock()), RobotsStore(None, Clock())):
        store.put("http://paper.example", b"x")
        store.sweep()
        assert store.get("http://paper.example") is None


def test_a_run_soon_after_another_does_not_ask_again(website: Website, settings: Settings, source: Source) -> None:
    async def run(number: int) -> str:
        async with open_crawl(settings, Clock(), f"run{number}") as context:
            context.add_routes(source)
            return str((await visit(Ask(source, "http://paper.example/a", "feed"), context)).row["robots_rule"])

    website.serve(ROBOTS, b"User-agent: *\nDisallow: /\nAllow: /a")
    website.serve("http://paper.example/a", b"news")
    assert [asyncio.run(run(number)) for number in range(2)] == ["Allow: /a"] * 2
    assert website.urls == [ROBOTS, *["http://paper.example/a"] * 2]
