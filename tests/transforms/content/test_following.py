"""Articles that go on at another address, and links that only look so."""

import pytest

from tests.transforms.pages import page
from transforms.content.following import is_page_of, next_url, numbered
from transforms.content.page import parse_page

HERE = "https://paper.example/2026/long-read"


def found(href: str, here: str = HERE, how: str = '<a href="{}">2</a>') -> str | None:
    return next_url(parse_page(page(how.format(href)), here))


@pytest.mark.parametrize(
    "href",
    [
        "?page=2",
        "/2026/long-read/2",
        "/2026/long-read/page/2/",
        "/2026/long-read?page=2#top",
        "/2026/long-read/seite-2",
    ],
)
def test_the_same_address_one_page_on_is_where_it_goes_on(href: str) -> None:
    assert found(href) is not None


@pytest.mark.parametrize(
    ("here", "href"),
    [
        ("https://paper.example/story.html", "/story-2.html"),
        ("https://paper.example/story.html", "story,2.html"),
        ("https://paper.example/story-2.html", "/story-3.html"),
        ("https://paper.example/read?id=77&seite=2", "?seite=3&id=77"),
    ],
)
def test_numbers_stand_in_many_places(here: str, href: str) -> None:
    assert found(href, here) is not None


@pytest.mark.parametrize(
    "href",
    [
        "/2026/another-read",
        "/2026/long-read",
        "?page=3",
        "?page=1",
        "?comments=2",
        "/2026/another-read?page=2",
        "https://other.example/2026/long-read?page=2",
        "/page/2",
        "javascript:next(2)",
        "/2026/long-read/112",
    ],
)
def test_other_links_lead_elsewhere(href: str) -> None:
    assert found(href) is None
    assert found(href, how='<link rel="next" href="{}">') is None


def test_a_last_page_goes_on_nowhere() -> None:
    assert found("?page=2", f"{HERE}?page=3") is None
    assert numbered(f"{HERE}?page=3")[1] == 3
    assert numbered(HERE)[1] == 1


def test_a_later_page_that_names_the_first_as_canonical_goes_on_at_the_one_after_itself() -> None:
    numbers = "".join(f'<a href="?page={number}">{number}</a>' for number in range(1, 6))
    pager = page(f'<link rel="canonical" href="{HERE}">{numbers}')
    found = [next_url(parse_page(pager, f"{HERE}?page={number}")) for number in range(2, 6)]
    assert found == [*(f"{HERE}?page={number}" for number in (3, 4, 5)), None]


@pytest.mark.parametrize(
    ("markup", "is_page"),
    [
        ('<a href="/2026/long-read">1</a>', True),
        ('<a href="?page=3">on</a>', True),
        (f'<link rel="canonical" href="{HERE}">', True),
        ('<a href="?page=2">again</a>', False),
        ('<a href="/login">Log in to read on</a>', False),
        ('<a href="https://other.example/2026/long-read">1</a>', False),
    ],
)
def test_what_came_is_a_page_of_the_article_where_it_links_to_another_of_them(markup: str, is_page: bool) -> None:
    asked = f"{HERE}?page=2"
    assert is_page_of(parse_page(page(markup), asked), asked) is is_page
