"""When a publisher's word that nothing changed is taken."""

from datetime import UTC, datetime, timedelta

import pytest

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
    assert for_poll(LAST, NOW - POLL_TRUST + timedelta(seconds=1), NOW) == LAST
    assert for_poll(LAST, NOW - POLL_TRUST, NOW) == NONE
    assert for_poll(LAST, None, NOW) == NONE


def test_an_article_is_not_asked_for_conditionally_twice_in_a_row() -> None:
    assert for_recheck(LAST, "ok") == LAST
    assert for_recheck(LAST, "not_modified").headers == {}
    assert for_recheck(LAST, "not_modified").body_hash == LAST.body_hash
