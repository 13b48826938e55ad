"""Forget: the order in which it is done, so that a kill at any moment leaves something that the next run finishes.

First the entry in the ledger. Then what was made from raw, while raw still knows which articles are meant; raw itself
last, in one rename. Then the tables are built anew and published, and the briefs that showed something of it are
written again. Each step finds nothing the second time, so finishing is doing it all again.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import date

import duckdb

from flows.brief import build_brief, write_brief
from flows.clock import Clock
from flows.columns import sweep
from flows.crawl.urls import NotAWebAddress, canonical_url, host_of
from flows.errors import EXIT_USAGE, NightdeskError, StopRun
from flows.forget.derived import (
    briefs_showing,
    erase_briefs,
    erase_reasons,
    erase_replies,
    erase_rows,
    erase_working_files,
)
from flows.forget.raw import rewrite_raw, settle_raw
from flows.forget.register import Entry, Kind, Selector, read_register, write_entry
from flows.forget.selection import select
from flows.ledger import close_killed_runs, home_unusable, read_manifests, run_lock
from flows.load import load_spool
from flows.model import build_models
from flows.paths import Home
from flows.publish import clear_build, publish
from flows.settings import Settings
from flows.swap import finish_swap


def selector_of(kind: Kind, value: str) -> Selector:
    """The selector of what a user wrote. Raises NightdeskError where it names nothing that could be there."""
    try:
        if kind == "url":
            return Selector(kind, canonical_url(value))
        if kind == "domain":
            return Selector(kind, host_of(canonical_url(value if "://" in value else f"http://{value}/")))
    except NotAWebAddress as refused:
        hint = "For example: --url https://example.org/a or --domain example.org"
        error = NightdeskError(f"--{kind}: {refused}", hint)
        error.exit_code = EXIT_USAGE
        raise error from refused
    return Selector(kind, value)


def plan(settings: Settings, selector: Selector) -> dict[str, int]:
    """What would go, counted; nothing is written. Rows that still wait in the spool are not among them.

    Raises Busy while a run is going on.
    """
    home = settings.paths
    with run_lock(home), _disk(home), select(home, selector) as selection:
        briefs = briefs_showing(home, selection.urls)
        return {**selection.counts, "articles": len(selection.article_ids), "briefs": len(briefs)}


def forget(settings: Settings, clock: Clock, selector: Selector) -> Entry:
    """Erase what the selector names from every layer of the home, and see to it that it is not fetched again.

    What was left unfinished before is finished first. Raises Busy while a run is going on, and what a night raises
    when the tables cannot be built: then everything is erased but the published tables, and the next run goes on.
    """
    home = settings.paths
    with run_lock(home), _disk(home):
        close_killed_runs(home, clock)
        now = clock.now()
        entry = Entry(f"{now:%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}", selector, now)
        write_entry(home, entry)
        return finish(settings, clock)[-1]


def finish(settings: Settings, clock: Clock, *, keeps_prefect: bool = False) -> list[Entry]:
    """Carry out every entry that is not finished. With the run lock held.

    keeps_prefect: Prefect's folder is left alone, for its server may be running from there.
    """
    home = settings.paths
    unfinished = read_register(home).unfinished
    if not unfinished:
        return []
    with _disk(home):
        erased = [erase(home, entry, keeps_prefect=keeps_prefect) for entry in unfinished]
        if home.database.exists():
            _rebuild(settings)
        days = sorted({day for entry in erased for day in entry.briefs})
        _write_briefs(settings, days)
        done = [replace(entry, finished_at=clock.now()) for entry in erased]
        for entry in done:
            write_entry(home, entry)
    return done


def resume(settings: Settings, clock: Clock, *, keeps_prefect: bool = False) -> None:
    """Before a night: finish what was killed. Where the tables cannot be built the night goes on and says why."""
    with suppress(StopRun):
        finish(settings, clock, keeps_prefect=keeps_prefect)


def erase(home: Home, entry: Entry, *, keeps_prefect: bool = False) -> Entry:
    """Everything but the published tables, which are built from what is left."""
    sweep(home)
    finish_swap(home)  # of a replay: its columns and briefs are the home's from then on
    load_spool(home)  # what waits there, or in dlt's folder, is found in raw
    settle_raw(home)
    with select(home, entry.selector) as selection:
        briefs = briefs_showing(home, selection.urls)
        entry = entry.found(
            {**selection.counts, "articles": len(selection.article_ids), "briefs": len(briefs)},
            sorted(selection.article_ids),
            briefs,
        )
        write_entry(home, entry)
        erase_briefs(home, entry.briefs)
        rows = erase_rows(home, selection)
        replies = erase_replies(home)
        entry = entry.found({**entry.counts, **rows, "llm_replies": replies}, (), ())
        write_entry(home, entry)
        erase_reasons(home, [entry.selector.value, *selection.urls])
        erase_working_files(home, keeps_prefect=keeps_prefect)
        rewrite_raw(home, selection)
    return entry


def _rebuild(settings: Settings) -> None:
    home = settings.paths
    clear_build(home)
    shutil.copytree(home.runs, home.build_runs, dirs_exist_ok=True)
    build_models(settings)
    publish(home)
    home.database.with_name(f"{home.database.name}.wal").unlink(missing_ok=True)


def _write_briefs(settings: Settings, days: list[str]) -> None:
    """The briefs once more, from what is left; a day without a report has the tables alone."""
    home = settings.paths
    reports = {manifest.night_date.isoformat(): asdict(manifest) for manifest in read_manifests(home)}
    for day in days if home.marts.exists() else ():
        brief = build_brief(
            home.marts, date.fromisoformat(day), settings.time_zone, settings.brief_articles, reports.get(day, {})
        )
        write_brief(home, brief)


@contextmanager
def _disk(home: Home) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise home_unusable(home, error) from error
