"""An element's text, a line a block."""

import lxml.html

from transforms.content.blocks import block_lines


def lines(html: str) -> list[str]:
    return block_lines(lxml.html.fromstring(f"<div>{html}</div>"))


def test_blocks_are_lines_and_inline_elements_are_not() -> None:
    assert lines("One <b>bold</b> word<p>Two</p>three<br>four<ul><li>five</li></ul>six") == [
        "One bold word", "Two", "three", "four", "five", "six",
    ]  # fmt: skip


def test_what_is_no_text_is_silent_and_what_follows_it_is_not() -> None:
    assert lines("<script>x()</script>a<nav><p>menu</p></nav><p>b <time>10:30</time>c</p><form><p>d</p></form>") == [
        "a",
        "b c",
    ]


def test_deep_nesting_is_one_line() -> None:
    assert lines("<div>" * 200 + "deep") == ["deep"]
