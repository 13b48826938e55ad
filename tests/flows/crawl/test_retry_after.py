"""Retry-After in both of its forms."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.crawl.pacing import retry_after_seconds

NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Tue, 10 Mar 2026 02:16:00 GMT", 60.0),
        ("Tue, 10 Mar 2026 02:16:00 -0000", 60.0),
        ("Tue, 10 Mar 2026 03:16:00 +0100", 60.0),
        ("Tue, 10 Mar 2020 02:15:00 GMT", 0.0),
        ("9" * 400, 999_999_999.0),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
        (None, None),
        ("Tue, 99 Mar 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@settings(deadline=None)
@given(st.text())
def test_no_retry_after_header_breaks_the_crawl(value: str) -> None:
    found = retry_after_seconds(value, NOW)
    assert found is None or found >= 0.0
