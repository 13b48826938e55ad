"""How often a page is asked: what its news, its silence, its failures and its own words make of the pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.cadence import (
    DAY,
    Answer,
    Bounds,
    PageHistory,
    is_due,
    pause_after,
    pause_after_failure,
    stated_pause,
)
from flows.crawl.known import Known
from flows.raw import POLLS

NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
BOUNDS = Bounds(QUARTER, timedelta(days=7))
NOTHING = Answer(NOW, 0, (), is_full=True)
SPANS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2_000))


def history(watched: timedelta = timedelta(days=60), **facts: object) -> PageHistory:
    """A page polled for so long, a quarter of an hour ago for the last time."""
    told = {"last_polled_at": NOW - QUARTER, "next_due_at": NOW, "good_polls": 50, "first_good_at": NOW - watched}
    told |= {"failures": 0, "last_new_at": None, "new_in_window": 0, "new_in_day": 0, "last_pause": None}
    return PageHistory(**(told | facts))  # type: ignore[arg-type]


def busy(items_a_day: int) -> PageHistory:
    return history(last_new_at=NOW - QUARTER, new_in_window=14 * items_a_day, new_in_day=items_a_day)


@pytest.mark.parametrize(
    ("page", "least", "most"),
    [
        (busy(200), QUARTER, QUARTER),
        (busy(24), timedelta(minutes=50), timedelta(hours=1)),
        (busy(1), timedelta(hours=11), timedelta(hours=13)),
        (history(last_new_at=NOW - timedelta(days=5), new_in_window=1), DAY, DAY),
        (history(last_new_at=NOW - timedelta(days=29)), DAY, DAY),
        (history(last_new_at=NOW - timedelta(days=60)), 2 * DAY, 2 * DAY),
        (history(timedelta(days=900), last_new_at=None), 7 * DAY, 7 * DAY),
    ],
    ids=["wire", "hourly", "daily", "now and then", "quiet for a month", "for two", "for years"],
)
def test_the_pause_is_about_the_time_to_the_next_item(page: PageHistory, least: timedelta, most: timedelta) -> None:
    assert least <= pause_after(page, NOTHING, BOUNDS) <= most


def test_one_that_wakes_up_is_asked_daily_again() -> None:
    silent = history(timedelta(days=400), last_new_at=NOW - timedelta(days=300))
    assert pause_after(silent, Answer(NOW, 1, (), is_full=True), BOUNDS) <= DAY < pause_after(silent, NOTHING, BOUNDS)


def test_the_dates_of_the_first_answer_tell_a_rate_before_any_was_observed() -> None:
    hourly = tuple(NOW - timedelta(hours=hours) for hours in range(40))
    assert timedelta(minutes=50) < pause_after(None, Answer(NOW, 40, hourly, is_full=True), BOUNDS) < timedelta(hours=5)
    assert pause_after(None, Answer(NOW, 40, (), is_full=True), BOUNDS) == QUARTER


@pytest.mark.parametrize(
    ("feed", "pause"),
    [
        (b"<rss><channel><ttl>60</ttl>", timedelta(hours=1)),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", timedelta(minutes=30)),
        (b"<syn:updatePeriod> daily </syn:updatePeriod>", DAY),
        (b"<ttl>soon</ttl><sy:updatePeriod>often</sy:updatePeriod>", timedelta(0)),
        (b"\xff\xfe\x00", timedelta(0)),
    ],
)
def test_what_a_feed_says_of_itself(feed: bytes, pause: timedelta) -> None:
    assert stated_pause(feed) == pause


def test_a_feed_may_ask_for_longer_pauses_up_to_a_day_and_a_304_does_not_undo_that() -> None:
    wish = Answer(NOW, 0, (), is_full=True, stated_pause=timedelta(hours=2))
    assert pause_after(busy(200), wish, BOUNDS) == timedelta(hours=2)
    forever = Answer(NOW, 0, (), is_full=True, stated_pause=timedelta(days=3_650))
    assert pause_after(busy(200), forever, BOUNDS) == DAY
    unchanged = Answer(NOW, 0, (), is_full=False)
    asked = history(new_in_window=2_800, last_new_at=NOW, last_pause=timedelta(hours=2))
    assert pause_after(asked, unchanged, BOUNDS) == timedelta(hours=2)


def test_failures_double_the_pause_but_the_next_night_asks_again() -> None:
    pauses = [pause_after_failure(history(failures=failures), None, BOUNDS) for failures in range(40)]
    assert pauses[:3] == [QUARTER, 2 * QUARTER, 4 * QUARTER]
    assert pauses == sorted(pauses)
    assert pauses[-1] < timedelta(hours=22)
    assert pause_after_failure(None, 7_200.0, BOUNDS) == timedelta(hours=2)
    assert pause_after_failure(None, 1e12, BOUNDS) == BOUNDS.ceiling


def test_a_night_asks_whatever_may_have_news_before_the_next_one() -> None:
    """The run before was half a day ago, so the next is as far; every quarter of an hour, the pause alone counts."""
    page = history(next_due_at=NOW + timedelta(hours=8), last_polled_at=NOW - timedelta(hours=15))
    assert is_due(page, NOW, last_run_polled_at=NOW - timedelta(hours=15))
    assert not is_due(page, NOW, last_run_polled_at=NOW - QUARTER)
    weekly = history(next_due_at=NOW + timedelta(days=5), last_polled_at=NOW - DAY)
    assert not is_due(weekly, NOW, last_run_polled_at=NOW - DAY)


def test_a_run_that_starts_a_little_early_finds_a_page_due() -> None:
    wire = history(last_polled_at=NOW - timedelta(minutes=14), next_due_at=NOW + timedelta(minutes=1))
    assert is_due(wire, NOW, last_run_polled_at=NOW - timedelta(minutes=14))


def test_a_page_seen_once_and_a_clock_set_back_are_asked() -> None:
    assert is_due(None, NOW, None)
    assert is_due(history(good_polls=1, next_due_at=NOW + DAY), NOW, NOW)
    assert not is_due(history(good_polls=1, failures=1, next_due_at=NOW + DAY), NOW, NOW)
    assert is_due(history(last_polled_at=NOW + DAY, next_due_at=NOW + 2 * DAY), NOW, NOW)


@settings(max_examples=60)
@given(
    watched=SPANS,
    silent=st.none() | SPANS,
    window=st.integers(0, 10**6),
    day=st.integers(0, 10**6),
    new=st.integers(0, 10**6),
    stated=st.lists(SPANS, max_size=5),
    wished=SPANS,
    is_full=st.booleans(),
    last=st.none() | SPANS,
    failures=st.integers(0, 10**6),
    retry=st.none() | st.floats(0, 1e15),
)
def test_no_answer_leads_out_of_the_bounds_and_more_news_to_no_longer_pause(
    watched: timedelta,
    silent: timedelta | None,
    window: int,
    day: int,
    new: int,
    stated: list[timedelta],
    wished: timedelta,
    is_full: bool,
    last: timedelta | None,
    failures: int,
    retry: float | None,
) -> None:
    last_new_at = None if silent is None else NOW - silent
    told = {"last_new_at": last_new_at, "last_pause": last, "failures": failures}
    page = history(watched, new_in_window=window, new_in_day=day, **told)
    answer = Answer(NOW, new, tuple(NOW - span for span in stated), is_full, wished)
    pause = pause_after(page, answer, BOUNDS)
    assert BOUNDS.floor <= pause <= BOUNDS.ceiling
    assert BOUNDS.floor <= pause_after_failure(page, retry, BOUNDS) <= BOUNDS.ceiling
    busier = history(watched, new_in_window=window + 5, new_in_day=day + 5, **told)
    assert pause_after(busier, answer, BOUNDS) <= pause
    assert is_due(page, NOW + 2 * BOUNDS.ceiling, NOW)


def poll(run: int, url: str, kind: str, outcome: str, new_items: int, pause: timedelta = DAY) -> dict[str, object]:
    at = NOW - 20 * DAY + run * DAY
    told = {"run_id": str(run), "source_id": "paper", "url": url, "kind": kind, "items": 1, "seconds": 0.1}
    row = {**{field.name: None for field in POLLS}, **told, "poll_id": f"{run}{url}", "outcome": outcome}
    return {**row, "new_items": new_items, "polled_at": at, "next_due_at": at + pause}


def test_the_history_of_a_page_is_read_from_its_polls(tmp_path: Path) -> None:
    polls = [
        poll(0, "feed", "feed", "ok", 40),  # the backlog says nothing of the rate
        poll(1, "feed", "feed", "ok", 7, 2 * DAY),  # longer ago than the window
        poll(15, "feed", "feed", "not_modified", 0),
        poll(16, "feed", "feed", "ok", 3, DAY / 2),
        poll(17, "feed", "feed", "failed", 0),
        poll(18, "feed", "feed", "refused", 0),
        poll(0, "index", "sitemap", "ok", 0),
        poll(0, "below-1", "sitemap", "ok", 30),
        poll(19, "index", "sitemap", "ok", 0),
        poll(19, "below-2", "sitemap", "ok", 5),
    ]
    with duckdb.connect(str(tmp_path / "raw.duckdb")) as connection:
        connection.from_arrow(pa.Table.from_pylist(polls, schema=POLLS)).create("polls")
    known = Known(tmp_path / "raw.duckdb")
    feed, index = known.page("paper", "feed", NOW), known.page("paper", "index", NOW)
    assert known.page("other", "feed", NOW) is None
    assert known.last_polled_at(NOW) == NOW - DAY
    known.close()
    assert feed == PageHistory(
        last_polled_at=NOW - 2 * DAY,
        next_due_at=NOW - DAY,
        good_polls=4,
        first_good_at=NOW - 20 * DAY,
        failures=2,
        last_new_at=NOW - 4 * DAY,
        new_in_window=3,
        new_in_day=0,
        last_pause=DAY / 2,
    )
    assert index is not None
    assert (index.new_in_window, index.new_in_day, index.last_new_at) == (5, 5, NOW - DAY)
