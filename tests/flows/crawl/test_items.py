"""What is said beside a link: hostile markup is read once, and everything kept fits into a table."""

import json
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.crawl.dates import STATED_LIMIT, moment
from flows.crawl.feeds import read_feed
from flows.crawl.items import SUMMARY_LIMIT, TITLE_LIMIT, Item, distinct, make_item, plain
from flows.raw import DISCOVERIES

FEED = "http://paper.example/feed"


@pytest.mark.parametrize("opening", ["<!--", "<script>", "<style ", "<p ", "<a", "</script ", "&lt;!--", "<![CDATA["])
def test_markup_that_opens_and_never_ends_is_read_once(opening: str) -> None:
    """Tried again at each opening, a hundred thousand characters would take hours: the suite's limit would end it."""
    shown = plain(f"Rates rise {opening * 100_000}", SUMMARY_LIMIT)
    assert shown is not None
    assert shown.startswith("Rates rise")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rates <!-- not <b>this</b> --> rise", "Rates rise"),
        ("Rates<!-- a --> rise<!-- b -->", "Rates rise"),
        ("Rates rise<!-- and no end", "Rates rise"),
        ("<p>Rates</p><p>rise</p>", "Rates rise"),
        ("&lt;p&gt;Rates&lt;/p&gt; &amp;amp; rise<script>alert(1)</script>", "Rates &amp; rise"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<style>p {}</style>", None),
    ],
)
def test_what_a_reader_would_see_stays(text: str, shown: str | None) -> None:
    assert plain(text, TITLE_LIMIT) == shown


anything = st.text(st.characters(), max_size=200) | st.sampled_from(["\ud800", "a\udfffb", "\x00", "\u202e"])


@given(title=anything, author=anything, stated=anything, path=anything)
def test_whatever_a_feed_says_its_item_fits_into_raw(title: str, author: str, stated: str, path: str) -> None:
    item = make_item(f"/{path}", FEED, "feed", title=title, summary=title, author=author, published=stated)
    if item is None:
        return
    for name in ("url", "url_as_found", "title", "summary", "author", "published_stated"):
        pa.array([getattr(item, name)], pa.string())  # raises on half surrogates
    pa.array([item.published_at], DISCOVERIES.field("published_at").type)
    assert len(item.title or "") <= TITLE_LIMIT
    assert len(item.published_stated or "") <= STATED_LIMIT


def test_half_surrogates_of_a_json_feed_cost_no_other_item() -> None:
    items = [
        {"url": "/a\ud83d", "title": "Rates \ud83d rise", "date_published": "\ud83d"},
        {"url": "/b", "title": "Calm"},
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    read = read_feed(body, FEED)
    assert [item.title for item in read] == ["Rates rise", "Calm"]
    pa.table({"found": [item.url_as_found for item in read], "stated": [item.published_stated for item in read]})


@given(st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,12} [A-Z][a-z]{2} \d{1,25} \d+:\d+:\d+ [+-]\d{1,20}"))
def test_a_stated_moment_is_in_utc_or_none(stated: str) -> None:
    found = moment(stated)
    assert found is None or found.utcoffset() == timedelta(0)


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_an_iso_moment_comes_back(when: datetime) -> None:
    assert moment(when.isoformat()) == when


def test_the_first_of_each_address_stays_in_order() -> None:
    made = [
        make_item(link, FEED, "feed", title=link) for link in ("/b", "/a", "mailto:x@y.z", "/b#top", "/a?utm_source=x")
    ]
    assert [item.title for item in distinct(made)] == ["/b", "/a"]


def test_where_an_item_was_found_is_its_base_unless_said_otherwise() -> None:
    first = make_item("a", "http://paper.example/news/", "section")
    second = make_item("a", "http://paper.example/news/", "section", found_in="http://paper.example/")
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.url, first.found_in) == ("http://paper.example/news/a", "http://paper.example/news/")
    assert (second.url, second.found_in) == (first.url, "http://paper.example/")


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("http://paper.example/a?x=1&amp;y=2", "http://paper.example/a?x=1&y=2"),
        ("www.other.example/a", "https://www.other.example/a"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("www.html", "https://paper.example/news/www.html"),
    ],
)
def test_a_link_is_mended_where_it_is_plain_what_was_meant(link: str, url: str) -> None:
    item = make_item(link, "https://paper.example/news/feed", "feed")
    assert item is not None
    assert (item.url, item.url_as_found) == (url, link)
