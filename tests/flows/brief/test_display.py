"""What of the web's text and addresses may be shown, and the words for numbers and days."""

import unicodedata
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.brief.display import (
    counted,
    day_in_words,
    moment_in_words,
    reason_in_words,
    safe_url,
    tone_in_words,
    visible,
)
from tests.flows.brief.conftest import HOSTILE, SHOWN_OF_HOSTILE

ANY_TEXT = st.text() | st.text("\x00\x1b\x07\r\n\t\u2028\u202e\u2067\x9b [31m]ab")


@settings(deadline=None)
@given(ANY_TEXT)
def test_visible_text_is_one_line_without_control_or_turning_marks(text: str) -> None:
    shown = visible(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert visible(shown) == shown == shown.strip()
    letters = [c for c in text if c.isalnum()]
    assert [c for c in shown if c.isalnum()] == letters  # and nothing that can be read is lost


def test_a_hostile_title_keeps_its_words_and_loses_its_powers() -> None:
    assert visible(HOSTILE).startswith(SHOWN_OF_HOSTILE)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT://x/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "//host/path",
        "http://", "https:///path", "http://[::1", "http://a.example/ b", "http://a.example/\x1b[2J", "", None,
        "http://a.example/\u202egpj.exe", " http://a.example/", "ftp://a.example/", "http://a.example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_addresses_that_are_not_plain_web_pages_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None


@settings(deadline=None)
@given(st.text())
def test_what_is_linked_is_the_address_itself_and_of_the_web(url: str) -> None:
    for candidate in (url, f"http://a.example/{url}"):
        safe = safe_url(candidate)
        assert safe is None or (safe == candidate and urlsplit(safe).scheme in ("http", "https"))
    assert safe_url("https://a.example/x?y=1#z") == "https://a.example/x?y=1#z"


def test_days_and_moments() -> None:
    day = date(2026, 3, 4)
    assert day_in_words(day) == "Wednesday 4 March 2026"
    assert moment_in_words(datetime(2026, 3, 4, 2, 5, tzinfo=UTC), "UTC", day) == "02:05"
    assert moment_in_words(datetime(2026, 3, 3, 23, 5, tzinfo=UTC), "Europe/Zurich", day) == "00:05"
    assert moment_in_words(datetime(2026, 3, 3, 20, 5, tzinfo=UTC), "UTC", day) == "3 Mar, 20:05"
    assert moment_in_words(datetime(2025, 12, 31, 8, 0, tzinfo=UTC), "UTC", day) == "31 Dec 2025, 08:00"


def test_counts_tones_and_reasons() -> None:
    assert [counted(n, "copy", "copies") for n in (0, 1, 1200)] == ["0 copies", "1 copy", "1,200 copies"]
    assert tone_in_words("negative", -0.624) == "negative \u22120.62"
    assert tone_in_words("positive", 0.5) == "positive +0.50"
    assert (tone_in_words(None, None), tone_in_words("neutral", None)) == ("", "neutral")
    assert reason_in_words("paywall_only") == "nothing before the paywall"
    assert reason_in_words("some_new_reason") == "some new reason"
