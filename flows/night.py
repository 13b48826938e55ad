"""The stages of a night as plain functions; flows/nightly.py hangs them into Prefect.

Each stage takes the night and its manifest so far, reads only what an earlier stage wrote to disk, and returns the
manifest with its counts.
"""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from flows.answers import answer
from flows.backends import Chosen, chosen_transforms
from flows.brief import build_brief, write_brief
from flows.clock import Clock
from flows.columns import sweep
from flows.crawl.crawl import CrawlContext, SourceReport, open_crawl
from flows.errors import HomeUnusable, SkipSource
from flows.extract import extract
from flows.gazetteer import read_own_names
from flows.ledger import COUNTS, RED, RUNNING, Manifest, Stage, home_unusable, new_run_id, write_manifest
from flows.load import load_spool
from flows.model import build_models
from flows.paths import Home
from flows.progress import Progress
from flows.publish import clear_build, publish
from flows.read import Job, read
from flows.settings import Settings
from flows.sources.files import SourceSet, source_rows
from flows.sources.source import Source
from flows.verdict import summary, verdict
from flows.version import code_version
from transforms.reader.reader import load_reader

CrawlOne = Callable[[Source, CrawlContext], Awaitable[SourceReport]]

LEAST_FREE_BYTES = 50_000_000  # below this a night could not even be recorded


@dataclass(frozen=True)
class Night:
    """One run: its settings, its clock, its id, and who is told of progress."""

    settings: Settings
    clock: Clock
    run_id: str
    progress: Progress

    @property
    def home(self) -> Home:
        return self.settings.paths


def open_night(settings: Settings, clock: Clock, progress: Progress) -> tuple[Night, Manifest]:
    """A new night with its first manifest on disk. Call it with the run lock held.

    Raises ConfigurationError where the user's gazetteer is wrong: hours later would be late to say so.
    """
    read_own_names(settings)
    night = Night(settings, clock, new_run_id(clock), progress)
    _check_space(night.home)
    started = clock.now()
    manifest = Manifest(
        run_id=night.run_id,
        night_date=started.astimezone(ZoneInfo(settings.time_zone)).date(),
        status=RUNNING,
        started_at=started,
        code_version=code_version(),
        host_pid=os.getpid(),
    )
    try:
        sweep(night.home)
        write_manifest(night.home, manifest)
    except OSError as error:
        raise home_unusable(night.home, error) from error
    clear_build(night.home)
    return night, manifest


async def crawl_stage(night: Night, manifest: Manifest, sources: SourceSet, crawl_one: CrawlOne) -> Manifest:
    """Crawl every enabled source at once, each on its own: what one of them does never ends another."""
    started = monotonic()
    enabled = sources.enabled
    reports: list[dict[str, Any]] = [_row(fault.file.stem, "skipped", fault.sentence) for fault in sources.faults]
    async with open_crawl(night.settings, night.clock, night.run_id) as context:
        known = (source for source in enabled if not context.forgotten.covers_source(source.source_id))
        context.spool.add_table("sources", source_rows(known))
        done = 0

        async def one(source: Source) -> dict[str, Any]:
            nonlocal done
            report = await _crawl_recorded(source, context, crawl_one)
            night.progress("crawl", done := done + 1, len(enabled))
            return report

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(source)) for source in enabled]
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from None  # each source says that the disk is full; once is enough
        reports += [task.result() for task in tasks]
    counts = _crawl_counts(reports)
    not_due = sum(int(report.get("not_due", 0)) for report in reports)
    stage = Stage("crawl", round(monotonic() - started, 3), {**counts, "polls_not_due": not_due})
    return replace(manifest.with_stage(stage, **counts), sources=tuple(reports))


async def _crawl_recorded(source: Source, context: CrawlContext, crawl_one: CrawlOne) -> dict[str, Any]:
    """The source's report, whatever became of it. Only a home that cannot be written stops the other sources."""
    try:
        return asdict(await crawl_one(source, context))
    except HomeUnusable:
        raise
    except SkipSource as error:
        return _row(source.source_id, "failed", error.message)
    except OSError as error:
        raise home_unusable(context.settings.paths, error) from error
    except Exception as error:
        return _row(source.source_id, "failed", f"{type(error).__name__}: {error}")


def load_stage(night: Night, manifest: Manifest) -> Manifest:
    """Drain the spool into raw.duckdb."""
    started = monotonic()
    report = load_spool(night.home)
    counts = {f"new_{name}": rows for name, rows in report.new_rows.items()}
    return manifest.with_stage(Stage("load", round(monotonic() - started, 3), counts))


def extract_stage(night: Night, manifest: Manifest) -> Manifest:
    """Pages to content and quality."""
    started = monotonic()
    settings = night.settings
    report = extract(
        night.home, night.run_id, night.clock, settings.batch_articles, night.progress, settings.extract_processes
    )
    counts = {"articles": report.kept, "rejected": report.rejected}
    after = manifest.with_stage(
        Stage("extract", round(monotonic() - started, 3), {"pages": report.pages, "revised": report.revised, **counts}),
        **counts,
    )
    return replace(after, rejected_by_reason=report.rejected_by_reason)


def read_stage(night: Night, manifest: Manifest) -> Manifest:
    """Kept texts to columns."""
    started = monotonic()
    with chosen_transforms(night.settings, night.clock, manifest.night_date) as chosen:
        report = read(read_job(night, chosen))
        counts = {"articles": report.articles, **report.rows, **chosen.counts()}
    stage = Stage("read", round(monotonic() - started, 3), counts)
    return manifest.with_stage(stage, read_articles=report.articles)


def read_job(night: Night, chosen: Chosen) -> Job:
    """The reading of a night: the reader's threads, the night's clock, and who was chosen for each column."""
    return Job(
        home=night.home,
        run_id=night.run_id,
        clock=night.clock,
        batch=night.settings.batch_articles,
        load=lambda: load_reader(night.settings.reader_threads),
        progress=night.progress,
        transforms=chosen.transforms,
    )


def answers_stage(night: Night, manifest: Manifest) -> Manifest:
    """What tonight's articles leave open to the archive, and what older ones left open to tonight's."""
    started = monotonic()
    report = answer(night.home, night.run_id, night.clock, night.clock.now())
    return manifest.with_stage(Stage("answers", round(monotonic() - started, 3), asdict(report)))


def model_stage(night: Night, manifest: Manifest) -> Manifest:
    """dbt over everything, this night included.

    The marts show the night by the verdict it will have; on disk it is running until it has ended, so dbt reads copies.
    """
    started = monotonic()
    settled = replace(manifest, status=verdict(manifest), ended_at=night.clock.now(), message=summary(manifest))
    shutil.copytree(night.home.runs, night.home.build_runs, dirs_exist_ok=True)
    write_manifest(night.home, settled, night.home.build_runs)
    report = build_models(night.settings)
    return manifest.with_stage(Stage("model", round(monotonic() - started, 3), dict(report.rows)))


def publish_stage(night: Night, manifest: Manifest) -> Manifest:
    """Swap in what was built, and write the brief from it."""
    started = monotonic()
    published = publish(night.home)
    brief = build_brief(
        night.home.marts,
        manifest.night_date,
        night.settings.time_zone,
        night.settings.brief_articles,
        {**asdict(manifest), "status": verdict(manifest)},
    )
    write_brief(night.home, brief)
    counts = {"marts": len(published.marts), "database_bytes": published.database_bytes}
    return manifest.with_stage(Stage("publish", round(monotonic() - started, 3), counts))


def close_night(night: Night, manifest: Manifest) -> Manifest:
    """The final manifest, with verdict and message, on disk."""
    closed = replace(manifest, status=verdict(manifest), ended_at=night.clock.now(), message=summary(manifest))
    write_manifest(night.home, closed)
    return closed


def fail_night(night: Night, manifest: Manifest, reason: str) -> Manifest:
    """The manifest of a night that a stage ended; on a full disk the manifest on disk stays as it was."""
    failed = replace(manifest, status=RED, ended_at=night.clock.now(), message=reason)
    try:
        write_manifest(night.home, failed)
    except OSError:
        return failed  # the caller reports the reason; the next run finds the old manifest and closes it
    return failed


def _row(source_id: str, status: str, reason: str) -> dict[str, Any]:
    return {**asdict(SourceReport(source_id=source_id, status=status)), "reason": reason}


def _crawl_counts(reports: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The sums over the sources of whatever a run counts and a source's report has."""
    counted = [name for name in COUNTS if name in SourceReport.__dataclass_fields__]
    return {name: sum(int(report.get(name, 0)) for report in reports) for name in counted}


def _check_space(home: Home) -> None:
    try:
        free = shutil.disk_usage(home.root).free
    except OSError as error:
        raise home_unusable(home, error) from error
    if free < LEAST_FREE_BYTES:
        raise HomeUnusable(
            f"{home.root} has {free // 1_000_000} MB of free disk left; a night needs {LEAST_FREE_BYTES // 1_000_000}",
            "Free some space or choose another home with --home, then run again. Nothing was lost.",
        )
