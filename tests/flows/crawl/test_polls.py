"""What a source announces tonight, and the rows its polls leave."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from flows.clock import Clock
from flows.crawl.context import open_crawl
from flows.crawl.polls import CHILDREN_LIMIT, Poll, poll_source, record_polls
from flows.settings import Settings
from flows.sources.source import Discover, Source
from tests.flows.crawl.spooled import load, rows_of
from tests.flows.crawl.website import Website

FEED = "http://paper.example/feed"
MAPS = "http://paper.example/maps.xml"
NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)


def feed_of(*paths: str) -> bytes:
    items = "".join(f"<item><link>http://paper.example{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def polled(settings: Settings, source: Source, later: timedelta = timedelta(0)) -> tuple[list[Poll], int]:
    clock = Clock(NOW + later - datetime.now(UTC))

    async def poll() -> tuple[list[Poll], int]:
        async with open_crawl(settings, clock, f"run{later}") as context:
            context.add_routes(source)
            polls = await poll_source(source, context)
            return polls, record_polls(source, polls, set(context.known.first_seen(source.source_id)), context)

    return asyncio.run(poll())


def urls(polls: list[Poll]) -> list[str]:
    return [item.url.removeprefix("http://paper.example") for poll in polls for item in poll.items]


def test_a_feed_is_one_poll_and_one_row(website: Website, settings: Settings, source: Source) -> None:
    website.serve(FEED, feed_of("/a", "/b"), ETag='"v1"')
    polls, new_items = polled(settings, source)
    assert urls(polls) == ["/a", "/b"]
    assert new_items == 2
    [row] = rows_of(settings.paths, "polls")
    assert (row["outcome"], row["items"], row["new_items"], row["etag"]) == ("ok", 2, 2, '"v1"')
    assert row["next_due_at"] - row["polled_at"] == timedelta(minutes=settings.poll_floor_minutes)  # no rate is known


def test_a_url_in_two_feeds_is_new_once(website: Website, settings: Settings, source: Source) -> None:
    other = Discover(kind="feed", url="http://paper.example/other")
    website.serve(FEED, feed_of("/a", "/b"))
    website.serve(other.url, feed_of("/b", "/c"))
    _, new_items = polled(settings, source.model_copy(update={"discover": (*source.discover, other)}))
    assert new_items == 3
    assert [row["new_items"] for row in rows_of(settings.paths, "polls")] == [2, 1]


def test_include_and_exclude_choose(website: Website, settings: Settings, source: Source) -> None:
    website.serve(FEED, feed_of("/news/a", "/sport/b", "/news/live/c"))
    chosen = source.discover[0].model_copy(update={"include": "/news/", "exclude": "/live/"})
    polls, _ = polled(settings, source.model_copy(update={"discover": (chosen,)}))
    assert urls(polls) == ["/news/a"]


def test_a_feed_is_asked_conditionally_within_the_day_and_wholly_the_next_night(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, feed_of("/a"), ETag='"v1"')
    polled(settings, source)
    load(settings.paths)
    website.serve(FEED, status=304)
    [again], _ = polled(settings, source, timedelta(hours=2))
    assert (again.outcome, again.is_good, again.items) == ("not_modified", True, ())
    assert website.asked[-1].headers["if-none-match"] == '"v1"'
    load(settings.paths)
    website.serve(FEED, feed_of("/a"), ETag='"v1"')
    polled(settings, source, timedelta(hours=24))
    assert "if-none-match" not in website.asked[-1].headers


def test_a_page_in_the_place_of_a_feed_is_a_failed_poll_with_its_status(
    website: Website, settings: Settings, source: Source
) -> None:
    website.serve(FEED, b"<html>Please accept our cookies")
    [poll], _ = polled(settings, source)
    assert not poll.is_good
    [row] = rows_of(settings.paths, "polls")
    assert (row["outcome"], row["status"], row["error_class"]) == ("failed", 200, "unreadable")


def test_a_poll_that_does_not_get_its_turn_has_failed_and_says_why(
    website: Website, settings: Settings, source: Source
) -> None:
    """The polls of raw know four outcomes; to be deferred is for articles."""
    other = Discover(kind="feed", url="http://paper.example/other")
    website.serve(FEED, status=503, Retry_After="86400")
    polls, _ = polled(settings, source.model_copy(update={"discover": (*source.discover, other)}))
    assert [poll.outcome for poll in polls] == ["failed", "failed"]
    rows = rows_of(settings.paths, "polls")
    assert [(row["outcome"], row["error_class"]) for row in rows] == [("failed", "http_503"), ("failed", "retry_after")]
    assert other.url not in website.urls


def index_of(*children: tuple[str, str]) -> bytes:
    entries = "".join(f"<sitemap><loc>{url}</loc><lastmod>{day}</lastmod></sitemap>" for url, day in children)
    return f"<sitemapindex>{entries}</sitemapindex>".encode()


def test_of_an_index_only_the_latest_sitemaps_are_read(website: Website, settings: Settings, source: Source) -> None:
    mapped = source.model_copy(update={"discover": (Discover(kind="sitemap", url=MAPS),)})
    children = [(f"http://paper.example/map-{n:02}.xml", f"2026-03-{n:02}") for n in range(1, 10)]
    children += [(f"http://paper.example/map-x{n:02}.xml", f"2026-02-{n:02}") for n in range(18, 28)]
    website.serve(MAPS, index_of(*children, ("http://paper.example/ancient.xml", "2019-01-01")))
    for url, _ in children:
        website.serve(url, f"<urlset><url><loc>{url[:-4]}/2026/03/09/story-of-the-day</loc></url></urlset>".encode())
    polls, _ = polled(settings, mapped)
    assert len(polls) == 1 + CHILDREN_LIMIT
    assert polls[1].discover.url == "http://paper.example/map-09.xml"
    assert "http://paper.example/ancient.xml" not in website.urls


def test_an_index_that_names_itself_or_goes_ever_deeper_ends(
    website: Website, settings: Settings, source: Source
) -> None:
    mapped = source.model_copy(update={"discover": (Discover(kind="sitemap", url=MAPS),)})
    for depth in range(8):
        deeper = f"http://paper.example/{depth + 1}.xml"
        url = MAPS if depth == 0 else f"http://paper.example/{depth}.xml"
        website.serve(url, index_of((url, "2026-03-09"), (deeper, "2026-03-09")))
    polls, _ = polled(settings, mapped)
    assert len(polls) == 3


def test_an_ordinary_sitemap_gives_what_is_fresh_and_looks_like_an_article(
    website: Website, settings: Settings, source: Source
) -> None:
    mapped = source.model_copy(update={"discover": (Discover(kind="sitemap", url=MAPS),)})
    pages = [
        ("/2026/03/09/council-votes-on-the-bridge", "2026-03-09"),
        ("/2026/03/01/older-but-within-the-month", "2026-03-01"),
        ("/2025/12/24/snow-falls-on-the-old-town", "2025-12-24"),
        ("/about", "2026-03-09"),
    ]
    entries = "".join(
        f"<url><loc>http://paper.example{path}</loc><lastmod>{day}</lastmod></url>" for path, day in pages
    )
    website.serve(MAPS, f"<urlset>{entries}</urlset>".encode())
    polls, _ = polled(settings, mapped)
    assert urls(polls) == [pages[0][0], pages[1][0]]


def test_a_feed_in_the_place_of_a_sitemap_is_read(website: Website, settings: Settings, source: Source) -> None:
    mapped = source.model_copy(update={"discover": (Discover(kind="sitemap", url=MAPS),)})
    website.serve(MAPS, feed_of("/a"))
    polls, _ = polled(settings, mapped)
    assert urls(polls) == ["/a"]
