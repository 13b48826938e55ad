"""When a publisher's word that nothing changed is taken."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.crawl.trust import LYING, PROVEN, RESTLESS, UNPROVEN
from flows.crawl.validators import NONE, POLL_TRUST, Validators, for_poll, for_recheck

NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)
LAST = Validators('"v1"', "Mon, 09 Mar 2026 12:00:00 GMT", "0" * 64)


def test_the_headers_of_a_conditional_request() -> None:
    assert LAST.headers == {"if-none-match": '"v1"', "if-modified-since": "Mon, 09 Mar 2026 12:00:00 GMT"}
    assert NONE.headers == {}


@pytest.mark.parametrize("etag", ['"v1"\r\nX-Injected: 1', '"caf\xe9"', "", "\x00"])
def test_a_validator_that_fits_into_no_header_is_not_sent(etag: str) -> None:
    assert Validators(etag, None).headers == {}


def test_a_poll_trusts_only_a_body_of_today() -> None:
    assert for_poll(LAST, NOW - POLL_TRUST + timedelta(seconds=1), NOW, UNPROVEN) == LAST
    assert for_poll(LAST, NOW - POLL_TRUST, NOW, PROVEN) == NONE
    assert for_poll(LAST, None, NOW, PROVEN) == NONE


@pytest.mark.parametrize(("verdict", "in_a_row"), [(UNPROVEN, 1), (PROVEN, 3), (LYING, 0), (RESTLESS, 0)])
def test_an_article_is_asked_for_conditionally_as_often_in_a_row_as_its_host_has_earned(
    verdict: str, in_a_row: int
) -> None:
    asked = [bool(for_recheck(LAST, number, verdict).headers) for number in range(5)]
    assert asked == [True] * in_a_row + [False] * (5 - in_a_row)
    assert for_recheck(LAST, in_a_row, verdict).body_hash == LAST.body_hash


@pytest.mark.parametrize("verdict", [LYING, RESTLESS])
def test_a_host_that_is_not_believed_is_polled_without_a_condition(verdict: str) -> None:
    assert for_poll(LAST, NOW - timedelta(hours=1), NOW, verdict) == NONE
