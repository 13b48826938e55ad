"""What raw holds of the sources, as health: read-only, of all sources at once, as of any moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.health.states import FAILING, GONE, WORST_FIRST, Change, Health, PollDay, folded, judge
from flows.sources.source import Discover, Source

VAIN_PAGES = 10  # failed pages in a row, and none had since: the site answers for its feed and for nothing else
RATE_DAYS = timedelta(days=28)

_FOLDER = Path(__file__).parent
_DECLARED = pa.schema([pa.field("source_id", pa.string()), pa.field("url", pa.string())])
_EVER = datetime.max.replace(tzinfo=UTC)


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
    """Questions to a connection that has the views known_polls, known_discoveries and known_fetches of raw.

    Raw does not change while it is open.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._gone: dict[str, tuple[Announcement, ...]] = {}
        connection.execute(f"create temp table unheard_runs as {_sql('unheard_runs')}")

    def healths(self, sources: Sequence[Source], until: datetime) -> dict[str, SourceHealth]:
        """How the sources fared by what was asked before that moment, by id; those that were not asked are left out."""
        vain = {str(row["source_id"]): row for row in self._rows("vain_pages", {"until": until})}
        return {
            source_id: _judged(source_id, announcements, vain.get(source_id))
            for source_id, announcements in self._announcements(sources, until).items()
        }

    def gone(self, source: Source) -> tuple[Announcement, ...]:
        """The announcements of a source that are gone, by all that is known."""
        if source.source_id not in self._troubled:
            return ()
        if source.source_id not in self._gone:
            found = self._announcements([source], _EVER).get(source.source_id, ())
            self._gone[source.source_id] = tuple(one for one in found if one.health.state == GONE)
        return self._gone[source.source_id]

    @cached_property
    def _troubled(self) -> frozenset[str]:
        return frozenset(str(row["source_id"]) for row in self._rows("troubled_sources", {}))

    def _announcements(self, sources: Sequence[Source], until: datetime) -> dict[str, tuple[Announcement, ...]]:
        """Those that had been asked before that moment, by source, in the order of its file."""
        polls: dict[tuple[str, str], list[PollDay]] = {}
        for row in self._polls(sources, until):
            polls.setdefault((row["source_id"], row["announcement"]), []).append(_poll(row))
        found: dict[str, tuple[Announcement, ...]] = {}
        for source in sources:
            told = [_announcement(place, polls.get((source.source_id, place.url), ())) for place in source.discover]
            if asked := tuple(one for one in told if one is not None):
                found[source.source_id] = asked
        return found

    def _polls(self, sources: Sequence[Source], until: datetime) -> list[dict[str, Any]]:
        declared = [
            {"source_id": source.source_id, "url": place.url} for source in sources for place in source.discover
        ]
        self._connection.register("declared", pa.Table.from_pylist(declared, schema=_DECLARED))
        try:
            return self._rows("polls", {"until": until})
        finally:
            self._connection.unregister("declared")

    def _rows(self, question: str, parameters: dict[str, datetime]) -> list[dict[str, Any]]:
        cursor = self._connection.execute(_sql(question), parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _judged(source_id: str, announcements: tuple[Announcement, ...], vain: Mapping[str, Any] | None) -> SourceHealth:
    last = _merged([one.health.changes for one in announcements])[-1]
    told = SourceHealth(source_id, last.state, last.at, None, are_pages_vain=False, announcements=announcements)
    if vain is not None and vain["pages"] >= VAIN_PAGES and told.state != GONE:
        since = told.since if told.state == FAILING else vain["since"]
        return replace(told, state=FAILING, since=since, error_class=vain["error_class"], are_pages_vain=True)
    return replace(told, error_class=told.best.health.error_class)


def _announcement(place: Discover, polls: Sequence[PollDay]) -> Announcement | None:
    days = folded(polls)
    health = judge(days, place.kind)
    if health is None:
        return None
    news = [day.at for day in days if day.new_items]
    longest = max((later - earlier for earlier, later in pairwise(news)), default=timedelta(0))
    return Announcement(place.url, place.kind, health, news[-1] if news else None, _per_week(days), longest)


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
