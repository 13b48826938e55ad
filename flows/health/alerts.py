"""What changed at the sources since the last run that reported: for the run's manifest, its report and the brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from time import monotonic

from flows.health.advice import reason_in_words
from flows.health.history import SourceHealth
from flows.health.report import open_known
from flows.health.states import FAILING, GONE, HEALTHY, REVIVED, WORST_FIRST
from flows.ledger import Manifest, Stage, read_manifests
from flows.night import Night
from flows.paths import Home
from flows.sources.files import scan_sources
from flows.sources.source import Source


@dataclass(frozen=True)
class Alert:
    """A change of state. url: of the announcement, None where the whole source changed. was: None at its first poll."""

    source_id: str
    url: str | None
    was: str | None
    state: str
    message: str


def health_stage(night: Night, manifest: Manifest) -> Manifest:
    """The alerts of the night, once what it crawled is loaded."""
    started = monotonic()
    sources = scan_sources(night.home.sources).enabled
    alerts = alerts_since(night.home, sources, reported_until(night.home, manifest), night.clock.now())
    stage = Stage("health", round(monotonic() - started, 3), {"alerts": len(alerts)})
    return replace(manifest.with_stage(stage), alerts=tuple(asdict(alert) for alert in alerts))


def reported_until(home: Home, manifest: Manifest) -> datetime:
    """The start of the first run after the last one that said what had changed: this one, or a killed one before it."""
    moment = manifest.started_at
    for earlier in reversed([one for one in read_manifests(home) if one.run_id < manifest.run_id]):
        if earlier.alerts is not None:
            break
        moment = earlier.started_at
    return moment


def alerts_since(home: Home, sources: Sequence[Source], before: datetime, now: datetime) -> list[Alert]:
    """The changes of state from one moment to another, the worst first."""
    alerts: list[Alert] = []
    with open_known(home) as known:
        then, since = known.history.healths(sources, before), known.history.healths(sources, now)
    for source in sources:
        if source.source_id in since:
            alerts += changes(source, then.get(source.source_id), since[source.source_id])
    return sorted(alerts, key=lambda alert: WORST_FIRST.index(alert.state))


def changes(source: Source, was: SourceHealth | None, now: SourceHealth) -> Iterator[Alert]:
    """The change of a source, and those of its announcements that it does not tell.

    That something is well at its first poll is none.
    """
    before = was.state if was else None
    if now.state != (before or HEALTHY):
        reason = reason_in_words(now.error_class, are_pages_vain=now.are_pages_vain)
        message = _sentence(source.name, before, now.state, reason)
        yield Alert(source.source_id, None, before, now.state, message)
    earlier = {one.url: one.health.state for one in was.announcements} if was else {}
    for one in now.announcements if len(now.announcements) > 1 else ():
        state, old = one.health.state, earlier.get(one.url)
        if state != (old or HEALTHY) and (state, old) != (now.state, before):
            message = _sentence(f"{source.name}, {one.url},", old, state, reason_in_words(one.health.error_class))
            yield Alert(source.source_id, one.url, old, state, message)


def _sentence(name: str, was: str | None, state: str, reason: str) -> str:
    if state == REVIVED:
        return f"{name} answers again after being gone"
    before = f" (was {was})" if was else ""
    if state == GONE:
        return f"{name} is gone{before}: {reason}; it is asked only now and then from here on"
    return f"{name} is {state}{before}: {reason}" if state == FAILING else f"{name} is {state}{before}"
