"""The brief in a terminal: its own colours at most, no escape sequence and no markup from the web."""

import io
import re

import pytest
from rich.console import Console

from flows.brief import Brief, render_terminal
from tests.flows.brief.conftest import SHOWN_OF_HOSTILE, Make, amber, port_piece

ESCAPE = re.compile(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\")  # colours, and links as terminals know them


def printed(brief: Brief, width: int = 100, is_terminal: bool = False) -> str:
    screen = Console(
        file=io.StringIO(), width=width, force_terminal=is_terminal, color_system="truecolor" if is_terminal else None,
        legacy_windows=False,
    )  # fmt: skip
    screen.print(render_terminal(brief))
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_without_colours_it_is_plain_text(full: Brief) -> None:
    text = printed(full, 400)
    assert "\x1b" not in text
    assert SHOWN_OF_HOSTILE in text  # markup of rich included, as text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)


def test_with_colours_only_our_own_sequences_leave(full: Brief) -> None:
    text = printed(full, 400, is_terminal=True)
    rest = ESCAPE.sub("", text)
    assert "\x1b" not in rest
    assert rest == printed(full, 400)
    links = {link for link in re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b", text) if link}
    assert links
    assert all(link.startswith("http://") for link in links)


@pytest.mark.parametrize("width", [30, 80, 160])
def test_no_line_is_wider_than_the_terminal(full: Brief, width: int) -> None:
    assert max(len(line) for line in printed(full, width).splitlines()) <= width


def test_a_story_in_a_terminal(make: Make) -> None:
    text = printed(make(port_piece(more={"is_paywalled": True}), report=amber()))
    for line in (
        "Nightdesk: Wednesday 4 March 2026",
        "1 article from 1 source became known",
        "1 source gave nothing tonight: signal",
        "Port closes",
        "courier · 3 Mar, 20:40 · paywalled",
        "  – Maersk expects a delay of hours.",
        "7 sources reached, 1 failed; 15 pages fetched",
    ):
        assert line in text
    assert "negative −0.40" in text


def test_an_empty_day_says_so(make: Make) -> None:
    assert "No article became known on Wednesday 4 March 2026 (UTC)." in printed(make())
