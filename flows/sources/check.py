"""Asking every source once: is it there, may we, what does it offer? Who answers is marked verified in its file."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from flows.clock import Clock
from flows.crawl.addresses import GuardedBackend
from flows.crawl.check import Checked, check_sources
from flows.errors import ConfigurationError
from flows.settings import Settings
from flows.sources.document import DocumentError
from flows.sources.faults import SourceFault
from flows.sources.files import SourceSet, record_verified, scan_sources
from flows.sources.source import Source

GOOD = ("ok", "not_modified")


@dataclass(frozen=True)
class SourceCheck:
    """What one source answered. robots: allowed, disallowed or unreachable; items: articles announced."""

    source_id: str
    is_reachable: bool
    robots: str
    items: int
    newest_at: datetime | None
    message: str


def check_home(
    settings: Settings, clock: Clock, names: tuple[str, ...] = (), guard: GuardedBackend | None = None
) -> tuple[tuple[SourceCheck, ...], tuple[SourceFault, ...]]:
    """The sources named, or all of them, asked at once; and the faults of the files that cannot be read.

    Raises ConfigurationError for a name that no file has, HomeUnusable where `verified_on` cannot be written.
    """
    found = scan_sources(settings.paths.sources)
    chosen = _chosen(found, names)
    polls = asyncio.run(check_sources(chosen, settings, clock, guard))
    results = []
    for source, checked in zip(chosen, polls, strict=True):
        result = _summed(source, checked)
        if result.is_reachable:
            try:
                record_verified(found.files[source.source_id], clock.now().date())
            except DocumentError as error:  # edited at this very moment: what it says now is the user's business
                result = _with_note(result, f"its file was not marked: {error.message}")
        results.append(result)
    faults = tuple(fault for fault in found.faults if not names or fault.file.stem in names)
    return tuple(results), faults


def _chosen(found: SourceSet, names: tuple[str, ...]) -> list[Source]:
    broken = {fault.file.stem for fault in found.faults}
    known = {source.source_id for source in found.sources}
    unknown = [name for name in names if name not in known | broken]
    if unknown:
        listed = ", ".join(sorted(known)) or "none"
        raise ConfigurationError(f"there is no source {unknown[0]!r}", f"Sources of this home: {listed}.")
    if not known and not broken:
        raise ConfigurationError("this home has no sources", "`nightdesk init` writes a starter pack.")
    return [source for source in found.sources if not names or source.source_id in names]


def _summed(source: Source, polls: tuple[Checked, ...]) -> SourceCheck:
    good = [poll for poll in polls if poll.outcome in GOOD]
    bad = [poll for poll in polls if poll.outcome not in GOOD]
    said = "; ".join(f"{poll.url}: {poll.error_message or poll.error_class or poll.outcome}" for poll in bad)
    items = sum(poll.items for poll in good)
    if good and not items:
        said = "; ".join(filter(None, ["it answers, but announces nothing", said]))
    return SourceCheck(
        source_id=source.source_id,
        is_reachable=bool(good),
        robots=_robots(bad, bool(good)),
        items=items,
        newest_at=max((poll.newest_at for poll in good if poll.newest_at), default=None),
        message=said[:500],
    )


def _robots(bad: list[Checked], any_good: bool) -> str:
    classes = {poll.error_class for poll in bad}
    if "robots_disallowed" in classes:
        return "disallowed"
    return "unreachable" if "robots_unreachable" in classes and not any_good else "allowed"


def _with_note(result: SourceCheck, note: str) -> SourceCheck:
    message = "; ".join(filter(None, [result.message, note]))
    return SourceCheck(
        result.source_id, result.is_reachable, result.robots, result.items, result.newest_at, message[:500]
    )
