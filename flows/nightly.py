"""The nightly flow: crawl → load → health → extract → read → answers → model → publish.

One screen tells the whole night. The stages are plain functions in flows/night.py; here they become Prefect tasks,
one task run per source, so that a dead source is one red task and not a dead night.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import publish_artifacts
from flows.checkpoints import check_checkpoints
from flows.clock import Clock
from flows.crawl.crawl import CrawlContext, SourceReport, crawl_source
from flows.errors import NightdeskError
from flows.forget.forgetting import resume
from flows.health.alerts import health_stage
from flows.ledger import Manifest, close_killed_runs, home_unusable, run_lock, write_manifest
from flows.night import (
    Night,
    answers_stage,
    close_night,
    crawl_stage,
    extract_stage,
    fail_night,
    load_stage,
    model_stage,
    open_night,
    publish_stage,
    read_stage,
)
from flows.progress import Progress, silent
from flows.server import prefect_server
from flows.settings import Settings, load_settings
from flows.sources.files import read_sources
from flows.sources.source import Source

Stage = Callable[[Night, Manifest], Manifest]
STAGES_AFTER_CRAWL: tuple[Stage, ...] = (
    load_stage,
    health_stage,
    extract_stage,
    read_stage,
    answers_stage,
    model_stage,
    publish_stage,
)


@task(name="crawl source", task_run_name="crawl {source.source_id}", cache_policy=NO_CACHE)
async def crawl_task(source: Source, context: CrawlContext) -> SourceReport:
    """One source's crawl; raises SkipSource when the source gave nothing, which turns this task red."""
    return await crawl_source(source, context)


@task(task_run_name="{stage.__name__}", cache_policy=NO_CACHE)
def stage_task(night: Night, manifest: Manifest, stage: Stage) -> Manifest:
    """One stage after the crawl, on the whole of the night; what it did is on disk when the next one starts."""
    after = stage(night, manifest)
    write_manifest(night.home, after)
    return after


@flow(name="nightly", validate_parameters=False)
async def nightly(
    settings: Settings | None = None,
    clock: Clock | None = None,
    progress: Progress | None = None,
    home: str | None = None,
) -> Manifest:
    """One night. A deployment gives `home` alone; the command line gives what it has already read.

    Raises Busy when a run is going on, ConfigurationError without a usable source, HomeUnusable when the disk
    refuses. Whatever is raised, the manifest on disk says so.
    """
    settings = settings or load_settings(Path(home) if home else None)
    clock = clock or Clock()
    with run_lock(settings.paths):
        sources = read_sources(settings.paths.sources)
        check_checkpoints(settings)
        try:
            close_killed_runs(settings.paths, clock)
            resume(settings, clock, keeps_prefect=True)
            night, manifest = open_night(settings, clock, progress or silent)
        except OSError as error:
            raise home_unusable(settings.paths, error) from error
        try:
            load_stage(night, manifest)  # what a killed night had crawled comes first: the frontier must know it
            manifest = await crawl_stage(night, manifest, sources, crawl_task)
            write_manifest(night.home, manifest)
            for stage in STAGES_AFTER_CRAWL:
                manifest = stage_task(night, manifest, stage)
        except NightdeskError as error:
            fail_night(night, manifest, error.message)
            raise
        except OSError as error:
            unusable = home_unusable(settings.paths, error)
            fail_night(night, manifest, unusable.message)
            raise unusable from error
        manifest = close_night(night, manifest)
        await publish_artifacts(night.home, manifest)
    return manifest


def run_night(settings: Settings, clock: Clock | None = None, progress: Progress = silent) -> Manifest:
    """One night, from start to verdict, in this process; what would refuse it is asked before Prefect is started."""
    with run_lock(settings.paths):
        read_sources(settings.paths.sources)
        check_checkpoints(settings)
        resume(settings, clock or Clock())
    with prefect_server():
        return asyncio.run(nightly(settings, clock or Clock(), progress))
