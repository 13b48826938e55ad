"""Sitemaps as the protocol has them, as sites have them, and as an attacker would have them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.items import Unreadable
from flows.crawl.sitemaps import Child, Sitemap, read_sitemap

URL = "http://paper.example/sitemap.xml"
LIMIT = 1_000_000
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
NEWS = "xmlns:{prefix}='http://www.google.com/schemas/sitemap-news/0.9'"


def read(text: str | bytes, limit: int = LIMIT) -> Sitemap:
    return read_sitemap(text.encode() if isinstance(text, str) else text, URL, limit)


def urls(sitemap: Sitemap) -> list[str]:
    return [item.url for item in sitemap.items]


def test_a_urlset_gives_its_pages_and_when_they_changed() -> None:
    found = read(
        f"<urlset {SPACE}><url><loc> http://paper.example/a?utm_source=s </loc><lastmod>2026-03-09</lastmod></url>"
        "<url><loc>/b</loc></url><url><lastmod>2026</lastmod></url></urlset>"
    )
    assert urls(found) == ["http://paper.example/a", "http://paper.example/b"]
    assert found.changed_at == {"http://paper.example/a": datetime(2026, 3, 9, tzinfo=UTC)}
    assert not found.is_news


@pytest.mark.parametrize("prefix", ["news", "n"])
def test_a_news_entry_has_title_and_date_under_any_prefix(prefix: str) -> None:
    found = read(
        f"<urlset {SPACE} {NEWS.format(prefix=prefix)}><url><loc>http://paper.example/a</loc><{prefix}:news>"
        f"<{prefix}:title>Flood &amp; storm</{prefix}:title><{prefix}:publication_date>2026-03-09T12:00:00Z"
        f"</{prefix}:publication_date></{prefix}:news></url></urlset>"
    )
    [item] = found.items
    assert found.is_news
    assert (item.title, item.published_at) == ("Flood & storm", datetime(2026, 3, 9, 12, tzinfo=UTC))


def test_a_missing_or_wrong_namespace_is_no_hindrance() -> None:
    assert urls(read("<urlset><news:x/><url><loc>/a</loc></url></urlset>")) == ["http://paper.example/a"]
    assert urls(read("<s:urlset xmlns:s='http://elsewhere/'><s:url><s:loc>/a</s:loc></s:url></s:urlset>")) == [
        "http://paper.example/a"
    ]


def test_an_index_names_its_children_once_each() -> None:
    entry = "<sitemap><loc>http://paper.example/news.xml</loc><lastmod>2026-03-09</lastmod></sitemap>"
    found = read(f"<sitemapindex {SPACE}>{entry}{entry}<sitemap><loc>/old.xml</loc></sitemap></sitemapindex>")
    assert found.children == (
        Child("http://paper.example/news.xml", datetime(2026, 3, 9, tzinfo=UTC)),
        Child("http://paper.example/old.xml", None),
    )
    assert found.items == ()


def test_plain_text_and_gzip_are_sitemaps_too() -> None:
    text = b"\xef\xbb\xbfhttp://paper.example/a\r\nnot a link\nhttps://paper.example/b\n"
    assert urls(read(text)) == ["http://paper.example/a", "https://paper.example/b"]
    assert urls(read(gzip.compress(text))) == ["http://paper.example/a", "https://paper.example/b"]


def test_a_truncated_sitemap_gives_what_came_whole() -> None:
    entries = "".join(f"<url><loc>/{n}</loc></url>" for n in range(9))
    found = read(f"<urlset>{entries}"[:150])
    assert urls(found)[:3] == [f"http://paper.example/{n}" for n in range(3)]


@pytest.mark.parametrize(
    "entry",
    [
        "<url><loc><![CDATA[http://paper.example/a?x=1&y=2]]></loc></url>",
        "<url><loc>http://paper.example/a<![CDATA[?x=1&y=2]]></loc></url>",
        "<url><loc>http://paper.example/a?x=1&y=2</loc></url>",
        "<url><loc><url><![CDATA[http://paper.example/a?x=1&y=2]]></url></loc></url>",
        "<url> http://paper.example/a?x=1&amp;y=2 </url>",
        "<url><loc>http://paper.example/a?x=1&amp;y=2</loc><title>B&B &eacute;t&eacute; \x0b</title></url>",
        "<url><loc>http://paper.example/a?x=1&y=2</lo",
    ],
)
def test_an_address_is_read_however_it_is_wrapped(entry: str) -> None:
    assert urls(read(f"<urlset {SPACE}>{entry}")) == ["http://paper.example/a?x=1&y=2"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "iso-8859-1", "utf-8-sig"])
def test_junk_before_it_and_another_charset_do_not_hide_a_sitemap(charset: str) -> None:
    entry = "<url><loc>/a</loc><n:news xmlns:n='x'><n:title>Zürich</n:title></n:news></url>"
    text = f"<?xml version='1.0' encoding='{charset.removesuffix('-sig')}'?><urlset>{entry}</urlset>"
    junk = "" if "16" in charset else "\n<b>Notice</b>: cache is cold\n"
    [item] = read((junk + text).encode(charset)).items
    assert (item.url, item.title) == ("http://paper.example/a", "Zürich")


def test_a_child_without_a_loc_is_still_named() -> None:
    found = read(f"<sitemapindex {SPACE}><sitemap>\nhttp://paper.example/s?a=1&amp;b=2\n</sitemap></sitemapindex>")
    assert found.children == (Child("http://paper.example/s?a=1&b=2", None),)


def test_an_empty_urlset_announces_nothing_and_is_no_fault() -> None:
    assert read(f"<urlset {SPACE}/>").items == ()


def test_an_entity_bomb_is_refused() -> None:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    with pytest.raises(Unreadable, match="entities"):
        read(
            f"<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY e0 'lol'>{entities}]>"
            "<urlset><url><loc>http://paper.example/&e11;</loc></url></urlset>"
        )


@pytest.mark.parametrize("entity", ["SYSTEM 'file:///etc/hostname'", "SYSTEM 'http://127.0.0.1:1/x'", "'harmless'"])
def test_no_entity_of_the_document_is_read(entity: str) -> None:
    with pytest.raises(Unreadable, match="entities"):
        read(f"<!DOCTYPE urlset [<!ENTITY f {entity}>]><urlset><url><loc>/a&f;</loc></url></urlset>")


def test_an_external_dtd_is_not_loaded() -> None:
    text = "<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:1/evil.dtd'><urlset><url><loc>/a</loc></url></urlset>"
    assert urls(read(text)) == ["http://paper.example/a"]


def test_a_gzip_bomb_is_refused_at_the_limit() -> None:
    with pytest.raises(Unreadable, match="unpacked"):
        read(gzip.compress(b" " * 5_000_000), limit=100_000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n ",
        b"\x1f\x8bbroken",
        b"no links here",
        b"<html><body><a href='/a'>x</a></body></html>",
        b"<rss/>",
        b"<",
        b"<!-- only this -->",
    ],
)
def test_what_is_no_sitemap_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@settings(deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<urlset>", b"<?xml version='1.0'?><sitemapindex>", b"\x1f\x8b"])
)
def test_any_bytes_are_a_sitemap_or_unreadable(tail: bytes, head: bytes) -> None:
    try:
        found = read(head + tail)
    except Unreadable:
        return
    assert isinstance(found, Sitemap)
