"""Moments as the press writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.crawl.dates import moment

NOON = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
DAY = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "stated",
    [
        "2026-03-09T12:00:00Z",
        "2026-03-09T13:00:00+01:00",
        "2026-03-09T13:00:00.123456789+0100".replace(".123456789", ".000000000"),
        "2026-03-09T07:00-05:00",
        "2026-03-09 12:00:00 UTC",
        "2026-03-09 13:00:00 +0100",
        "2026/03/09 12:00",
        "20260309T120000Z",
        "Mon, 09 Mar 2026 13:00:00 +0100",
        "Mon, 9 Mar 26 12:00 GMT",
        "9 Mar 2026 08:00:00 EDT",
        "Mon, 09 Mar 2026 13:00:00 CET",
        "Mon, 09 Mar 2026 17:30:00 IST",
        "Mon, 09-Mar-2026 12:00:00 GMT",
        "Mon, 09 Mar 2026 13:00:00 GMT+0100",
        "Mon Mar  9 12:00:00 2026",
        "Mon Mar 9 07:00:00 EST 2026",
        "March 9, 2026 at 12:00 pm",
        "Monday, March 9th, 2026, 7:00 a.m. EST",
        "Mo, 09 Mär 2026 13:00:00 +0100",
        "9. März 2026, 13:00 Uhr MEZ",
        "lun., 09 mars 2026 13:00:00 +0100",
        "lunes, 9 de marzo de 2026 12:00",
        "seg, 9 mar 2026 09:00:00 -0300",
        "Пн, 09 мар 2026 15:00:00 +0300",
        "9 марта 2026 15:00 MSK",
        "2026年3月9日 12:00",
        "2026년 3월 9일 12:00",
        "09.03.2026 12:00",
        "1773057600",
        "1773057600000",
        "  Mon, 09 Mar 2026 12:00:00 +0000 (UTC) ",
    ],
)
def test_noon_however_it_is_written(stated: str) -> None:
    assert moment(stated) == NOON


@pytest.mark.parametrize(
    "stated", ["2026-03-09", "20260309", "9 March 2026", "Mar 9, 2026", "09/03/2026"[:0] + "2026/3/9"]
)
def test_a_day_without_a_clock_begins_at_midnight(stated: str) -> None:
    assert moment(stated) == DAY


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Sun, 08 Mar 2026 24:00:00 GMT", DAY),
        ("Sat, 31 Dec 2016 23:59:60 GMT", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Thu, 01 Jan 70 00:00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC)),
        ("21/05/2026 10:00", datetime(2026, 5, 21, 10, tzinfo=UTC)),
        ("05/21/2026 10:00", datetime(2026, 5, 21, 10, tzinfo=UTC)),
        ("2026-03", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("03/04/2026", None),
        ("2026-335", None),
        ("published in 2026", None),
        ("31 Feb 2026", None),
        ("yesterday", None),
        ("12:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("99999999999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_what_is_odd_is_read_where_it_is_clear(stated: str | None, expected: datetime | None) -> None:
    assert moment(stated) == expected


@given(st.text(max_size=60) | st.from_regex(r"[0-9:/. +TZ-]{0,40}"))
def test_any_text_is_a_moment_or_none(stated: str) -> None:
    found = moment(stated)
    assert found is None or found.tzinfo is UTC
