"""Moments in the spellings of pages, and which of them can be an article's."""

from datetime import UTC, datetime, timedelta

import pytest

from transforms.content.moments import CONFIDENCE, Stated, is_credible, read_moment

AT = datetime(2026, 3, 9, 20, 15, tzinfo=UTC)
FETCHED = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-09T21:15:00+01:00", (AT, 0)),
        ("2026-03-09 20:15:00", (AT, 1)),
        ("Mon, 09 Mar 2026 20:15:00 GMT", (AT, 0)),
        ("2026-03-09", (datetime(2026, 3, 9, tzinfo=UTC), 2)),
        ("20260309", (datetime(2026, 3, 9, tzinfo=UTC), 2)),
        ("2026-02-30", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("", None),
    ],
)
def test_a_moment_is_read_with_its_precision(text: str, expected: tuple[datetime, int] | None) -> None:
    assert read_moment(text) == expected


@pytest.mark.parametrize(
    ("stated", "credible"),
    [
        (Stated(AT, 0, "json_ld"), True),
        (Stated(FETCHED - timedelta(seconds=20), 0, "meta"), False),
        (Stated(FETCHED - timedelta(seconds=20), 0, "feed"), True),
        (Stated(FETCHED - timedelta(minutes=3), 0, "meta"), True),
        (Stated(FETCHED + timedelta(minutes=5), 0, "json_ld"), True),
        (Stated(FETCHED + timedelta(minutes=15), 0, "json_ld"), False),
        (Stated(datetime(1970, 1, 1, tzinfo=UTC), 0, "json_ld"), False),
        (Stated(datetime(2026, 3, 10, tzinfo=UTC), 2, "meta"), True),
    ],
)
def test_neither_the_future_nor_an_unset_field_nor_the_servers_own_clock_is_credible(
    stated: Stated, credible: bool
) -> None:
    assert is_credible(stated, FETCHED) is credible


def test_what_says_more_is_trusted_more() -> None:
    for precise, zoneless, day in CONFIDENCE.values():
        assert 1.0 > precise >= zoneless >= day > 0.0
