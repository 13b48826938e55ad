"""What a body announces, and the feeds that a page names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from flows.crawl.discovery import FRESH_DAYS, ITEMS_LIMIT, Reading, common_feeds, discover_feeds, read_announcement
from flows.crawl.items import Unreadable
from flows.sources.source import Discover

NOW = datetime(2026, 3, 10, 2, tzinfo=UTC)
AT = "http://paper.example/place"


def reading(
    kind: Literal["feed", "sitemap", "section"], body: str, include: str | None = None, exclude: str | None = None
) -> Reading:
    place = Discover(kind=kind, url=AT, include=include, exclude=exclude)
    return read_announcement(place, body.encode(), AT, "", 1_000_000, NOW)


def urls(read: Reading) -> list[str]:
    return [item.url.removeprefix("http://paper.example") for item in read.items]


def rss(*paths: str) -> str:
    items = "".join(f"<item><link>http://paper.example{path}</link></item>" for path in paths)
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


def sitemap(*entries: tuple[str, str]) -> str:
    pages = "".join(
        f"<url><loc>http://paper.example{path}</loc><lastmod>{when}</lastmod></url>" for path, when in entries
    )
    return f"<urlset>{pages}</urlset>"


def test_include_and_exclude_choose_among_what_is_announced() -> None:
    body = rss("/news/a", "/sport/b", "/news/c-live")
    assert urls(reading("feed", body)) == ["/news/a", "/sport/b", "/news/c-live"]
    assert urls(reading("feed", body, include="/news/")) == ["/news/a", "/news/c-live"]
    assert urls(reading("feed", body, include="/news/", exclude="-live$")) == ["/news/a"]


def test_of_an_ordinary_sitemap_only_fresh_pages_that_look_like_articles_newest_first() -> None:
    old = (NOW - timedelta(days=FRESH_DAYS + 1)).isoformat()
    body = sitemap(
        ("/2026/03/08/harbour-strike-ends-today", "2026-03-08"),
        ("/2026/03/09/central-bank-raises-rates", "2026-03-09"),
        ("/2025/01/01/an-old-story-of-then", old),
        ("/contact", "2026-03-09"),
        ("/", "2026-03-09"),
    )
    assert urls(reading("sitemap", body)) == [
        "/2026/03/09/central-bank-raises-rates",
        "/2026/03/08/harbour-strike-ends-today",
    ]


def test_whoever_writes_include_decides_what_looks_like_an_article() -> None:
    assert urls(reading("sitemap", sitemap(("/x/1", "2026-03-09"), ("/y/1", "2026-03-09")), include="/x/")) == ["/x/1"]


def test_a_news_sitemap_names_articles_whatever_they_look_like() -> None:
    body = (
        "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://paper.example/x</loc>"
        "<news:news><news:title>Rates</news:title></news:news></url></urlset>"
    )
    assert [item.title for item in reading("sitemap", body).items] == ["Rates"]


def test_an_index_hands_on_its_children() -> None:
    body = "<sitemapindex><sitemap><loc>http://paper.example/one.xml</loc></sitemap></sitemapindex>"
    assert [child.url for child in reading("sitemap", body).children] == ["http://paper.example/one.xml"]


def test_a_feed_in_the_place_of_a_sitemap_is_read_and_a_page_is_not() -> None:
    assert urls(reading("sitemap", rss("/a"))) == ["/a"]
    with pytest.raises(Unreadable, match="not a sitemap"):
        reading("sitemap", "<html><p>Sorry</p></html>")


def test_robots_txt_in_the_place_of_a_sitemap_hands_on_those_it_names() -> None:
    place = Discover(kind="sitemap", url="http://paper.example/robots.txt")
    body = b"User-agent: *\nDisallow: /private\nSitemap: /all.xml\nSitemap: https://cdn.example/news.xml\n"
    read = read_announcement(place, body, place.url, "text/plain", 1_000_000, NOW)
    assert [child.url for child in read.children] == ["https://cdn.example/news.xml", "http://paper.example/all.xml"]
    assert read.items == ()


def test_no_place_announces_more_than_the_limit() -> None:
    body = rss(*[f"/{number}" for number in range(ITEMS_LIMIT + 10)])
    assert len(reading("feed", body).items) == ITEMS_LIMIT


def test_the_feeds_a_page_names_are_found_once_with_their_titles() -> None:
    page = b"""<html><head><base href="http://paper.example/en/">
        <link rel="alternate" type="application/rss+xml" title="All  news" href="all.xml">
        <link rel="Alternate" type="application/atom+xml; charset=utf-8" href="/atom">
        <link rel="alternate" type="application/rss+xml" href="all.xml/#again">
        <link rel="alternate" hreflang="de" href="/de/">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">
        <link rel="stylesheet" type="text/css" href="/feed.css">
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
        </head><body><a href="/sport/rss.xml?x=1">Sport</a><a href="/feedback">Write</a></body></html>"""
    assert [(feed.url, feed.title) for feed in discover_feeds(page, "http://paper.example/")] == [
        ("http://paper.example/en/all.xml", "All news"),
        ("http://paper.example/atom", ""),
        ("http://paper.example/sport/rss.xml?x=1", "Sport"),
    ]


def test_the_usual_places_are_on_the_same_host() -> None:
    places = [feed.url for feed in common_feeds("http://paper.example/section/page?x=1")]
    assert "http://paper.example/feed" in places
    assert len(set(places)) == len(places)
    assert all(place.startswith("http://paper.example/") for place in places)
