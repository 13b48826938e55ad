"""When a conditional request may be made.

One night's trust must never cost an article, whatever a host has earned (flows/crawl/trust.py):
- a feed, sitemap or section page is asked for conditionally only if its last full body is less than 20 hours old: a
  nightly poll always gets the whole body, and repeated runs of one day are cheap;
- an article is asked for conditionally once in a row, of a host that has proven honest three times: then a recheck
  takes the whole page, which is the test of what the host said;
- a host that lied, or whose ETags change around the same body, is asked unconditionally.
What came is compared by the hash of its body, so an unchanged body costs nothing further down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.crawl.trust import PROVEN, UNPROVEN

POLL_TRUST = timedelta(hours=20)
IN_A_ROW = {PROVEN: 3, UNPROVEN: 1}  # answers of 304 for one article before its whole page is taken


@dataclass(frozen=True)
class Validators:
    """What the last full answer said of its version, and its body's SHA-256."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The conditional request headers (RFC 9110, 13.1); none without a validator that fits into one."""
        named = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in named.items() if value and value.isascii() and value.isprintable()}


NONE = Validators()


def for_poll(last: Validators, last_full_body_at: datetime | None, now: datetime, verdict: str) -> Validators:
    """The validators to poll with: none when the last full body is too old, or the host is not believed."""
    is_fresh = last_full_body_at is not None and now - last_full_body_at < POLL_TRUST
    return last if is_fresh and verdict in IN_A_ROW else NONE


def for_recheck(last: Validators, not_modified_in_a_row: int, verdict: str) -> Validators:
    """The validators to ask for an article with: none (but the hash to compare) when the whole page is to come."""
    is_believed = not_modified_in_a_row < IN_A_ROW.get(verdict, 0)
    return last if is_believed else Validators(body_hash=last.body_hash)
