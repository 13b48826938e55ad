"""Announcements that are gone: the crawl leaves them alone, and asks them now and then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.health.advice import reason_in_words
from flows.health.history import Announcement, History
from flows.sources.source import Source


@dataclass(frozen=True)
class Retired:
    """A gone announcement. is_due: it is to be asked now, as a probe. sentence: since when, why, until when."""

    url: str
    is_due: bool
    sentence: str


def retired(source: Source, history: History, now: datetime) -> dict[str, Retired]:
    """The retired announcements of a source by URL.

    One is due when its pause is over, or when `nightdesk sources check` has reached the source since it was last asked.
    """
    return {
        one.url: Retired(one.url, one.health.is_due_for_probe(now) or _is_reached(source, one), _sentence(one))
        for one in history.gone(source)
    }


def _is_reached(source: Source, one: Announcement) -> bool:
    """`verified_on` is a day: a check on the day of the last poll may have been later than the poll."""
    return source.verified_on is not None and source.verified_on >= one.health.last_polled_at.date()


def _sentence(one: Announcement) -> str:
    reason = reason_in_words(one.health.error_class)
    return f"gone since {one.health.since:%Y-%m-%d}, {reason}; asked again from {one.health.next_probe_at:%Y-%m-%d}"
