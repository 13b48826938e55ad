"""On a section page, the links to articles and none of the furniture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.items import Unreadable
from flows.crawl.sections import LINKS_LIMIT, read_section, same_site, site_facts, url_score

URL = "http://www.paper.example/politics/"
STORY = "/politics/2026/03/09/council-votes-on-the-harbour-bridge"
WORDS = "Council votes on the new harbour bridge"


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def links(body: str, head: str = "") -> list[str]:
    return [item.url for item in read_section(page(body, head), URL)]


def test_articles_are_told_from_furniture() -> None:
    body = f"""
        <nav><a href='/sport/'>All of the sport news today</a><a href='{STORY}-in-nav'>More</a></nav>
        <main><h2><a href='{STORY}'>{WORDS}</a></h2>
          <article><a href='/news/103456-storm-closes-the-coast-road'><h3>Storm closes the coast road</h3></a></article>
          <a href='/tag/harbour'>Everything about the harbour and its bridges</a>
          <a href='/author/ada-moor'>Ada Moor writes about towns and rivers</a>
          <a href='/pictures/2026/03/09/bridge-at-night.jpg'>The bridge at night, a photograph</a>
          <a href='#top'>{WORDS}</a><a href='mailto:desk@paper.example'>{WORDS}</a><a href='javascript:x()'>{WORDS}</a>
          <a href='http://elsewhere.example{STORY}'>{WORDS}</a></main>
        <footer><a href='/about'>Who we are and what we do</a></footer>"""
    assert links(body) == [
        f"http://www.paper.example{STORY}",
        "http://www.paper.example/news/103456-storm-closes-the-coast-road",
    ]


def test_the_words_of_an_article_win_over_its_pictures_empty_link() -> None:
    body = f"<main><a href='{STORY}'><img src='b.jpg'></a><h2><a href='{STORY}#x'>{WORDS}</a></h2></main>"
    [item] = read_section(page(body), URL)
    assert item.title == WORDS
    assert (item.found_by, item.found_in) == ("section", URL)


def test_a_teaser_says_when_and_names_the_link_that_is_a_star_or_a_date() -> None:
    day = "<time datetime='2026-03-09T12:00:00Z'>today</time>"
    body = f"""<main><article>{day}<h3>Storm closes road</h3><a href='{STORY}'>★</a></article>
        <li>9 March 2026<h4>Ferry sails again</h4><a href='{STORY}-2'>9 March 2026</a></li>
        <article><a href='{STORY}-3'>{WORDS}</a><h3>Another heading</h3></article>
        <h2><a href='{STORY}-4'>★</a></h2></main>"""
    found = read_section(page(body), URL)
    assert [item.title for item in found] == ["Storm closes road", "Ferry sails again", WORDS, None]
    assert [item.published_at for item in found] == [datetime(2026, 3, 9, 12, tzinfo=UTC), None, None, None]


def test_scripts_without_blanks_and_escaped_slugs_are_words_too() -> None:
    slug = "/news/наводнение-закрыло-дорогу-к-морю"
    assert links("<p><a href='/n/a7'>台風で海岸道路が通行止めに</a></p>") == []
    assert len(links(f"<p><a href='{slug}'>台風で海岸道路が通行止めに</a></p>")) == 1


def test_relative_links_follow_the_base_element() -> None:
    body = f"<main><h2><a href='2026/03/09/council-votes-on-the-bridge'>{WORDS}</a></h2></main>"
    assert links(body, "<base href='http://paper.example/news/'>") == [
        "http://paper.example/news/2026/03/09/council-votes-on-the-bridge"
    ]
    assert links(body, "<base href='http://[broken/'>") == [
        "http://www.paper.example/politics/2026/03/09/council-votes-on-the-bridge"
    ]


def test_no_more_links_are_looked_at_than_the_limit() -> None:
    body = "".join(f"<h2><a href='{STORY}-{n}'>{WORDS}</a></h2>" for n in range(LINKS_LIMIT + 5))
    assert len(links(f"<main>{body}</main>")) == LINKS_LIMIT


@pytest.mark.parametrize(
    ("path", "is_likely"),
    [
        ("/2026/03/09/flood", True),
        ("/news/council-votes-on-bridge.html", True),
        ("/story/flood-in-the-valley-12345678", True),
        ("/", False),
        ("/sport/", False),
        ("/login", False),
        ("/newsletter/", False),
        ("/feed.xml", False),
        ("/2026/03/09/report.pdf", False),
    ],
)
def test_the_shape_of_an_address_says_what_it_may_be(path: str, is_likely: bool) -> None:
    assert (url_score(f"http://paper.example{path}") >= 2) == is_likely


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://paper.example/a", "https://www.paper.example/", True),
        ("http://news.paper.example/a", "http://paper.example/", True),
        ("http://notpaper.example/a", "http://paper.example/", False),
        ("http://paper.example.evil.example/", "http://paper.example/", False),
    ],
)
def test_a_site_is_its_host_and_those_below_it(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) == same_site(other, one) == same


def test_a_page_states_its_name_and_language() -> None:
    head = "<title>Front page - The Paper</title><meta property='og:site_name' content=' The  Paper '>"
    name, language = site_facts(page("", head), "text/html")
    assert language == "en"
    assert name in ("The Paper", "Front page - The Paper")
    assert site_facts(b"<html lang='de_CH'><body>x", "") == (None, "de")
    assert site_facts(b"<html lang='klingon'><body>x", "") == (None, None)


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- -->"])
def test_what_is_no_page_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_section(body, URL)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<html><a href='", b"<base href='", b"\xff\xfe"]))
def test_any_bytes_are_links_or_unreadable(tail: bytes, head: bytes) -> None:
    try:
        found = read_section(head + tail, URL)
    except Unreadable:
        return
    assert all(item.url.startswith("http") for item in found)


def test_a_page_nested_ten_thousand_deep_is_survived() -> None:
    body = "<div>" * 10_000 + f"<h2><a href='{STORY}'>{WORDS}</a></h2>"
    try:
        links(body)
    except Unreadable:
        return
