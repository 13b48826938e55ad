"""The brief as Markdown, read back by a CommonMark parser: whatever the web wrote is text and nothing else."""

import re
from html import unescape
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from flows.brief import Brief, render_markdown
from flows.brief.display import visible
from flows.brief.markdown import escaped
from tests.flows.brief.conftest import SHOWN_OF_HOSTILE, Make, amber, port_piece

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])  # what forges add to CommonMark


def tokens_of(brief: Brief) -> list[Token]:
    found = []
    for token in PARSER.parse(render_markdown(brief)):
        found += [token, *(token.children or ())]
    return found


def headings(brief: Brief) -> list[tuple[str, str]]:
    tokens = PARSER.parse(render_markdown(brief))
    return [
        (token.tag, "".join(child.content for child in text.children or ()))
        for token, text in pairwise(tokens)
        if token.type == "heading_open"
    ]


@settings(deadline=None)
@given(st.text() | st.text("\\`*_[]<>|~&$#+-=.:/()!\n 1)aw"))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    rendered = PARSER.render(f"{escaped(text)}\n").strip()
    shown = visible(text)
    assert rendered == "" if not shown else re.fullmatch(r"<p>[^<>]*</p>", rendered)
    assert unescape(rendered.removeprefix("<p>").removesuffix("</p>")) == shown


def test_hostile_words_make_no_heading_link_picture_or_markup(full: Brief) -> None:
    tokens = tokens_of(full)
    assert not [
        token for token in tokens if token.type in ("html_block", "html_inline", "image", "code_inline", "fence")
    ]
    assert not [token for token in tokens if token.type in ("table_open", "s_open", "em_open", "ordered_list_open")]
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert links
    assert {urlsplit(link).scheme for link in links} == {"http"}
    assert not [link for link in links if "evil.example" in link]
    levels = [tag for tag, _ in headings(full)]
    assert levels.count("h1") == 1
    assert levels.count("h2") == len(full.sections)
    assert levels.count("h3") == len(full.stories)
    titles = [text for tag, text in headings(full) if tag == "h3"]
    assert any(title.startswith(SHOWN_OF_HOSTILE) for title in titles)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", render_markdown(full))


def test_a_point_names_the_place_it_stands_at(make: Make) -> None:
    lines = render_markdown(make(port_piece())).splitlines()
    assert r"**The port of Rotterdam closed at dawn.** \[0–37\]" in lines
    assert r"- Maersk expects a delay of hours. \[88–120\]" in lines
    assert port_piece().text[88:120] == "Maersk expects a delay of hours."


def test_a_story_says_tone_names_copies_and_company(full: Brief) -> None:
    text = render_markdown(full)
    assert "tone negative −0.40" in text
    assert "Maersk (MAERSK-B)" in text
    assert "also in: [herald](<http://herald.example/2026/03/04/port-of-rotterdam-closes>), [valley]" in text


@pytest.mark.parametrize(
    "address", ["http://a.example/x>y", "http://a.example/(a)b[c]", "http://a.example/<b>", "http://ä.example/ö"]
)
def test_an_odd_address_stays_one_link(make: Make, address: str) -> None:
    (link,) = [token for token in tokens_of(make(port_piece(url=address))) if token.type == "link_open"]
    assert str(link.attrs["href"]).startswith("http://")
    assert not [token for token in tokens_of(make(port_piece(url=address))) if token.type == "html_inline"]


def test_failures_and_sums_of_the_night_are_told(full: Brief) -> None:
    text = render_markdown(full)
    assert "> **Amber.** 1 source gave nothing tonight: signal" in text
    assert "7 sources reached, 1 failed" in text
    assert text.endswith("Times are UTC.\n")


def test_an_empty_day_says_so(make: Make) -> None:
    text = render_markdown(make(report=amber()))
    assert "No article became known on Wednesday 4 March 2026" in text
    assert "###" not in text
