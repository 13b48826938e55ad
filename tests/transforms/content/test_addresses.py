"""Stated addresses become absolute ones, or nothing."""

import pytest

from tests.transforms.pages import URL, page
from transforms.content.addresses import MAX_URL, absolute, amp_url, canonical_url, domain, origin
from transforms.content.page import parse_page


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("/a?b=1", "https://paper.example/a?b=1"),
        ("//cdn.example/p.jpg", "https://cdn.example/p.jpg"),
        (" other ", "https://paper.example/news/other"),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AA", None),
        ("mailto:desk@paper.example", None),
        ("http://", None),
        ("http://[broken", None),
        ("/two words", None),
        ("/x\ud800", None),
        ("/" + "x" * MAX_URL, None),
    ],
)
def test_only_sane_web_addresses_are_made_absolute(stated: str, expected: str | None) -> None:
    assert absolute(stated, URL) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/news/the-lock#top", "https://paper.example/news/the-lock"),
        ("https://www.paper.example/amp", "https://www.paper.example/amp"),
        ("https://thief.example/news/lock-gate", URL),
        ("/", URL),
        ("", URL),
        ("javascript:0", URL),
    ],
)
def test_the_canonical_address_is_one_of_the_same_site_and_no_front_page(href: str, expected: str) -> None:
    assert canonical_url(parse_page(page("x", f'<link rel="Canonical" href="{href}">'), URL)) == expected


def test_a_site_is_its_registrable_domain() -> None:
    assert domain("https://www.news.bbc.co.uk/a") == domain("https://bbc.co.uk/b") == "bbc.co.uk"
    assert domain("http://desk.harbourcourier.example/x") == "harbourcourier.example"
    assert domain("https://a.co.uk/") != domain("https://b.co.uk/")


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ("https://paper-example.cdn.ampproject.org/c/s/paper.example/amp/lock-gate", "https://paper.example/lock-gate"),
        ("https://www.google.com/amp/s/paper.example/amp/lock-gate", "https://paper.example/lock-gate"),
        ("https://amp.paper.example/lock-gate", "https://paper.example/lock-gate"),
        ("https://evil.example/c/s/paper.example/amp/lock-gate", None),
        ("https://x.cdn.ampproject.org/c/s/evil.example/a", None),
    ],
)
def test_an_amp_page_names_its_article_wherever_it_is_kept(here: str, expected: str | None) -> None:
    head = '<link rel="canonical" href="https://paper.example/lock-gate">'
    assert canonical_url(parse_page(page("x", head), here)) == (expected or here)
    assert origin("https://paper.example/c/s/a.example/b") == "https://paper.example/c/s/a.example/b"


def test_an_article_names_its_amp_form_on_its_own_site() -> None:
    head = '<link rel="amphtml" href="{}">'
    assert amp_url(parse_page(page("x", head.format("/amp/gate")), URL)) == "https://paper.example/amp/gate"
    assert amp_url(parse_page(page("x", head.format("https://evil.example/gate")), URL)) is None


def test_opengraph_names_the_address_where_no_link_does() -> None:
    og = '<meta property="og:url" content="https://paper.example/news/the-lock">'
    link = '<link rel="canonical" href="/news/linked">'
    assert canonical_url(parse_page(page("x", og), URL)) == "https://paper.example/news/the-lock"
    assert canonical_url(parse_page(page("x", og + link), URL)) == "https://paper.example/news/linked"
