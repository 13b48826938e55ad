"""Templates escape what they are given and never print a value that is missing."""

import pytest
from jinja2 import UndefinedError

from flows.press.editions import load_editions
from flows.press.templating import render


def test_markup_in_a_value_is_text() -> None:
    paper = load_editions().papers[0]
    page = render("notice.html", paper=paper, title="<b>x</b>", text="\"><img src=x onerror='1'>", meta_charset="utf-8")
    assert "<b>" not in page
    assert "<img" not in page


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="paper"):
        render("notice.html", title="x", text="y", meta_charset="")
