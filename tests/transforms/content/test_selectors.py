"""A source's own selectors: what they find, and what they are."""

import json

import lxml.html
import pytest

from tests.transforms.pages import STORY, page, paragraphs, read
from transforms.content.selectors import NONE, compiled, elements, read_selectors, selectors_hash

HTML = page(
    f"<h1>Site</h1><h2 class='t'>The gate</h2><div class=a>{paragraphs(*STORY[:2])}<p class=x>Buy</p></div>"
    f"<div class='b a'>{paragraphs(STORY[2])}<div class=a>{paragraphs(STORY[3])}</div></div>"
)


def chosen(**selectors: list[str]) -> str:
    return json.dumps({name: selectors.get(name, []) for name in ("body", "title", "published", "remove")})


def test_the_body_is_what_they_point_at_each_place_once_in_page_order() -> None:
    row = read(HTML, selectors=chosen(body=[".b", ".a"], title=["h2.t"], remove=["p.x"]))
    assert row["text"] == "\n\n".join(STORY[:4])
    assert row["title"] == "The gate"
    assert row["selectors_hash"] == selectors_hash(chosen(body=[".b", ".a"], title=["h2.t"], remove=["p.x"]))


def test_where_they_find_nothing_the_page_is_read_as_without() -> None:
    row = read(HTML, selectors=chosen(body=["#gone"], title=["#gone"], published=["#gone"]))
    assert row | {"selectors_hash": None} == read(HTML)


@pytest.mark.parametrize("selector", ["div[[", "", "p >", ":nope(1)", "a" + "(" * 50])
def test_what_is_no_selector_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="not a CSS selector"):
        compiled(selector)


def test_no_selectors_are_none() -> None:
    assert read_selectors(None) is NONE
    assert selectors_hash(None) is None
    assert elements(lxml.html.fromstring("<p>x</p>"), ()) == []
