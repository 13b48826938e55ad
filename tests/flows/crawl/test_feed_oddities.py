"""What feeds do that no specification allows, and what hostile ones try."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from datetime import UTC, datetime

import pytest

from flows.crawl.discovery import read_announcement
from flows.crawl.feeds import read_feed
from flows.crawl.items import Item, Unreadable
from flows.sources.source import Discover

URL = "http://paper.example/feeds/all"
ITEM = "<item><title>Flood in Zürich</title><link>http://paper.example/flood</link></item>"
FEED = f"<rss version='2.0'><channel><title>Paper</title>{ITEM}</channel></rss>"


def only(body: str | bytes, content_type: str = "") -> Item:
    [item] = read_feed(body.encode() if isinstance(body, str) else body, URL, content_type)
    return item


def atom(entry: str, root: str = "") -> Item:
    return only(f"<feed xmlns='http://www.w3.org/2005/Atom' {root}><entry><title>x</title>{entry}</entry></feed>")


@pytest.mark.parametrize(
    "before",
    [
        "\n\n",
        "\ufeff\ufeff",
        "<br />\n<b>Warning</b>: Undefined index in /srv/feed.php on line 3<br />\n",
        "<!-- cached -->",
        "garbage ",
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://127.0.0.1:1/rss-0.91.dtd'>",
    ],
)
@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0' encoding='utf-8'?>"])
def test_what_stands_before_a_feed_does_not_hide_it(before: str, declaration: str) -> None:
    text = f"{declaration}{before}{FEED}" if "DOCTYPE" in before else f"{before}{declaration}{FEED}"
    item = only(text, "text/html; charset=iso-8859-1")
    assert (item.title, item.url) == ("Flood in Zürich", "http://paper.example/flood")


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32-le", "koi8-r", "windows-1251", "utf-8"])
def test_a_charset_that_is_not_stated_or_stated_wrongly_is_seen(charset: str) -> None:
    text = FEED.replace("Flood in Zürich", "Наводнение в городе") if charset in ("koi8-r", "windows-1251") else FEED
    declared = f"<?xml version='1.0' encoding='{charset}'?>" if charset in ("koi8-r", "windows-1251") else ""
    expected = "Наводнение в городе" if declared else "Flood in Zürich"
    assert only((declared + text).encode(charset), "text/xml; charset=iso-8859-1").title == expected
    lying = "<?xml version='1.0' encoding='iso-8859-1'?>" + FEED
    assert only(lying.encode()).title == "Flood in Zürich"


def test_an_unpacked_body_needs_no_header_to_say_so() -> None:
    place = Discover(kind="feed", url=URL)
    now = datetime(2026, 3, 10, tzinfo=UTC)
    [item] = read_announcement(place, gzip.compress(FEED.encode()), URL, "text/xml", 100_000, now).items
    assert item.title == "Flood in Zürich"
    with pytest.raises(Unreadable, match="unpacked"):
        read_announcement(place, gzip.compress(b" " * 1_000_000), URL, "", 100_000, now)


def test_names_of_html_characters_and_bare_ampersands_are_what_they_mean() -> None:
    title = (
        "Caf&eacute;&nbsp;&amp; B&B &lt;b&gt;bold&lt;/b&gt; &#8220;q&#x201D; &unknown; &#0;<![CDATA[ A&B &eacute; ]]>"
    )
    item = only(f"<rss><channel><item><title>{title}</title><link>/a?x=1&y=2&copy=3</link></item></channel></rss>")
    assert item.title == "Café & B&B bold “q” &unknown; A&B é"
    assert item.url == "http://paper.example/a?x=1&y=2&copy=3"


def test_control_characters_and_half_surrogates_end_no_document() -> None:
    item = only(FEED.replace("Flood", "Fl\x00o\x08o\x1bd\ufffe").encode())
    assert item.title == "Flood in Zürich"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("<link rel='self' href='/api/1'/><link rel='alternate' href='/a'/>", "/a"),
        (
            "<link type='application/json' href='/a.json'/><link rel='alternate' type='text/html' href='/a'/>",
            "/a",
        ),
        (
            "<link rel='alternate' hreflang='en' href='/en/a'/><link rel='alternate' hreflang='de' href='/de/a'/>",
            "/en/a",
        ),
        ("<link rel='enclosure' type='audio/mpeg' href='/a.mp3'/><link href='/a'/>", "/a"),
        ("<id>http://paper.example/by-id</id><link rel='enclosure' type='audio/mpeg' href='/a.mp3'/>", "/by-id"),
        ("<id>tag:1</id><link rel='self' href='/a'/>", "/a"),
        ("<link xml:base='/deep/' href='a'/>", "/deep/a"),
        ("<link>/text</link>", "/text"),
    ],
)
def test_of_the_links_of_an_entry_the_page_is_taken(entry: str, expected: str) -> None:
    assert atom(entry).url == f"http://paper.example{expected}"


def test_relative_links_follow_xml_base() -> None:
    assert atom("<link href='a'/>", "xml:base='http://other.example/x/'").url == "http://other.example/x/a"


def test_a_recording_without_a_page_is_no_article() -> None:
    item = "<title>Talk</title><guid isPermaLink='false'>7</guid><enclosure url='/a.mp3' type='audio/mpeg'/>"
    assert read_feed(f"<rss version='2.0'><channel><item>{item}</item></channel></rss>".encode(), URL) == ()


def test_the_page_behind_a_click_counter_is_the_article_and_the_stated_link_is_kept() -> None:
    space = "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
    proxy = "http://feedproxy.example/~r/paper/1"
    origin = "<feedburner:origLink>http://paper.example/a</feedburner:origLink>"
    item = only(f"<rss version='2.0' {space}><channel><item><link>{proxy}</link>{origin}</item></channel></rss>")
    assert (item.url, item.url_as_found) == ("http://paper.example/a", proxy)
    search = "https://www.google.com/url?rct=j&amp;url=https://paper.example/b%3Fx%3D1&amp;ct=ga"
    assert atom(f"<link href='{search}'/>").url == "https://paper.example/b?x=1"


def test_json_feeds_of_other_spellings_and_cut_ones() -> None:
    rss = {"rss": {"channel": {"item": [{"link": "/a", "title": "A", "pubDate": "Mon, 09 Mar 2026 12:00:00 GMT"}, 7]}}}
    [item] = read_feed(json.dumps(rss).encode("utf-16"), URL)
    assert (item.title, item.published_at) == ("A", datetime(2026, 3, 9, 12, tzinfo=UTC))
    items = [{"id": str(number), "url": f"/{number}", "title": "two\nlines"} for number in range(5)]
    whole = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    assert [found.url[-2:] for found in read_feed(whole[:-60].encode(), URL)] == ["/0", "/1", "/2"]
    for wrong in (
        '{"rss": {}}',
        '{"rss": {"channel": 7}}',
        '{"items": "jsonfeed.org"',
        '{"version": 7, "items": [{}]}',
    ):
        with pytest.raises(Unreadable):
            read_feed(wrong.encode(), URL)


def test_a_page_is_no_feed_but_may_hold_one() -> None:
    assert only(f"<!DOCTYPE html>\n<html><body>{FEED}</body></html>").title == "Flood in Zürich"
    for page in ("<!DOCTYPE html><html><p>Sorry", "<html><p>feed <rss>", "<head><title>x", "&lt;rss version"):
        with pytest.raises(Unreadable):
            read_feed(page.encode(), URL)


@pytest.mark.parametrize(
    "body",
    [
        "<![CDATA[" * 50_000,
        "<!--" * 5_000,
        "&" * 100_000,
        "&a" * 50_000,
        "<!DOCTYPE a [" * 3_000,
        "<?xml " * 60_000,
        "<a " * 3_000,
    ],
)
def test_openings_without_an_end_are_read_once(body: str) -> None:
    started = time.process_time()
    with contextlib.suppress(Unreadable):
        read_feed(f"<rss version='2.0'><channel>{body}".encode(), URL)
    assert time.process_time() - started < 20  # seconds, past which the reading process is ended anyway
