"""Whether a page may go on, told from its bytes: never no where the markup says yes, and soon no where it is whole."""

import time

import pytest

from flows.crawl.onward import may_go_on, read_onward

HERE = "https://paper.example/2026/03/long-read"
BLOG = b'<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'


@pytest.mark.parametrize(
    ("markup", "here"),
    [
        ('<a href="?page=2">2</a>', HERE),
        ("<a class=next href=/2026/03/long-read/2>2</a>", HERE),
        ('<link href="/2026/03/long-read/page/2/" rel="next">', HERE),
        ('<a href="/2026/03/long-read?a=b&amp;seite=2#top">2</a>', f"{HERE}?a=b"),
        ("<a href=' story,2.html '>2</a>", "https://paper.example/story.html"),
        ('<a href="?p%C3%A1gina=2">2</a>', HERE),
        ('<a href="story-3.html?">3</a>', "https://paper.example/story-2.html"),
        ('<link rel="canonical" href="/story"><a href="/story/2">2</a>', HERE),
        ('<meta property="og:url" content="https://paper.example/story"><a href="/story/2">2</a>', HERE),
    ],
)
def test_a_page_that_goes_on_passes(markup: str, here: str) -> None:
    body = f"<html><p>News</p>{markup}</html>".encode()
    assert read_onward(body, "text/html; charset=utf-8", here, None, None)[1] is not None
    assert may_go_on(body, here)


@pytest.mark.parametrize(
    "markup",
    ["<p>Page 2</p>", '<a href="/2026/03/11/other">x</a>', '<a href="/other?page=2">2</a>', '<a href="/tag/2">2</a>'],
)
def test_a_page_that_is_whole_does_not(markup: str) -> None:
    assert not may_go_on(markup.encode(), HERE)


def test_a_live_blog_is_not_followed() -> None:
    body = BLOG + b'<a href="?page=2">older</a>'
    assert read_onward(body, "text/html", HERE, None, None) == (True, None)


@pytest.mark.parametrize(
    "piece",
    [
        b"href=",
        b'href="',
        b"href='",
        b"<link ",
        b"<meta og:url ",
        b"href = ",
        b'<a href="/2/">',
        b'<a href="?page=2&page=3">',
    ],
)
def test_markup_made_to_hurt_is_looked_at_in_the_time_that_its_length_takes(piece: bytes) -> None:
    started = time.process_time()
    may_go_on(piece * (4_000_000 // len(piece)), HERE)
    assert time.process_time() - started < 3.0
