"""The title without its site's name, and the people who wrote it."""

import json

import pytest

from tests.transforms.pages import URL, linked_data, page
from transforms.content.page import parse_page
from transforms.content.titles import MAX_AUTHORS, authors, best_title, stated_titles


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("The gate | Quay Press",), "The gate"),
        (("Quay Press – a history",), "Quay Press – a history"),
        (
            ("The gate that would not…", "The gate that would not close on Tuesday"),
            "The gate that would not close on Tuesday",
        ),
        (("The gate that would not close", "The gate that would not close | Towns"), "The gate that would not close"),
        ((), None),
    ],
)
def test_the_best_title_is_whole_and_without_the_site(titles: tuple[str, ...], expected: str | None) -> None:
    assert best_title(titles, "Quay Press") == expected


def test_titles_come_in_order_of_trust_each_once() -> None:
    stated = linked_data('{"@type": "Article", "headline": "Linked &amp; said"}')
    html = page(
        "<h1>In the page</h1><h1>Linked</h1>",
        f'<title>In the head</title><meta name="og:title" content="Open">{stated}',
    )
    found = stated_titles(parse_page(html, URL), "From the feed", ("Pointed at",))
    assert list(found) == [
        "Pointed at",
        "Linked & said",
        "Open",
        "In the page",
        "Linked",
        "In the head",
        "From the feed",
    ]


def who(author: object, head: str = "", body: str = "x", feed: str | None = None) -> tuple[str, ...]:
    html = page(body, linked_data(json.dumps({"@type": "NewsArticle", "author": author})) + head)
    return authors(parse_page(html, URL), "Quay Press", feed)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"name": "By Ana Ruiz and Bo Lind"}, ("Ana Ruiz", "Bo Lind")),
        ([{"name": "Ana Ruiz"}, {"name": "ana ruiz"}, "Jean-Luc O’Brien"], ("Ana Ruiz", "Jean-Luc O’Brien")),
        ("Von Anna Lind, Korrespondentin", ("Anna Lind",)),
        ({"name": "Quay Press"}, ()),
        ("https://paper.example/people/ana", ()),
        ("admin", ()),
        ("desk@paper.example", ()),
        ("x" * 400, ()),
        ({"name": {"a": 1}}, ()),
    ],
)
def test_authors_are_names(author: object, expected: tuple[str, ...]) -> None:
    assert who(author) == expected


def test_authors_come_from_the_first_place_that_names_any() -> None:
    head, body = '<meta name="author" content="Meta Ruiz">', '<a rel="author" href="/r">Link Ruiz</a>'
    assert who("", head, body, "Feed Ruiz") == ("Meta Ruiz",)
    assert who("", "", body, "Feed Ruiz") == ("Feed Ruiz",)
    assert who("", "", body) == ("Link Ruiz",)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<span class="byline">by <span class="author vcard"><a href="/a">Ana Ruiz</a></span></span>', ("Ana Ruiz",)),
        ('<p class="byline big">Von Anna Lind und Bo Ruiz</p>', ("Anna Lind", "Bo Ruiz")),
        ('<p class="byline">Ana Ruiz, 19 November 2019</p>', ()),
        ('<p class="author">Ana Ruiz has reported from the valley for nineteen years and keeps two goats.</p>', ()),
        ('<div class="comments"><b class="author">Troll King</b></div>', ()),
        ('<aside><p class="byline">By Other Ruiz</p></aside>', ()),
        ('<ul><li><p class="byline">By Other Ruiz</p></li></ul>', ()),
        ('<p class="bylines-off">By Other Ruiz</p>', ()),
    ],
)
def test_a_byline_in_the_markup_names_the_authors_where_nothing_else_does(body: str, expected: tuple[str, ...]) -> None:
    assert who("", body=body) == expected
    assert who("Linked Ruiz", body=body) == ("Linked Ruiz",)


def test_a_page_of_authors_is_bounded() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert len(who([f"Ana {first}{second.lower()}" for first in alphabet for second in alphabet])) == MAX_AUTHORS
