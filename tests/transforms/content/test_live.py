"""Live blogs: every update in the order in which it was written, whole, with its moment and place."""

import json
from datetime import UTC, datetime

from tests.transforms.pages import STORY, linked_data, page, paragraphs, read

MOMENTS = ("2026-03-09T08:00:00Z", "2026-03-09T09:30:00Z", "2026-03-09T11:15:00Z")
INTRO = "Engineers have reached the lock at Brannock, and eleven barges are waiting below it for the third day."
TYPE = linked_data('{"@type": "LiveBlogPosting", "headline": "The lock, hour by hour"}')


def post(number: int, classes: str = "live-blog__post", attributes: str = "") -> str:
    time = f'<time datetime="{MOMENTS[number]}">{number}</time>'
    return f'<div class="{classes}" {attributes}>{time}<h3>Update {number}</h3><p>{STORY[number]}</p></div>'


def blog(posts: str, head: str = TYPE) -> str:
    return page(
        f"<main><article><h1>The lock, hour by hour</h1>{paragraphs(INTRO)}<div>{posts}</div></article></main>", head
    )


def check(html: str, headed: bool = True) -> None:
    row = read(html)
    texts = [row["text"][each["start"] : each["end"]] for each in row["updates"]]
    assert row["form"] == "live_blog"
    assert texts == [f"Update {number}\n\n{STORY[number]}" if headed else STORY[number] for number in range(3)]
    assert [each["at"] for each in row["updates"]] == [datetime.fromisoformat(moment) for moment in MOMENTS]
    assert row["text"] == "\n\n".join([INTRO, *texts])


def test_updates_by_their_class_are_read_oldest_first() -> None:
    check(blog("".join(post(number) for number in (2, 1, 0))))


def test_updates_by_microdata_are_read_oldest_first() -> None:
    scope = 'itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting"'
    check(blog("".join(post(number, "x", scope) for number in (2, 0, 1))))


def test_updates_that_only_the_linked_data_holds_are_read_from_there() -> None:
    listed = [
        {"@type": "BlogPosting", "headline": f"Update {number}", "articleBody": f"<p>{STORY[number]}</p>",
         "datePublished": MOMENTS[number]}
        for number in (1, 2, 0)
    ]  # fmt: skip
    check(blog("", linked_data(json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": listed}))))


def test_a_later_reading_adds_at_the_end() -> None:
    before = read(blog(post(1) + post(0)))["text"]
    assert read(blog(post(2) + post(1) + post(0)))["text"].startswith(before)


def test_updates_without_a_time_stay_in_page_order() -> None:
    html = blog(post(2) + post(0).replace(MOMENTS[0], "soon") + post(1))
    assert [each["at"] is None for each in read(html)["updates"]] == [False, True, False]


def test_an_article_that_mentions_a_ticker_is_an_article() -> None:
    row = read(page(f'<article class="live-blog">{paragraphs(*STORY)}</article>'))
    assert (row["form"], row["updates"]) == ("article", [])


def test_moments_after_the_fetch_are_none_of_an_update() -> None:
    row = read(blog(post(2) + post(1) + post(0).replace(MOMENTS[0], "2031-01-01T00:00:00Z")))
    assert datetime(2031, 1, 1, tzinfo=UTC) not in [each["at"] for each in row["updates"]]
