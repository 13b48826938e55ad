"""Whether a host's validators (ETag, Last-Modified) tell the truth, judged by what its answers showed.

Publishers' validators lie: feeds keep their ETag after they change (mediacloud switched conditional polling off for
that), and pages keep theirs through a silent edit. Full bodies that are asked for without a condition now and then are
the test. A host that lied within the last month is asked unconditionally; one whose ETag changes while the body stays
the same gains nothing by conditions; one that passed the test several times is believed more often in a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

WINDOW = timedelta(days=30)  # what was found counts for so long; then the host is tried again
PROVEN_BY = 3  # full bodies, each the same as before the 304s that preceded it
RESTLESS_BY = 3  # changes of an ETag around the same body

LYING, RESTLESS, UNPROVEN, PROVEN = "lying", "restless", "unproven", "proven"

_SQL = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True)
class Trust:
    """What the last month showed of one host's articles, or of its feeds, sitemaps and section pages.

    compared: full bodies that could be compared with the one before. not_modified: answers of 304. lies: another body
    under the same validator, or after a 304 that its own date belies. confirmed: the same body after a 304.
    restless: the same body under another ETag.
    """

    host: str
    of_articles: bool
    source_ids: tuple[str, ...]
    compared: int
    not_modified: int
    lies: int
    confirmed: int
    restless: int
    last_lie_at: datetime | None

    @property
    def verdict(self) -> str:
        """lying, restless, unproven or proven."""
        if self.lies:
            return LYING
        if self.restless >= RESTLESS_BY and 2 * self.restless > self.compared:
            return RESTLESS
        return PROVEN if self.confirmed >= PROVEN_BY else UNPROVEN

    @property
    def is_believed(self) -> bool:
        """Whether it is asked conditionally at all."""
        return self.verdict in (UNPROVEN, PROVEN)

    @property
    def sentence(self) -> str:
        """For a person: what is not trusted, and why; empty where there is nothing to say."""
        what = "articles" if self.of_articles else "feeds"
        if self.verdict == LYING:
            return f"the validators of {self.host} ({what}) lie: {self.lies} of {self.compared} bodies changed unsaid"
        if self.verdict == RESTLESS:
            return f"the ETags of {self.host} ({what}) change around the same body, {self.restless} times"
        return ""


def read_trust(connection: duckdb.DuckDBPyConnection, now: datetime) -> tuple[Trust, ...]:
    """Every host that was asked within the last month. The connection has the view known_fetches of raw."""
    found = connection.execute(_SQL.read_text("utf-8"), {"since": now - WINDOW}).fetchall()
    return tuple(Trust(row[0], row[1], tuple(row[2]), *row[3:]) for row in found)


def distrusted(trusts: Iterable[Trust], source_id: str) -> list[str]:
    """The sentences on the hosts of one source whose validators are not believed."""
    return [trust.sentence for trust in trusts if source_id in trust.source_ids and not trust.is_believed]
