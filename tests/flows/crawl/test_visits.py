"""One URL, asked for politely; every attempt is a row, and nothing a page does is raised."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from flows.clock import Clock
from flows.crawl import visits
from flows.crawl.context import CrawlContext, open_crawl
from flows.crawl.validators import Validators
from flows.crawl.visits import Ask, Visit, deferred, visit
from flows.raw import FETCHES
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.spooled import rows_of
from tests.flows.crawl.website import Answer, Website

PAGE = "http://paper.example/a"
ROBOTS = "http://paper.example/robots.txt"


def in_crawl(settings: Settings, source: Source, work: Callable[[CrawlContext], Awaitable[Any]], **changes: Any) -> Any:
    async def crawl() -> Any:
        async with open_crawl(settings.model_copy(update=changes), Clock(), "run") as context:
            context.add_routes(source)
            return await work(context)

    return asyncio.run(crawl())


def visited(settings: Settings, source: Source, url: str = PAGE, **changes: Any) -> Visit:
    made = in_crawl(settings, source, lambda context: visit(Ask(source, url, "article", "id"), context), **changes)
    assert isinstance(made, Visit)
    assert made.row.keys() == set(FETCHES.names)
    return made


def test_a_page_is_a_row_with_what_robots_and_the_page_say(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(ROBOTS, b"User-agent: *\nAllow: /a\nDisallow: /\n\nUser-agent: GPTBot\nDisallow: /")
    website.serve(PAGE, b"<meta name=robots content=noai>news", ETag='"v1"')
    made = visited(settings, source, usage_signals="record")
    row = made.row
    assert made.outcome == row["outcome"] == "ok"
    assert (row["status"], row["etag"], row["body_bytes"]) == (200, '"v1"', 35)
    assert (row["robots_verdict"], row["robots_rule"]) == ("allowed", "Allow: /a")
    assert row["usage_flags"] == "noai,robots:gptbot"
    assert website.urls == [ROBOTS, "http://paper.example/ai.txt", PAGE]
    robots, *usage = rows_of(settings.paths, "fetches")
    assert (robots["purpose"], robots["outcome"], robots["article_id"]) == ("robots", "ok", None)
    assert [(row["purpose"], row["error_class"]) for row in usage] == [
        ("usage", "http_404"),
        ("usage", "robots_disallowed"),
    ]


def test_what_robots_forbids_is_never_asked_for(website: Website, settings: Settings, source: Source) -> None:
    website.serve(ROBOTS, b"User-agent: *\nDisallow: /a")
    made = visited(settings, source)
    assert (made.outcome, made.row["error_class"]) == ("refused", "robots_disallowed")
    assert made.row["robots_rule"] == "Disallow: /a"
    assert PAGE not in website.urls


def test_an_unreachable_robots_refuses_too(website: Website, settings: Settings, source: Source) -> None:
    website.serve(ROBOTS, status=500)
    assert visited(settings, source).row["error_class"] == "robots_unreachable"
    assert PAGE not in website.urls


def test_a_redirect_into_what_robots_forbids_is_refused(website: Website, settings: Settings, source: Source) -> None:
    website.serve(ROBOTS, b"User-agent: *\nDisallow: /private")
    website.serve(PAGE, status=302, Location="/private/a")
    made = visited(settings, source)
    assert (made.outcome, made.row["error_class"]) == ("refused", "robots_refused")
    assert "http://paper.example/private/a" not in website.urls


def test_what_time_may_heal_is_tried_again_and_every_try_is_a_row(
    website: Website, settings: Settings, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "BACKOFF_SECONDS", 0.0)
    website.answers[PAGE] = [Answer(500), Answer(raw=b""), Answer(200, b"news")]
    made = visited(settings, source, retry_limit=2)
    assert (made.outcome, made.row["attempt"]) == ("ok", 3)
    tries = [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "article"]
    assert [(row["attempt"], row["error_class"]) for row in tries] == [(1, "http_500"), (2, "protocol")]
    assert len({row["fetch_id"] for row in [*tries, made.row]}) == 3


def test_no_more_tries_than_the_limit_and_none_of_what_stays_broken(
    website: Website, settings: Settings, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "BACKOFF_SECONDS", 0.0)
    website.serve(PAGE, status=502)
    assert visited(settings, source, retry_limit=1).row["attempt"] == 2
    website.serve(PAGE, status=404)
    assert visited(settings, source, retry_limit=1).row["attempt"] == 1


def test_a_host_that_asks_to_be_left_alone_is(website: Website, settings: Settings, source: Source) -> None:
    website.serve(PAGE, status=429, Retry_After="3600")

    async def twice(context: CrawlContext) -> tuple[Visit, Visit]:
        ask = Ask(source, PAGE, "article", "id")
        return await visit(ask, context), await visit(ask, context)

    first, second = in_crawl(settings, source, twice)
    assert (first.outcome, first.row["retry_after_seconds"]) == ("failed", 3600.0)
    assert (second.outcome, second.row["error_class"]) == ("deferred", "retry_after")
    assert website.urls.count(PAGE) == 1


def test_a_304_nobody_asked_for_is_a_failure(website: Website, settings: Settings, source: Source) -> None:
    website.serve(PAGE, status=304)
    assert visited(settings, source).row["error_class"] == "protocol"

    async def conditional(context: CrawlContext) -> Visit:
        return await visit(Ask(source, PAGE, "article", "id", validators=Validators('"v1"')), context)

    assert in_crawl(settings, source, conditional).outcome == "not_modified"


def test_a_page_too_large_is_a_row_without_a_body(website: Website, settings: Settings, source: Source) -> None:
    website.serve(PAGE, b"x" * 2_000)
    made = visited(settings, source, body_limit_bytes=1_000)
    assert (made.row["error_class"], made.row["body_hash"], made.response) == ("too_large", None, None)


def test_a_long_validator_is_not_kept_in_part(website: Website, settings: Settings, source: Source) -> None:
    website.serve(PAGE, b"news", ETag='"' + "x" * 2_000 + '"')
    assert visited(settings, source).row["etag"] is None


def test_a_deferral_is_a_row_without_a_request(website: Website, settings: Settings, source: Source) -> None:
    async def put_off(context: CrawlContext) -> Visit:
        return deferred(Ask(source, PAGE, "article", "id"), context, "over_limit", "enough for one night")

    made = in_crawl(settings, source, put_off)
    assert made.row.keys() == set(FETCHES.names)
    assert (made.row["outcome"], made.row["robots_verdict"]) == ("deferred", "not_asked")
    assert website.urls == []


def test_after_the_crawls_time_nothing_is_asked_for(website: Website, settings: Settings, source: Source) -> None:
    made = visited(settings, source, crawl_limit_seconds=1e-9)
    assert (made.outcome, made.row["error_class"]) == ("deferred", "deadline")
    assert website.urls == []


def test_a_crawl_that_leaves_no_trace_writes_nothing(
    website: Website, settings: Settings, source: Source, tmp_path: Path
) -> None:
    website.serve(PAGE, b"news")

    async def look() -> str:
        async with open_crawl(settings, Clock(), "check", leaves_no_trace=True) as context:
            context.add_routes(source)
            return (await visit(Ask(source, PAGE, "article", "id"), context)).outcome

    assert asyncio.run(look()) == "ok"
    assert list(tmp_path.iterdir()) == []
