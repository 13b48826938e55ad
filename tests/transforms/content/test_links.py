"""How much of a text is links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.pages import URL, page
from transforms.content.links import MAX_LINK_TEXT, link_share, link_texts
from transforms.content.page import parse_page


def test_link_texts_are_counted_by_their_words() -> None:
    html = page('<a href="/a">The <b>Gate</b>!</a><a href="/b">the gate</a><a>no link</a><a href="/c">–</a>')
    assert link_texts(parse_page(html, URL).tree) == {"the gate": 2}


def test_a_link_around_the_whole_page_is_no_link_text() -> None:
    assert not link_texts(parse_page(page(f'<a href="/">{"word " * MAX_LINK_TEXT}</a>'), URL).tree)


@pytest.mark.parametrize(
    ("text", "links", "share"),
    [
        ("One two three four", ["One two three"], 0.75),
        ("One two three.\n\nOne two three.", ["one two three"], 0.5),
        ("In Berlin they wait", ["Berlin"], 0.0),
        ("One two three four", ["one two three four", "two three four"], 1.0),
        ("", ["one two three"], 0.0),
    ],
)
def test_the_share_counts_each_link_as_often_as_it_is_on_the_page(text: str, links: list[str], share: float) -> None:
    html = page("".join(f'<a href="/">{link}</a>' for link in links))
    assert link_share(text, link_texts(parse_page(html, URL).tree)) == share


WORDS = st.lists(st.sampled_from(["gate", "lock", "barge", "grain"]), max_size=9).map(" ".join)


@given(WORDS, st.lists(WORDS, max_size=6))
def test_a_share_is_between_none_and_all(text: str, links: list[str]) -> None:
    html = page("".join(f'<a href="/">{link}</a>' for link in links))
    assert 0.0 <= link_share(text, link_texts(parse_page(html, URL).tree)) <= 1.0
