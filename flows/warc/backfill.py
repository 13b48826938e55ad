"""Backfill: archives into raw through the spool and the load, then what a night does with new pages.

It is a run, with a manifest: each archive stands where a night has its sources, and the stage `backfill` counts the
records: records = taken + filtered + rejected, each with its reasons. No brief is written: old pages are no news of
tonight. A killed backfill goes on where it was when it is started with the same archives and the same selection.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from flows.checkpoints import check_checkpoints
from flows.clock import Clock
from flows.crawl.crawl import SourceReport
from flows.errors import ConfigurationError, NightdeskError
from flows.ledger import Manifest, Stage, close_killed_runs, home_unusable, run_lock, write_manifest
from flows.night import (
    Night,
    answers_stage,
    close_night,
    extract_stage,
    fail_night,
    load_stage,
    model_stage,
    open_night,
    read_stage,
)
from flows.progress import Progress
from flows.publish import publish
from flows.settings import Settings
from flows.warc.bookmark import Bookmark, open_bookmark
from flows.warc.intake import Intake, open_intake
from flows.warc.reading import Opened, open_archive
from flows.warc.remote import Fetching
from flows.warc.selection import Selection

PORTION_RECORDS = 2_000  # read again at most after a kill


@dataclass(frozen=True)
class Backfill:
    """What to read: files and URLs, which part of them, and whether texts are read at once.

    fetching: how URLs are asked for.
    """

    archives: tuple[str, ...]
    selection: Selection
    fetching: Fetching
    reads: bool = True


def backfill(settings: Settings, clock: Clock, progress: Progress, wanted: Backfill) -> Manifest:
    """Read the archives. Raises ConfigurationError for a file that is not there, Busy, and what a night raises."""
    home = settings.paths
    missing = [name for name in wanted.archives if not is_url(name) and not Path(name).is_file()]
    if missing:
        raise ConfigurationError(f"there is no file {missing[0]}", "Name a WARC file, or a URL of one.")
    with run_lock(home):
        if wanted.reads:
            check_checkpoints(settings)
        close_killed_runs(home, clock)
        night, manifest = open_night(settings, clock, progress)
        try:
            load_stage(night, manifest)  # what a killed run left: the rest relies on it
            manifest, bookmarks = _backfill_stage(night, manifest, wanted)
            write_manifest(home, manifest)
            for stage in (extract_stage, read_stage, answers_stage, model_stage, _publish_stage):
                if wanted.reads:
                    manifest = stage(night, manifest)
                    write_manifest(home, manifest)
            for bookmark in bookmarks if all(bookmark.is_done for bookmark in bookmarks) else ():
                bookmark.file.unlink(missing_ok=True)
        except NightdeskError as error:
            fail_night(night, manifest, error.message)
            raise
        except OSError as error:
            unusable = home_unusable(home, error)
            fail_night(night, manifest, unusable.message)
            raise unusable from error
        closed = close_night(night, manifest)
        if not wanted.reads:
            closed = replace(closed, message=f"{closed.counts['fetched']} pages taken; the next night reads them")
            write_manifest(home, closed)
        return closed


def is_url(name: str) -> bool:
    """Whether an archive is named by a URL."""
    return name.lower().startswith(("http://", "https://"))


def _backfill_stage(night: Night, manifest: Manifest, wanted: Backfill) -> tuple[Manifest, list[Bookmark]]:
    started = monotonic()
    bookmarks: list[Bookmark] = []
    reports: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    with closing(open_intake(night, wanted.selection)) as intake:
        for name in wanted.archives:
            bookmark = open_bookmark(night.home, name, wanted.selection, _identity(name))
            before, own = dict(intake.pages), monotonic()
            if not bookmark.is_done:
                with open_archive(name, bookmark, wanted.fetching) as opened:
                    bookmark = _read(night, opened, bookmark, intake)
            bookmarks.append(bookmark)
            made = {key: number - before[key] for key, number in intake.pages.items()}
            reports.append(_report(name, bookmark, made, monotonic() - own))
            counts += bookmark.counts
        intake.load()
        new_rows = {f"new_{name}": rows for name, rows in intake.new_rows.items()}
    told = {_stage_name(key): number for key, number in sorted(counts.items())}
    stage = Stage("backfill", round(monotonic() - started, 3), {"records": counts.total(), **told, **new_rows})
    run = {name: sum(report[name] for report in reports) for name in ("due", "fetched", "refused", "failed")}
    return replace(manifest.with_stage(stage, **run), sources=tuple(reports)), bookmarks


def _read(night: Night, opened: Opened, bookmark: Bookmark, intake: Intake) -> Bookmark:
    """One archive from its bookmark to its end, portion by portion; returns where it stands now."""
    passed = bookmark.records if opened.from_start else 0
    intake.taker.counts = bookmark.counts
    safe = bookmark.copy()
    for record in opened.archive:
        if passed:
            passed -= 1
            continue
        if intake.taker.is_between and (bookmark.records - safe.records >= PORTION_RECORDS or intake.is_full):
            bookmark.offset = opened.archive.offset if opened.archive.is_indexed else None
            bookmark.identity = opened.identity
            intake.spool()
            bookmark.write()
            safe = bookmark.copy()
            night.progress("backfill", opened.archive.offset // 1_000_000, opened.size // 1_000_000)
        intake.taker.take(record)
        bookmark.records += 1
    if opened.failure:  # of the connection, not of the archive: another time it may be read on from here
        intake.drop()
        safe.broken = opened.failure[:500]
        safe.write()
        return safe
    intake.taker.end()
    if opened.archive.broken:
        bookmark.counts["rejected broken_archive"] += 1
        at, why = opened.archive.broken.offset, opened.archive.broken.message
        bookmark.broken = f"broken at byte {at} of {opened.size or 'an unknown number'}, not read on: {why}"[:500]
    intake.spool()
    bookmark.is_done = True
    bookmark.write()
    return bookmark


def _publish_stage(night: Night, manifest: Manifest) -> Manifest:
    started = monotonic()
    published = publish(night.home)
    counts = {"marts": len(published.marts), "database_bytes": published.database_bytes}
    return manifest.with_stage(Stage("publish", round(monotonic() - started, 3), counts))


def _identity(name: str) -> str:
    if is_url(name):
        return ""
    known = Path(name).stat()
    return f"{known.st_size} {known.st_mtime_ns}"


def _report(name: str, bookmark: Bookmark, pages: dict[str, int], seconds: float) -> dict[str, Any]:
    """The archive in the place of a source."""
    report = SourceReport(
        source_id=name,
        status="failed" if bookmark.broken else "ok",
        reason=bookmark.broken or None,
        due=sum(pages.values()),
        seconds=round(seconds, 3),
        **pages,
    )
    return asdict(report)


def _stage_name(key: str) -> str:
    return key.replace(" ", "_")


def outcomes(manifest: Manifest) -> dict[str, int]:
    """What became of the records of a backfill: records, taken, filtered_<reason>, rejected_<reason>."""
    stage = next(stage for stage in manifest.stages if stage.name == "backfill")
    return {name: number for name, number in stage.counts.items() if not name.startswith("new_")}


def names(archives: Sequence[str]) -> tuple[str, ...]:
    """The archives as they are kept in a bookmark: files by their whole path."""
    return tuple(name if is_url(name) else str(Path(name).absolute()) for name in archives)
