"""The health of a home: every source with its announcements, for the command line and the doctor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from flows.crawl.known import Known
from flows.crawl.trust import distrusted
from flows.errors import Busy, HomeUnusable
from flows.findings import Finding
from flows.health.advice import advice, reason_in_words
from flows.health.history import Announcement, SourceHealth
from flows.health.states import FAILING, GONE, WORST_FIRST, Health
from flows.ledger import is_locked
from flows.paths import Home
from flows.sources.files import scan_sources
from flows.sources.source import Source

NOT_ASKED = "not asked"


@dataclass(frozen=True)
class Told:
    """A source of the home, and how it fares; no health before it was asked. notes: validators that are not trusted."""

    source: Source
    health: SourceHealth | None
    notes: tuple[str, ...]

    def to_do(self, now: datetime) -> str:
        """What to do, then the notes; empty where there is nothing to say."""
        return "; ".join(filter(None, [advice(self.source.source_id, self.health, now), *self.notes]))


def home_health(home: Home, now: datetime) -> list[Told]:
    """Every enabled source, the worst first. Raises Busy while the run that is going on writes raw.duckdb."""
    with open_known(home) as known:
        sources, trusts = scan_sources(home.sources).enabled, known.trust(now)
        healths = known.history.healths(sources, now)
        told = [
            Told(source, healths.get(source.source_id), tuple(distrusted(trusts, source.source_id)))
            for source in sources
        ]
    return sorted(told, key=lambda one: (_rank(one), one.source.source_id))


@contextmanager
def open_known(home: Home) -> Iterator[Known]:
    """What raw knows, read-only; nothing before the first night. Raises Busy, HomeUnusable."""
    try:
        known = Known(home.raw_database)
    except duckdb.Error as error:
        if is_locked(home):
            raise Busy(
                f"{home.raw_database.name} is being written by the run that is going on",
                "That takes seconds: ask again. The last night's changes are in the brief: `nightdesk brief`.",
            ) from error
        reason = (str(error).splitlines() or [""])[0][:300]
        raise HomeUnusable(f"{home.raw_database} cannot be read: {reason}", "`nightdesk doctor` says more.") from error
    try:
        yield known
    finally:
        known.close()


def table(told: list[Told], now: datetime) -> list[dict[str, Any]]:
    """A line a source, and one for each of its announcements that fares otherwise than the source.

    last good: day of the last good poll; last new, a week: of new items; failures: their weight; seconds: median of the
    recent answers; undated: share of the latest new items. Of a source, the numbers are those of its best announcement.
    """
    rows = []
    for one in told:
        health = one.health
        best = health.best if health else None
        row = _line(one.source.source_id, health, best) | {"what to do": one.to_do(now)}
        rows.append(row)
        for other in health.announcements if health else ():
            if other.health.state != row["state"]:
                why = reason_in_words(other.health.error_class) if other.health.error_class else ""
                rows.append(_line(f"  {other.url}", other.health, other) | {"what to do": why})
    return rows


def _line(name: str, health: SourceHealth | Health | None, numbers: Announcement | None) -> dict[str, Any]:
    seen = numbers.health if numbers else None
    share = seen.undated_share if seen else None
    return {
        "source": name,
        "state": health.state if health else NOT_ASKED,
        "since": f"{health.since:%Y-%m-%d}" if health else None,
        "last good": f"{seen.last_good_at:%Y-%m-%d}" if seen and seen.last_good_at else None,
        "last new": f"{numbers.last_new_at:%Y-%m-%d}" if numbers and numbers.last_new_at else None,
        "a week": None if numbers is None or numbers.items_per_week is None else f"{numbers.items_per_week:.1f}",
        "failures": f"{seen.weight:.1f}" if seen else None,
        "seconds": None if seen is None or seen.seconds is None else f"{seen.seconds:.1f}",
        "undated": None if share is None else f"{share:.0%}",
    }


def as_json(told: list[Told], now: datetime) -> list[dict[str, Any]]:
    """Everything, for a program: each source with all its announcements; times, not words for them."""
    return [
        {
            "source_id": one.source.source_id,
            "name": one.source.name,
            "state": one.health.state if one.health else NOT_ASKED,
            "since": one.health.since if one.health else None,
            "error_class": one.health.error_class if one.health else None,
            "advice": advice(one.source.source_id, one.health, now),
            "notes": list(one.notes),
            "announcements": [_facts(each) for each in one.health.announcements] if one.health else [],
        }
        for one in told
    ]


def check_health(home: Home, now: datetime) -> Iterator[Finding]:
    """The doctor's word: sources that fail or are gone."""
    if not home.raw_database.exists():
        return  # other findings say that no night has been run
    try:
        told = home_health(home, now)
    except (Busy, HomeUnusable) as error:
        if isinstance(error, Busy):
            yield Finding("ok", "how the sources fare cannot be seen while the run loads")
        return  # that raw.duckdb cannot be read is a finding of its own
    bad = [f"{one.source.source_id} is {one.health.state}" for one in told if one.health and _is_lost(one.health)]
    if bad:
        mend = "`nightdesk sources health` says why, and what to do."
        yield Finding("warn", f"{len(bad)} of {len(told)} sources give nothing: {', '.join(bad)}"[:500], mend)
    else:
        yield Finding("ok", "no source is failing or gone")


def _is_lost(health: SourceHealth) -> bool:
    return health.state in (GONE, FAILING)


def _rank(one: Told) -> int:
    return len(WORST_FIRST) if one.health is None else WORST_FIRST.index(one.health.state)


def _facts(one: Announcement) -> dict[str, Any]:
    health = one.health
    return {
        "url": one.url,
        "kind": one.kind,
        "state": health.state,
        "since": health.since,
        "error_class": health.error_class,
        "failure_weight": health.weight,
        "last_polled_at": health.last_polled_at,
        "last_good_at": health.last_good_at,
        "last_new_at": one.last_new_at,
        "items_per_week": one.items_per_week,
        "median_seconds": health.seconds,
        "undated_share": health.undated_share,
        "next_probe_at": health.next_probe_at,
    }
