"""Whole sources over the sample press: the sums close, and no second run asks for what the first one got."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from flows.clock import Clock
from flows.crawl.crawl import SourceReport, crawl_source, open_crawl
from flows.errors import SkipSource
from flows.press.server import Press
from flows.settings import Settings
from flows.sources.files import scan_sources
from flows.sources.source import Source
from tests.flows.crawl.runs import ANCHOR, FEED, clock_of, crawl, crawl_one, feed_of
from tests.flows.crawl.spooled import load, rows_of
from tests.flows.crawl.website import Answer, Website


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(anchor_date=ANCHOR, time_scale=0.0) as running:
        yield running


def articles(settings: Settings) -> list[dict[str, Any]]:
    return [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "article"]


def test_every_article_of_the_press_is_accounted_for_and_a_second_run_asks_for_no_new_one(
    press: Press, settings: Settings
) -> None:
    press.night = 2
    press.write_sources(settings.paths.sources)
    sources = scan_sources(settings.paths.sources).sources
    outcomes = crawl(settings, clock_of(2), *sources)
    reports = {report.source_id: report for report in outcomes if isinstance(report, SourceReport)}
    skipped = [outcome for outcome in outcomes if isinstance(outcome, SkipSource)]
    assert len(skipped) == 1  # the paper that is down on the second night
    assert "Savannah" in skipped[0].message
    for report in reports.values():
        assert report.due == report.fetched + report.refused + report.deferred + report.failed > 0
        assert report.rechecked == 0
    assert reports["harbourcourier"].refused > 0

    last = {row["article_id"]: row for row in articles(settings)}
    tally = Counter(row["outcome"] for row in last.values())
    assert tally["ok"] == sum(report.fetched for report in reports.values())
    assert tally["refused"] == sum(report.refused for report in reports.values())
    assert len(last) == sum(report.due for report in reports.values())
    pages = {row["body_hash"]: row for row in rows_of(settings.paths, "pages")}
    further = [row for row in rows_of(settings.paths, "fetches") if row["purpose"] == "following"]
    assert {row["body_hash"] for row in (*last.values(), *further) if row["outcome"] == "ok"} == pages.keys()
    for key, page in pages.items():
        assert hashlib.sha256(gzip.decompress(page["body_gzip"])).hexdigest() == key

    load(settings.paths)
    press.forget_requests()
    again = crawl(settings, clock_of(2, minute=40), *sources, run_id="again")
    second = [report for report in again if isinstance(report, SourceReport)]
    assert sum(report.new_items for report in second) == 0
    assert sum(report.fetched + report.rechecked + report.refused for report in second) == 0
    had = {row["url"] for row in last.values() if row["outcome"] == "ok"}
    assert not had & {f"http://{request.host}{request.path}" for request in press.requests}


def test_the_next_night_brings_the_new_and_looks_at_the_old_again(press: Press, settings: Settings) -> None:
    press.write_sources(settings.paths.sources)
    [paper] = [one for one in scan_sources(settings.paths.sources).sources if one.source_id == "harbourcourier"]
    press.night = 1
    first = crawl_one(settings, clock_of(1), paper)
    load(settings.paths)
    press.night = 2
    second = crawl_one(settings, clock_of(2), paper, run_id="second")
    assert second.due == second.fetched + second.refused + second.deferred + second.failed
    assert second.rechecked == second.unchanged + second.revised == first.fetched
    assert second.new_items > 0
    pages = rows_of(settings.paths, "pages")
    assert len(pages) == second.fetched + second.revised
    seen = {row["url"]: row["first_seen_at"] for row in rows_of(settings.paths, "discoveries")}
    assert {moment.day for moment in seen.values()} == {ANCHOR.day - 1, ANCHOR.day}


def test_each_ending_is_counted_once(website: Website, settings: Settings, source: Source) -> None:
    website.serve("http://paper.example/robots.txt", b"User-agent: *\nDisallow: /closed")
    website.serve(FEED, feed_of("/good", "/closed", "/gone", "/picture", "/late"))
    website.serve("http://paper.example/good", b"<p>news</p>")
    website.serve("http://paper.example/picture", b"\x89PNG", Content_Type="image/png")
    report = crawl_one(settings.model_copy(update={"articles_per_source": 3}), Clock(), source)
    assert (report.due, report.fetched, report.refused, report.failed, report.deferred) == (5, 1, 1, 2, 1)
    assert {row["url"].rpartition("/")[2]: row["error_class"] for row in articles(settings)} == {
        "good": None,
        "closed": "robots_disallowed",
        "gone": "http_404",
        "picture": "not_html",
        "late": "over_limit",
    }


def test_a_host_that_fails_again_and_again_is_left_alone(website: Website, settings: Settings, source: Source) -> None:
    paths = [f"/{number}" for number in range(9)]
    website.serve(FEED, feed_of(*paths))
    for path in paths:
        website.serve(f"http://paper.example{path}", status=500)
    report = crawl_one(settings, Clock(), source)
    assert (report.failed, report.deferred) == (5, 4)
    assert {row["error_class"] for row in articles(settings) if row["outcome"] == "deferred"} == {"host_failing"}


def test_an_edit_is_a_new_page_and_the_same_body_is_not(website: Website, settings: Settings, source: Source) -> None:
    website.serve(FEED, feed_of("/edited", "/same", "/conditional"))
    website.serve("http://paper.example/edited", b"<p>first</p>")
    website.serve("http://paper.example/same", b"<p>calm</p>")
    website.serve("http://paper.example/conditional", b"<p>calm too</p>", ETag='"v1"')
    crawl_one(settings, clock_of(1), source)
    load(settings.paths)
    website.serve("http://paper.example/edited", b"<p>second</p>")
    website.serve("http://paper.example/conditional", status=304)
    report = crawl_one(settings, clock_of(2), source, run_id="second")
    assert (report.due, report.rechecked, report.revised, report.unchanged, report.not_modified) == (0, 3, 1, 2, 1)
    [page] = rows_of(settings.paths, "pages")
    assert gzip.decompress(page["body_gzip"]) == b"<p>second</p>"
    asked = {one.url: one.headers for one in website.asked[-3:]}
    assert asked["http://paper.example/conditional"]["if-none-match"] == '"v1"'


def test_two_sources_that_announce_one_article_ask_for_it_once(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, feed_of("/shared"))
    website.serve("http://paper.example/shared", b"<p>news</p>")
    twin = source.model_copy(update={"source_id": "twin"})
    first, second = crawl(settings, Clock(), source, twin)
    assert isinstance(first, SourceReport)
    assert isinstance(second, SourceReport)
    assert (first.due, second.due) == (1, 0)
    assert website.urls.count("http://paper.example/shared") == 1
    assert {row["source_id"] for row in rows_of(settings.paths, "discoveries")} == {"paper", "twin"}


@pytest.mark.parametrize("answer", [Answer(raw=b""), Answer(200, b"<html>no feed")], ids=["dead", "not a feed"])
def test_a_source_without_one_good_poll_is_skipped_with_its_reason(
    website: Website, settings: Settings, source: Source, answer: Answer
) -> None:
    website.answers[FEED] = answer
    [skipped] = crawl(settings, Clock(), source)
    assert isinstance(skipped, SkipSource)
    assert "The Paper" in skipped.message
    assert FEED in skipped.message
    [poll] = rows_of(settings.paths, "polls")
    assert poll["outcome"] == "failed"
    assert poll["error_class"] in skipped.message


def test_a_cancelled_source_leaves_what_it_did_not_fetch_as_deferred(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, feed_of("/slow", "/never-reached"))
    website.answers["http://paper.example/slow"] = Answer(hangs=True)

    async def interrupted() -> None:
        async with open_crawl(settings, Clock(), "run") as context:
            task = asyncio.ensure_future(crawl_source(source, context))
            while "http://paper.example/slow" not in website.urls:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(interrupted())
    assert {row["url"].rpartition("/")[2]: row["error_class"] for row in articles(settings)} == {
        "slow": "cancelled",
        "never-reached": "cancelled",
    }
    assert len(rows_of(settings.paths, "polls")) == 1
