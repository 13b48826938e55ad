"""Looking at a site without a trace."""

from __future__ import annotations

import asyncio
from pathlib import Path

from flows.clock import Clock
from flows.crawl.check import FEEDS_TRIED, Site, check_sources, look_at_site
from flows.settings import Settings
from flows.sources.source import Source
from tests.flows.crawl.website import Website

HOME = "http://paper.example/"
ROBOTS = "http://paper.example/robots.txt"
ITEM = b"<item><title>Flood</title><link>/a</link><pubDate>2026-03-09</pubDate></item>"
FEED = b"<rss version='2.0'><channel>" + ITEM + b"</channel></rss>"


def look(website: Website, settings: Settings, url: str = HOME) -> Site:
    return asyncio.run(look_at_site(url, settings, Clock(), connect_to=f"127.0.0.1:{website.address[1]}"))


def feed_urls(site: Site) -> list[str]:
    return [feed.url for feed in site.feeds]


def test_of_the_feeds_a_page_names_those_that_can_be_read(website: Website, settings: Settings, tmp_path: Path) -> None:
    website.serve(
        HOME,
        b"<html lang='de'><title>The Paper</title><link rel='alternate' type='application/rss+xml' href='/good'>"
        b"<link rel='alternate' type='application/atom+xml' href='/broken'>",
    )
    website.serve("http://paper.example/good", FEED)
    website.serve("http://paper.example/broken", b"<html>gone")
    site = look(website, settings)
    assert feed_urls(site) == ["http://paper.example/good"]
    assert (site.title, site.language, site.failure) == ("The Paper", "de", None)
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_a_feed_is_taken_itself(website: Website, settings: Settings) -> None:
    website.serve("http://paper.example/any", FEED, Content_Type="application/rss+xml")
    assert feed_urls(look(website, settings, "http://paper.example/any")) == ["http://paper.example/any"]


def test_where_no_feed_is_named_the_usual_places_are_tried(website: Website, settings: Settings) -> None:
    website.serve(HOME, b"<html><title>The Paper</title><p>Welcome")
    website.serve("http://paper.example/rss.xml", FEED)
    assert feed_urls(look(website, settings)) == ["http://paper.example/rss.xml"]


def test_where_there_is_no_feed_the_sitemaps_of_robots_txt_are_tried_those_of_news_first(
    website: Website, settings: Settings
) -> None:
    website.serve(HOME, b"<html><title>The Paper</title><p>Welcome")
    website.serve(ROBOTS, b"Sitemap: /all.xml\nSitemap: /news.xml\nSitemap: /broken-news.xml")
    entry = "<url><loc>http://paper.example/a</loc><n:news xmlns:n='x'><n:title>Flood</n:title></n:news></url>"
    website.serve("http://paper.example/news.xml", f"<urlset>{entry}</urlset>".encode())
    site = look(website, settings)
    assert (site.feeds, site.sitemap) == ((), "http://paper.example/news.xml")
    assert "http://paper.example/all.xml" not in website.urls


def test_a_page_that_names_a_thousand_feeds_is_not_followed_to_each(website: Website, settings: Settings) -> None:
    named = b"".join(b"<link rel='alternate' type='application/rss+xml' href='/f%d'>" % n for n in range(1_000))
    website.serve(HOME, b"<html>" + named)
    look(website, settings)
    assert sum("/f" in url and url[-1].isdigit() for url in website.urls) <= FEEDS_TRIED + 1


def test_a_site_that_forbids_it_is_not_looked_at(website: Website, settings: Settings) -> None:
    website.serve("http://paper.example/robots.txt", b"User-agent: *\nDisallow: /")
    site = look(website, settings)
    assert (site.feeds, site.links) == ((), 0)
    assert "robots_disallowed" in (site.failure or "")
    assert website.urls == ["http://paper.example/robots.txt"]


def test_each_source_has_its_polls_with_what_they_found(website: Website, settings: Settings, source: Source) -> None:
    website.serve("http://paper.example/feed", FEED)
    dead = source.model_copy(
        update={"source_id": "dead", "discover": (source.discover[0].model_copy(update={"url": HOME}),)}
    )
    [[good], [bad]] = asyncio.run(check_sources([source, dead], settings, Clock()))
    assert (good.outcome, good.items, good.dated, good.example) == ("ok", 1, 1, "Flood")
    assert (bad.outcome, bad.error_class) == ("failed", "http_404")
