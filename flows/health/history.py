"""What raw holds of the sources, as health: read-only, source by source, as of any moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.health.states import FAILING, WORST_FIRST, Change, Health, PollDay, folded, judge
from flows.sources.source import Source

VAIN_PAGES = 10  # failed pages in a row, and none had since: the site answers for its feed and for nothing else
RATE_DAYS = timedelta(days=28)

_FOLDER = Path(__file__).parent
_DECLARED = pa.schema([pa.field("url", pa.string())])


@dataclass(frozen=True)
class Announcement:
    """A feed, sitemap or section page that a source's file names.

    items_per_week: new ones, of the last four weeks; without those of the first day, which had the whole backlog.
    longest_pause: between two days with new items.
    """

    url: str
    kind: str
    health: Health
    last_new_at: datetime | None
    items_per_week: float | None
    longest_pause: timedelta


@dataclass(frozen=True)
class SourceHealth:
    """A source is as well as its best announcement; but where no page can be had, it is failing.

    error_class: why its best announcement, or its pages, fail. announcements: those that have been asked so far.
    """

    source_id: str
    state: str
    since: datetime
    error_class: str | None
    are_pages_vain: bool
    announcements: tuple[Announcement, ...]

    @property
    def best(self) -> Announcement:
        """The announcement that fares best; of several, the one that the file names first."""
        return max(self.announcements, key=lambda one: WORST_FIRST.index(one.health.state))


class History:
    """Questions to a connection that has the views known_polls, known_discoveries and known_fetches of raw."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute(f"create temp table unheard_runs as {_sql('unheard_runs')}")

    def source_health(self, source: Source, until: datetime) -> SourceHealth | None:
        """How a source fared by what was asked before that moment; None where it was not asked."""
        announcements = self.announcements(source, until)
        if not announcements:
            return None
        changes = _merged([one.health.changes for one in announcements])
        told = SourceHealth(source.source_id, changes[-1].state, changes[-1].at, None, False, announcements)
        vain = self._rows("vain_pages", source, until)[0]
        if vain["pages"] >= VAIN_PAGES and WORST_FIRST.index(told.state) >= WORST_FIRST.index(FAILING):
            since = told.since if told.state == FAILING else vain["since"]
            return SourceHealth(source.source_id, FAILING, since, vain["error_class"], True, announcements)
        error_class = told.best.health.error_class
        return SourceHealth(source.source_id, told.state, told.since, error_class, False, announcements)

    def announcements(self, source: Source, until: datetime) -> tuple[Announcement, ...]:
        """Those of a source that had been asked before that moment, in the order of its file."""
        polls: dict[str, list[PollDay]] = {
            url: [_poll(row) for row in rows]
            for url, rows in groupby(self._polls(source, until), key=lambda row: str(row["announcement"]))
        }
        found = []
        for discover in source.discover:
            days = folded(polls.get(discover.url, ()))
            health = judge(days, discover.kind)
            if health is not None:
                news = [day.at for day in days if day.new_items]
                longest = max((later - earlier for earlier, later in pairwise(news)), default=timedelta(0))
                last = news[-1] if news else None
                found.append(Announcement(discover.url, discover.kind, health, last, _per_week(days), longest))
        return tuple(found)

    def _polls(self, source: Source, until: datetime) -> list[dict[str, Any]]:
        declared = [{"url": discover.url} for discover in source.discover]
        self._connection.register("declared", pa.Table.from_pylist(declared, schema=_DECLARED))
        try:
            return self._rows("polls", source, until)
        finally:
            self._connection.unregister("declared")

    def _rows(self, question: str, source: Source, until: datetime) -> list[dict[str, Any]]:
        cursor = self._connection.execute(_sql(question), {"source_id": source.source_id, "until": until})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _sql(question: str) -> str:
    return (_FOLDER / f"{question}.sql").read_text("utf-8")


def _poll(row: Mapping[str, Any]) -> PollDay:
    return PollDay(
        at=row["polled_at"],
        is_good=row["is_good"],
        error_class=None if row["is_good"] else row["error_class"],
        items=None if row["items"] is None else int(row["items"]),
        seconds=row["seconds"],
        new_items=row["new_items"],
        undated_items=row["undated_items"],
    )


def _merged(courses: Sequence[Sequence[Change]]) -> list[Change]:
    """The changes of a source whose announcements changed so: at every moment it is as well as the best of them."""
    now: dict[int, int] = {}
    merged: list[Change] = []
    moments = sorted((change.at, number, change.state) for number, course in enumerate(courses) for change in course)
    for at, number, state in moments:
        now[number] = WORST_FIRST.index(state)
        best = WORST_FIRST[max(now.values())]
        if not merged or merged[-1].state != best:
            merged.append(Change(at, best))
    return merged


def _per_week(days: Sequence[PollDay]) -> float | None:
    span = min(days[-1].at - days[0].at, RATE_DAYS)
    if span < timedelta(days=1):
        return None
    later = [day for day in days[1:] if day.at > days[-1].at - RATE_DAYS]
    return round(sum(day.new_items for day in later) / (span / timedelta(days=7)), 1)
