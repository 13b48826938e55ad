"""When a conditional request may be trusted.

Publishers' validators lie: feeds keep their ETag after they change (mediacloud switched conditional polling off for
that), and pages keep theirs through a silent edit. One night's trust must never cost an article, so:
- a feed, sitemap or section page is asked for conditionally only if its last full body is less than 20 hours old: a
  nightly poll always gets the whole body, and repeated runs of one day are cheap;
- an article is asked for conditionally at most once in a row: after a 304 the next recheck takes the whole page.
What came is compared by the hash of its body, so an unchanged body costs nothing further down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

POLL_TRUST = timedelta(hours=20)


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


def for_poll(last: Validators, last_full_body_at: datetime | None, now: datetime) -> Validators:
    """The validators to poll with: none when the last full body is too old to trust them."""
    return last if last_full_body_at is not None and now - last_full_body_at < POLL_TRUST else NONE


def for_recheck(last: Validators, last_outcome: str) -> Validators:
    """The validators to ask for an article with: none (but the hash to compare) when the last answer was a 304."""
    return Validators(body_hash=last.body_hash) if last_outcome == "not_modified" else last
