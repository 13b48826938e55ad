"""The body of an article is found whole, without what a reader cannot see."""

import json

from tests.transforms.pages import STORY, URL, article, linked_data, page, paragraphs
from transforms.content.body import body_lines, says_more, unmarked, without_marks
from transforms.content.page import parse_page


def lines_of(html: str) -> list[str]:
    return body_lines(parse_page(html, URL))


def test_navigation_margins_and_footers_are_no_body() -> None:
    html = page(
        f"<nav><a href=/a>Home</a></nav><aside><p>{'Weather for the valley, hour by hour. ' * 5}</p></aside>"
        f"<article>{paragraphs(*STORY)}</article><footer><p>Brannock Press, 4 Quay Lane.</p></footer>"
    )
    assert lines_of(html) == list(STORY)


def test_hidden_text_is_left_out_unless_it_is_most_of_the_page() -> None:
    hidden = f'<div style="display: none"><p>{"Sold to you by nobody at all, twice a day. " * 3}</p></div>'
    assert lines_of(page(f"<article>{paragraphs(*STORY)}{hidden}</article>")) == list(STORY)
    revealed = f'<article style="x"><div style="display:none">{paragraphs(*STORY)}</div></article>'
    assert lines_of(page(revealed)) == list(STORY)


def test_a_body_cut_by_advertisements_is_read_to_its_end() -> None:
    cut = "".join(f'<div class="article-body">{paragraphs(line)}</div><div class="ad">Buy</div>' for line in STORY)
    assert lines_of(page(f"<main>{cut}</main>")) == list(STORY)


def test_linked_data_fills_in_a_body_that_the_markup_only_opens() -> None:
    stated = json.dumps({"@type": "NewsArticle", "articleBody": "".join(f"<p>{line}</p>" for line in STORY)})
    assert lines_of(article(STORY[0], head=linked_data(stated))) == list(STORY)


def test_linked_data_that_says_something_else_is_not_believed() -> None:
    other = json.dumps({"@type": "NewsArticle", "articleBody": "A quite different tale of foxes and hens. " * 60})
    assert lines_of(article(head=linked_data(other))) == lines_of(article())


def test_what_is_stated_must_hold_what_is_found_and_more() -> None:
    found = [f"word{number}" for number in range(30)]
    assert says_more([*found, *("more " * 30).split()], found)
    assert not says_more(found, found)
    assert not says_more(["other"] * 90, found)
    assert not says_more([], [])


def test_markup_in_stated_text_ends_lines_at_blocks() -> None:
    assert unmarked("<p>One &amp; two</p><p>three</p>").split() == ["One", "&", "two", "three"]
    assert "\n" in unmarked("One<br>two")
    assert unmarked("2 is greater than 1") == "2 is greater than 1"


def test_marks_of_lists_and_tables_are_taken_off() -> None:
    assert without_marks("- first") == "first"
    assert without_marks("| a |  | b |") == "a | b"
    assert without_marks("|---|---|") == ""
