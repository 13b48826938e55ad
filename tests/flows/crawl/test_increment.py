"""From one run to the next: what is not asked again, and what is asked without belief in the answer of before."""

from __future__ import annotations

import asyncio

from flows.clock import Clock
from flows.crawl.crawl import crawl_source, open_crawl
from flows.errors import SkipSource
from flows.settings import Settings
from flows.sources.files import source_rows
from flows.sources.source import Source
from tests.flows.crawl.runs import FEED, clock_of, crawl, crawl_one, feed_of
from tests.flows.crawl.spooled import load
from tests.flows.crawl.website import Website


def test_a_place_that_is_not_due_costs_no_request_and_is_counted(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, feed_of("/a"))
    website.serve("http://paper.example/a", b"<p>news</p>")
    for minute in (0, 20):  # one poll alone tells no rate
        crawl_one(settings, clock_of(1, minute=minute), source, run_id=f"run-{minute}")
        load(settings.paths)
    asked = website.urls.count(FEED)
    report = crawl_one(settings, clock_of(1, minute=25), source, run_id="again")
    assert (report.status, report.polls, report.not_due, report.due) == ("ok", 0, 1, 0)
    assert website.urls.count(FEED) == asked == 2
    night = crawl_one(settings, clock_of(2), source, run_id="night")
    assert (night.polls, night.not_due) == (1, 0)


def test_a_source_whose_file_has_changed_is_polled_at_once_and_wholly(
    website: Website, settings: Settings, source: Source
) -> None:
    narrow = source.model_copy(update={"discover": (source.discover[0].model_copy(update={"include": "/a"}),)})
    website.serve(FEED, feed_of("/a", "/b"), ETag='"v1"')
    for minute in (0, 20):
        clock = clock_of(1, minute=minute)

        async def night(clock: Clock = clock, minute: int = minute) -> None:
            async with open_crawl(settings, clock, f"run-{minute}") as context:
                context.spool.add_table("sources", source_rows([narrow]))
                await crawl_source(narrow, context)

        asyncio.run(night())
        load(settings.paths)
    report = crawl_one(settings, clock_of(1, minute=25), source, run_id="changed")
    assert (report.polls, report.new_items) == (1, 1)
    assert "if-none-match" not in [one for one in website.asked if one.url == FEED][-1].headers


def test_a_source_that_failed_of_late_stays_failed_while_it_is_not_asked(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, status=500)
    for minute in (0, 5):
        [skipped] = crawl(settings, clock_of(1, minute=minute), source, run_id=f"run-{minute}")
        assert isinstance(skipped, SkipSource)
        load(settings.paths)
    assert website.urls.count(FEED) == 1


def test_a_feed_whose_etag_lies_is_found_out_by_a_full_poll_and_never_believed_again(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, feed_of("/a"), ETag='"stuck"')
    crawl_one(settings, clock_of(1), source, run_id="one")
    load(settings.paths)
    website.serve(FEED, feed_of("/a", "/b"), ETag='"stuck"')
    crawl_one(settings, clock_of(2), source, run_id="two")  # a night later: without a condition
    load(settings.paths)
    crawl_one(settings, clock_of(2, hour=8), source, run_id="three")
    assert "if-none-match" not in [one for one in website.asked if one.url == FEED][-1].headers
