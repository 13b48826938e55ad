"""Feeds of every dialect give the same items; what is broken gives what can be saved, or one clear refusal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.feeds import read_feed
from flows.crawl.items import Item, Unreadable, plain

URL = "http://paper.example/feeds/all"
NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="{charset}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Paper</title>
<item><title>Flood in Zürich</title><link>/flood?utm_source=rss</link>
<description>&lt;p&gt;Water &amp;amp; mud.&lt;/p&gt;</description>
<dc:creator>Ada Moor</dc:creator><pubDate>Mon, 09 Mar 2026 13:00:00 +0100</pubDate></item></channel></rss>"""

ATOM = """<?xml version="1.0" encoding="{charset}"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>
<entry><title type="html">Flood in Z&amp;uuml;rich</title><link rel="self" href="/api/1"/>
<link rel="alternate" href="/flood"/>
<summary type="html">&lt;p&gt;Water &amp;amp; mud.&lt;/p&gt;</summary><author><name>Ada Moor</name></author>
<published>2026-03-09T12:00:00Z</published></entry></feed>"""

RDF = """<?xml version="1.0" encoding="{charset}"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://paper.example/"><title>Paper</title></channel>
<item rdf:about="http://paper.example/flood"><title>Flood in Zürich</title><link>http://paper.example/flood</link>
<description>Water &amp;amp; mud.</description><dc:creator>Ada Moor</dc:creator>
<dc:date>2026-03-09T12:00:00Z</dc:date></item>
</rdf:RDF>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "/flood",
                "title": "Flood in Zürich",
                "summary": "Water &amp; mud.",
                "authors": [{"name": "Ada Moor"}],
                "date_published": "2026-03-09T13:00:00+01:00",
            }
        ],
    },
    ensure_ascii=False,
)


@pytest.mark.parametrize("text", [RSS, ATOM, RDF, JSON_FEED], ids=["rss", "atom", "rdf", "json"])
def test_every_dialect_says_the_same(text: str) -> None:
    [item] = read_feed(text.replace("{charset}", "utf-8").encode(), URL)
    assert item.url == "http://paper.example/flood"
    assert item.title == "Flood in Zürich"
    assert item.summary == "Water & mud."
    assert item.author == "Ada Moor"
    assert item.published_at == NOON
    assert (item.found_by, item.found_in) == ("feed", URL)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
@pytest.mark.parametrize("content_type", ["", "application/rss+xml; charset=us-ascii", "text/html; charset=nonsense"])
def test_the_charset_is_the_one_the_bytes_prove(charset: str, content_type: str) -> None:
    [item] = read_feed(RSS.replace("{charset}", charset).encode(charset), URL, content_type)
    assert item.title == "Flood in Zürich"


def test_utf8_bytes_under_a_latin_header_are_utf8() -> None:
    body = RSS.replace(' encoding="{charset}"', "").encode()
    [item] = read_feed(body, URL, "text/xml; charset=iso-8859-1")
    assert item.title == "Flood in Zürich"


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>".encode()


def links(*items: str) -> list[str]:
    return [item.url for item in read_feed(rss(*items), URL)]


def test_one_item_a_canonical_url_the_first_wins_in_order() -> None:
    found = read_feed(
        rss(
            "<title>one</title><link>http://paper.example/b</link>",
            "<title>two</title><link>http://paper.example/a</link>",
            "<title>three</title><link>http://PAPER.example/b#comments</link>",
        ),
        URL,
    )
    assert [(item.url, item.title) for item in found] == [
        ("http://paper.example/b", "one"),
        ("http://paper.example/a", "two"),
    ]


def test_a_guid_stands_in_for_a_missing_link_only_where_it_is_an_address() -> None:
    assert links(
        "<guid>http://paper.example/a</guid>", "<guid isPermaLink='false'>tag:17</guid>", "<title>x</title>"
    ) == ["http://paper.example/a"]


def test_links_out_of_the_web_are_passed_over() -> None:
    hostile = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "http://[::1/",
        "ftp://paper.example/",
    )
    assert links(*(f"<link>{link}</link>" for link in hostile), "<link>http://paper.example/a</link>") == [
        "http://paper.example/a"
    ]


def test_a_truncated_feed_gives_the_items_that_came_whole() -> None:
    body = rss(*(f"<title>{n}</title><link>http://paper.example/{n}</link>" for n in range(9)))
    found = read_feed(body[: len(body) // 2], URL)
    assert [item.url for item in found][:3] == [f"http://paper.example/{n}" for n in range(3)]


def test_bare_ampersands_and_control_characters_do_not_hide_items() -> None:
    body = b"<rss version='2.0'><channel><item><title>Salt & \x0bvinegar</title><link>http://paper.example/a?x=1&y=2</link>"
    [item] = read_feed(body, URL)
    assert item.url == "http://paper.example/a?x=1&y=2"
    assert item.title is not None
    assert "vinegar" in item.title


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"\x00" * 64,
        b"<html><body><a href='/a'>not a feed</a></body></html>",
        b"/etc/passwd",
        b"http://127.0.0.1/feed",
        b"{",
        b"[]",
        b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": {}}',
        b'{"a":' * 100_000,
        b"{\xff\xfe",
    ],
)
def test_what_is_no_feed_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_feed(body, URL)


@settings(deadline=None, max_examples=40)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"<rss version='2.0'>", b"<?xml version='1.0'?>", b"{", b"\xef\xbb\xbf"]),
)
def test_any_bytes_are_items_or_unreadable(tail: bytes, head: bytes) -> None:
    try:
        found = read_feed(head + tail, URL, "text/xml; charset=x")
    except Unreadable:
        return
    assert all(isinstance(item, Item) for item in found)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda v: st.lists(v, max_size=3)
)


@settings(deadline=None, max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(["id", "url", "external_url", "title", "authors", "author", "summary", "date_published"]),
        values,
    )
)
def test_a_json_item_of_wrong_types_breaks_nothing(item: dict[str, Any]) -> None:
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item, 7, {"url": "/sound"}]})
    assert read_feed(body.encode(), URL)[-1].url == "http://paper.example/sound"


def test_a_feed_with_an_entity_bomb_or_one_from_outside_is_refused_with_the_reason() -> None:
    nested = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    long = f"<!ENTITY e11 '{'lol ' * 500}'>"
    outside = "<!ENTITY e11 SYSTEM 'file:///etc/hostname'>"
    item = f"<item><title>{'&e11;' * 50}</title><link>http://paper.example/a</link></item>"
    for entities in (f"<!ENTITY e0 'lol'>{nested}", nested.replace("><", ">\n<"), long, outside):
        body = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]><rss version='2.0'><channel>{item}</channel></rss>"
        for charset in ("utf-8", "utf-16", "utf-7"):
            with pytest.raises(Unreadable, match="entity"):
                read_feed(body.replace("?>", f" encoding='{charset}'?>", 1).encode(charset), URL)


def test_lists_of_characters_that_old_feeds_name_are_no_bomb_and_are_not_loaded() -> None:
    names = '<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1//EN" "http://127.0.0.1:1/xhtml-lat1.ent"> %HTMLlat1;'
    item = "<item><title>Caf&eacute;</title><link>/a</link></item>"
    [found] = read_feed(f"<!DOCTYPE rss [{names}]><rss version='2.0'><channel>{item}</channel></rss>".encode(), URL)
    assert found.title == "Café"


def test_the_harmless_entities_of_an_older_feed_are_still_read() -> None:
    doctype = "<!DOCTYPE rss [\n<!ENTITY eacute '&#233;'>\n<!ENTITY copy '(c)'>\n]>"
    item = "<item><title>Caf&eacute;</title><link>/a</link></item>"
    body = f"{doctype}\n<rss version='2.0'><channel>{item}</channel></rss>"
    [found] = read_feed(body.encode(), URL)
    assert found.title == "Café"


def test_titles_and_summaries_are_text_of_a_bounded_length() -> None:
    script = "&lt;script&gt;steal()&lt;/script&gt;"
    [item] = read_feed(rss(f"<title>{script}Calm &amp;lt;b&amp;gt;seas{'x' * 5000}</title><link>/a</link>"), URL)
    assert item.title is not None
    assert item.title.startswith("Calm seas")
    assert len(item.title) == 1_000


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(1, 50))
def test_plain_text_holds_no_control_characters_and_keeps_its_limit(text: str, limit: int) -> None:
    found = plain(text, limit) or ""
    assert len(found) <= limit
    assert all(character.isprintable() for character in found)


def test_what_the_source_states_is_kept_word_for_word_even_when_it_cannot_be_read() -> None:
    [item] = read_feed(rss("<link>/a</link><pubDate>on the  morrow</pubDate>"), URL)
    assert (item.published_stated, item.published_at) == ("on the morrow", None)
