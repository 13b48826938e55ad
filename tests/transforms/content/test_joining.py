"""Articles on several pages: one text, in order, nothing twice, every span right."""

from typing import Any

import pytest

from tests.transforms.pages import STORY, URL, article, judge, read
from transforms.content.joining import new_lines
from transforms.content.paragraphs import MAX_TEXT

DECK = "Nobody had oiled the hinge since the harbour office moved to the other bank of the river."
MORE = (
    "The keeper's daughter still has the first key of the lock, which opens nothing and weighs as much as a loaf.",
    "On Thursday the divers came up with a bolt that had been sheared straight through, and laid it on a towel.",
    "“It looked like a tooth,” said one of them, who asked not to be named because his mother reads this paper.",
)
LAST = "The gate is to be hung again before the ice comes, or the barges will stay where they are until March."


def pager(count: int) -> str:
    return "".join(f'<a href="{URL}/{number}">.</a>' for number in range(1, count + 1))


def sheet(*lines: str, pages: int = 3) -> str:
    html = article(DECK, *lines, head=f'<link rel="canonical" href="{URL}">')
    return html.replace("</main>", f"<div>{pager(pages)}</div></main>")


def further(number: int, html: str, **stated: Any) -> dict[str, Any]:
    return {"url": f"{URL}/{number}", "final_url": None, "body_hash": f"body-{number}", "html": html, **stated}


FIRST, SECOND, THIRD = sheet(*STORY), sheet(*MORE), sheet(LAST)
WHOLE = "\n\n".join((DECK, *STORY, *MORE, LAST))


def test_the_text_is_that_of_all_pages_whatever_order_they_are_given_in() -> None:
    for following in ([further(2, SECOND), further(3, THIRD)], [further(3, THIRD), further(2, SECOND)]):
        row = read(FIRST, following=following, pages_hash="h")
        assert row["text"] == WHOLE
        assert row["next_url"] is None
        assert (row["title"], row["pages_hash"]) == ("The gate that would not close", "h")


def test_every_span_is_the_text_that_stands_there() -> None:
    row = read(FIRST, following=[further(2, SECOND), further(3, THIRD)])
    text = row["text"]
    assert [text[span["start"] : span["end"]] for span in row["paragraphs"]] == WHOLE.split("\n\n")
    sentences = [text[span["start"] : span["end"]] for span in row["sentences"]]
    assert sentences[-1] == LAST
    assert " ".join(sentences) == WHOLE.replace("\n\n", " ")
    places = [(text[each["start"] : each["end"]], each["body_hash"]) for each in row["pages"]]
    first = "\n\n".join((DECK, *STORY))
    assert places == [(first, f"body-{'a' * 16}"), ("\n\n".join(MORE), "body-2"), (LAST, "body-3")]


def test_what_is_missing_is_said_and_makes_the_article_partial() -> None:
    following = [further(2, SECOND)]
    row = read(FIRST, following=following)
    assert row["text"] == "\n\n".join((DECK, *STORY, *MORE))
    assert row["next_url"] == f"{URL}/3"
    assert judge(FIRST, following=following)["is_partial"]
    assert not judge(FIRST, following=[*following, further(3, THIRD)])["is_partial"]
    assert read(FIRST)["next_url"] == f"{URL}/2"
    assert read(FIRST)["pages"] == []


def test_a_page_that_no_page_names_stays_out() -> None:
    row = read(sheet(*STORY, pages=1), following=[further(2, SECOND)])
    assert (row["text"], row["next_url"]) == ("\n\n".join((DECK, *STORY)), None)


@pytest.mark.parametrize(
    "html",
    [
        article("Please accept our cookies to read on. We and our 812 partners value your privacy above all."),
        "<p>" + "x" * 1_200_000,
        "",
    ],
    ids=["a wall", "a monster", "nothing"],
)
def test_a_page_that_is_none_costs_what_comes_after_it_and_nothing_else(html: str) -> None:
    row = read(FIRST, following=[further(2, html), further(3, THIRD)])
    assert row["text"] == "\n\n".join((DECK, *STORY))
    assert (row["next_url"], row["extraction_error"]) == (f"{URL}/2", None)


def test_pages_that_name_each_other_end() -> None:
    back = f'<a href="{URL}/2">.</a>'
    row = read(FIRST, following=[further(2, SECOND), further(3, article(LAST, head="").replace("</main>", back))])
    assert row["text"] == WHOLE
    assert row["next_url"] is None


def test_more_text_than_an_article_may_have_ends_it_before_the_page() -> None:
    long = sheet(*(f"{number} {STORY[0] * 8}" for number in range(MAX_TEXT // 1_800)))
    row = read(long, following=[further(2, sheet(*(f"{number} {STORY[1] * 8}" for number in range(300))))])
    assert (row["next_url"], row["extraction_error"]) == (f"{URL}/2", None)


def test_a_live_blog_keeps_to_its_first_page() -> None:
    blog = f'<script type="application/ld+json">{{"@type": "LiveBlogPosting", "url": "{URL}"}}</script>'
    row = read(FIRST.replace("</head>", f"{blog}</head>"), following=[further(2, SECOND)])
    assert (row["form"], row["next_url"]) == ("live_blog", f"{URL}/2")
    assert MORE[0] not in row["text"]


def test_a_count_of_the_pages_is_no_text_and_short_answers_may_be_given_twice() -> None:
    lines = ["Page 2 of 3", *MORE, *STORY, "No.", *(f"{number} {LAST}" for number in range(5)), "2/3"]
    assert new_lines(lines, {"no"}) == lines[1:-1]
    assert new_lines(["No.", *MORE], {"no"}) == list(MORE)  # at the edge it is what every page repeats


def test_paragraphs_of_a_page_are_not_doubled() -> None:
    again = sheet(*STORY[2:], *MORE)
    row = read(FIRST, following=[further(2, again)])
    assert row["text"] == "\n\n".join((DECK, *STORY, *MORE))
