"""Every date is counted from the anchor: moving it moves all of them, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.press.dates import (
    article_path,
    calendar_words,
    dated,
    local,
    long_date,
    modified_at,
    night_date,
    published_at,
)
from flows.press.editions import NIGHTS, Editions

ANCHORS = st.dates(date(1990, 1, 10), date(2090, 1, 1))
SECOND_OF_MARCH = date(2026, 3, 2)  # a Monday


def test_the_anchor_is_the_date_of_the_third_night() -> None:
    assert [night_date(SECOND_OF_MARCH, night) for night in NIGHTS] == [
        date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("on {day}, not on {day-1}", "en", "on Monday, not on Sunday"),
        ("by {date+30} at the latest", "en", "by 1 April at the latest"),
        ("am {date-2}", "de", "am 28. Februar"),
        ("{month-31} {year-62}", "en", "January 2025"),
        ("im {month}", "de", "im März"),
        ("{nothing} {day+}", "en", "{nothing} {day+}"),
    ],
)
def test_calendar_words(text: str, language: str, expected: str) -> None:
    assert calendar_words(text, SECOND_OF_MARCH, language) == expected


@settings(max_examples=15, deadline=None)
@given(anchor=ANCHORS)
def test_on_any_date_no_word_is_left_and_no_address_is_given_twice(editions: Editions, anchor: date) -> None:
    for paper in editions.papers:
        paths = [article_path(article, paper, anchor) for article in paper.articles]
        assert len(set(paths)) == len(paths)
        for article in paper.articles:
            written = dated(article, paper, anchor)
            everything = " ".join([written.title, written.summary, written.caption, *written.paragraphs])
            assert "{" not in everything, article.slug


@settings(max_examples=15, deadline=None)
@given(anchor=ANCHORS, days=st.integers(-400, 400))
def test_moving_the_anchor_moves_every_stamp_by_as_much(editions: Editions, anchor: date, days: int) -> None:
    moved = timedelta(days=days)
    for paper in editions.papers:
        for article in paper.articles:
            for night in NIGHTS:
                before, after = (modified_at(article, day, night) for day in (anchor, anchor + moved))
                assert after - before == moved
            assert published_at(article, anchor + moved) - published_at(article, anchor) == moved


def test_edits_come_after_publication_and_no_news_is_dated_after_its_night(editions: Editions) -> None:
    for paper in editions.papers:
        for article in paper.articles:
            published = published_at(article, SECOND_OF_MARCH)
            assert modified_at(article, SECOND_OF_MARCH, 3) >= published, article.slug
            if article.dated is None:
                assert published.date() == night_date(SECOND_OF_MARCH, article.night)


def test_a_paper_writes_its_own_offset_and_language(editions: Editions) -> None:
    moment = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    there = local(moment, editions.by_id["pacificmorning"])
    assert there == moment
    assert there.isoformat() == "2026-03-02T05:00:00+09:00"
    assert long_date(there.date(), "de") == "2. März 2026"
    assert long_date(there.date(), "en") == "2 March 2026"
