"""Dates in the markup: the article's, and neither a clock's nor a change's."""

from datetime import date

import lxml.html
import pytest

from tests.transforms.pages import URL
from transforms.content.times import day_guessed, times_changed, times_published

MOMENT = "2026-03-08T10:00:00Z"


def tree(body: str) -> object:
    return lxml.html.document_fromstring(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("body", "published", "changed"),
    [
        (f'<article><time datetime="{MOMENT}">x</time></article>', [MOMENT], []),
        (f'<article>Updated <time datetime="{MOMENT}">x</time></article>', [], [MOMENT]),
        (f'<article><time datetime="{MOMENT}">Aktualisiert am 8. März</time></article>', [], [MOMENT]),
        (f'<article><time class="date-modified" datetime="{MOMENT}">x</time></article>', [], [MOMENT]),
        (f'<main><span class="published"><time datetime="{MOMENT}">x</time></span></main>', [MOMENT], []),
        (f'<main><span itemprop="datePublished" content="{MOMENT}">x</span></main>', [MOMENT], []),
        (f'<article><div id="clock"><time datetime="{MOMENT}">x</time></div></article>', [], []),
        (f'<div class="top-bar"><time class="datum" datetime="{MOMENT}">x</time></div>', [], []),
        (f'<article><time class="current-date" datetime="{MOMENT}">x</time></article>', [], []),
        (f'<header><time class="published" datetime="{MOMENT}">x</time></header>', [], []),
        (f'<ul><li><article><time datetime="{MOMENT}">x</time></article></li></ul>', [], []),
    ],
)
def test_a_time_is_the_publications_the_changes_or_nobodys(body: str, published: list[str], changed: list[str]) -> None:
    assert list(times_published(tree(body))) == published
    assert list(times_changed(tree(body))) == changed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<article><p class="date">Published: 2 February 2026</p><p>The gate.</p></article>', date(2026, 2, 2)),
        ('<header><p class="date">9 March 2026</p></header><p>The gate.</p>', None),
        ('<div class="clock"><p class="date">9 March 2026</p></div><p>The gate.</p>', None),
        ('<p class="date">10 March 2026</p>', None),
        ("<p>© 1 January 2026</p>", None),
    ],
)
def test_a_guess_is_no_clock_no_copyright_line_and_not_today(body: str, expected: date | None) -> None:
    assert day_guessed(tree(body), URL, date(2026, 3, 10)) == expected
