"""The doctor: what is wrong with this installation and this home, in words, and how to mend it. It changes nothing."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import duckdb
from pydantic_settings import EnvSettingsSource

from flows.checkpoints import check_backends
from flows.clock import Clock
from flows.findings import Check, Finding, findings_of
from flows.health.report import check_health
from flows.installation import PACKAGE, installation_checks
from flows.ledger import AMBER, KILLED, RED, RUNNING, is_locked, read_manifests
from flows.paths import Home
from flows.raw import RAW_TABLES
from flows.settings import ENVIRONMENT_PREFIX, Settings
from flows.sources.files import scan_sources

SPACE_WARN_BYTES = 2_000_000_000
SPACE_FAIL_BYTES = 200_000_000
STALE_NIGHT = timedelta(hours=36)


def diagnose(settings: Settings, clock: Clock | None = None) -> list[Finding]:
    """Everything looked at, in the order in which it matters. Never raises, however broken the installation is."""
    home = settings.paths
    clock = clock or Clock()
    checks: list[tuple[str, Check]] = [
        *installation_checks(),
        ("the clock", partial(check_clock, clock)),
        ("the home", partial(check_home, home)),
        ("the disk", partial(check_space, home)),
        ("the settings", partial(check_settings, settings)),
        ("the backends", partial(check_backends, settings)),
        ("the sources", partial(check_sources, home)),
        ("the health of the sources", partial(check_health, home, clock.now())),
        ("the gazetteer", partial(check_gazetteer, settings)),
        ("the runs", partial(check_runs, home, clock)),
        ("what waits", partial(check_waiting, home)),
        ("raw.duckdb", partial(check_raw, home)),
        ("nightdesk.duckdb", partial(check_database, home)),
    ]
    return list(findings_of(checks))


def check_clock(clock: Clock) -> Iterator[Finding]:
    """The clock is not before the day this version was installed."""
    now = clock.now()
    files = importlib.metadata.distribution(PACKAGE).files or []
    dates = [os.path.getmtime(path) for file in files if os.path.exists(path := str(file.locate()))]  # noqa: PTH204, PTH110 - strings
    installed = datetime.fromtimestamp(min(dates, default=0), UTC)
    if now < installed - timedelta(days=1):
        message = f"the clock says {now:%Y-%m-%d %H:%M} UTC, before Nightdesk was installed"
        yield Finding("fail", message, "Set the clock of this machine: every date that Nightdesk writes comes from it.")
    else:
        yield Finding("ok", f"the clock says {now:%Y-%m-%d %H:%M} UTC")


def check_home(home: Home) -> Iterator[Finding]:
    """The home can be written, or made."""
    if home.root.exists() and not home.root.is_dir():
        yield Finding("fail", f"the home {home.root} is not a folder", "Choose another with --home.")
        return
    place = _nearest(home.root)
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"x" * 4096)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        mend = "Mend its permissions, free some space, or choose another home with --home."
        yield Finding("fail", f"{place} cannot be written: {reason}", mend)
        return
    if place == home.root:
        yield Finding("ok", f"the home {home.root} can be written")
    else:
        yield Finding("warn", f"there is no home in {home.root} yet", "`nightdesk init` makes one.")


def check_space(home: Home) -> Iterator[Finding]:
    """Enough of the disk is free."""
    free = shutil.disk_usage(_nearest(home.root)).free
    what = f"{free / 1e9:.1f} GB of disk free"
    mend = "Free some space. A night of a thousand pages takes about 0.2 GB."
    if free < SPACE_FAIL_BYTES:
        yield Finding("fail", f"only {what}", mend)
    elif free < SPACE_WARN_BYTES:
        yield Finding("warn", f"only {what}", mend)
    else:
        yield Finding("ok", what)


def check_settings(settings: Settings) -> Iterator[Finding]:
    """Every setting in force and where it comes from; a missing contact is a warning."""
    file = settings.paths.settings_file
    try:
        written = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    except (OSError, ValueError) as error:
        yield Finding("fail", f"{file} cannot be read: {error}", "Mend the line named, or delete the file.")
        return
    from_environment = EnvSettingsSource(Settings)()
    for name in Settings.model_fields:
        if name in from_environment and name != "home":  # the command line passes the home on by its variable
            origin = f"from {ENVIRONMENT_PREFIX}{name.upper()}"
        else:
            origin = f"from {file}" if name in written else "" if name == "home" else "the default"
        value = getattr(settings, name)
        shown = str(value) if isinstance(value, Path) else repr(value)
        yield Finding("ok", f"setting {name} = {shown}" + (f" ({origin})" if origin else ""))
    if not settings.contact:
        mend = f'Write `contact = "https://..."` into {file}: it is sent with every request, as crawlers ought to.'
        yield Finding("warn", "no contact is set: the operators of your sources cannot reach you", mend)


def check_gazetteer(settings: Settings) -> Iterator[Finding]:
    """The user's own names of companies and places: how many, or what is wrong with the file."""
    from flows.errors import ConfigurationError
    from flows.gazetteer import read_own_names

    try:
        own = read_own_names(settings)
    except ConfigurationError as error:
        yield Finding("fail", error.message, error.hint)
        return
    file = settings.paths.root / settings.gazetteer
    what = f"{file} has {own.rows} rows, {len(own.names)} names" if own.rows else "there is no gazetteer of your own"
    yield Finding("ok", what)


def check_sources(home: Home) -> Iterator[Finding]:
    """The source files: how many are good, and every fault of the others."""
    found = scan_sources(home.sources)
    for fault in found.faults:
        yield Finding("warn" if found.enabled else "fail", fault.sentence, fault.hint)
    if not found.enabled:
        mend = "`nightdesk init` writes a starter pack; `nightdesk sources add URL` adds one."
        yield Finding("fail", f"there is no source to crawl in {home.sources}", mend)
        return
    unverified = sum(source.verified_on is None for source in found.enabled)
    what = f"{len(found.enabled)} of {len(found.sources)} sources are switched on"
    if unverified:
        yield Finding("warn", f"{what}; {unverified} have never been reached", "Ask them: `nightdesk sources check`.")
    else:
        yield Finding("ok", what)


def check_runs(home: Home, clock: Clock) -> Iterator[Finding]:
    """A run that is going on, a run that was killed, and how the last night ended."""
    going_on = is_locked(home)
    if going_on:
        yield Finding("ok", f"a run is going on ({home.lock.read_text('utf-8', 'replace').strip()[:200]})")
    try:
        manifests = read_manifests(home)
    except (ValueError, KeyError, TypeError, OSError) as error:
        mend = f"Move the damaged file out of {home.runs}."
        yield Finding("fail", f"the report of a run cannot be read: {type(error).__name__}: {error}"[:400], mend)
        return
    if not going_on and any(manifest.status == RUNNING for manifest in manifests):
        mend = "Nothing to do: the next run sweeps up behind it and goes on where it stood."
        yield Finding("warn", "a run was killed before its end", mend)
    ended = [manifest for manifest in manifests if manifest.status != RUNNING]
    if not ended:
        yield Finding("warn", "no night has been run here yet", "Start one: `nightdesk run`.")
        return
    last = ended[-1]
    what = f"the last night, {last.night_date}, ended {last.status}" + (f": {last.message}" if last.message else "")
    if last.status in (RED, KILLED):
        yield Finding("fail" if last.status == RED else "warn", what, "Run it again: `nightdesk run`.")
    elif last.status == AMBER:
        yield Finding("warn", what, "Ask the sources that are missing: `nightdesk sources check`.")
    else:
        yield Finding("ok", what)
    if clock.now() - last.started_at > STALE_NIGHT:
        mend = "`nightdesk serve` runs one every night."
        yield Finding("warn", f"that was {(clock.now() - last.started_at).days} days ago", mend)


def check_waiting(home: Home) -> Iterator[Finding]:
    """Crawl records that no run has loaded yet, and a build that was never published."""
    if is_locked(home):
        return  # the run that is going on is at work with both
    waiting = sum(1 for _ in home.spool.glob("*/*.parquet"))
    if waiting:
        what = f"{waiting} files of a crawl wait to be loaded"
        yield Finding("warn", what, "Nothing is lost: the next run loads them first.")
    if home.build_database.exists():
        what = f"{home.build} holds the unfinished work of a killed run"
        yield Finding("warn", what, "Nothing to do: the next run clears it.")


def check_raw(home: Home) -> Iterator[Finding]:
    """The archive can be opened and read."""
    if not home.raw_database.exists():
        yield Finding("ok", "raw.duckdb is not there yet: the first night makes it")
        return
    try:
        with duckdb.connect(str(home.raw_database), read_only=True) as connection:
            counts = {
                name: count
                for table in RAW_TABLES
                for name, count in connection.execute(
                    "select table_name, estimated_size from duckdb_tables() "
                    "where schema_name = 'main' and table_name = ?",
                    [table.name],
                ).fetchall()
            }
    except (duckdb.Error, OSError) as error:
        reason = (str(error).splitlines() or [""])[0][:300]
        if is_locked(home):
            yield Finding("ok", "raw.duckdb is being written by the run that is going on")
        else:
            mend = "If another program holds it open, close that. If the file is damaged, put back its last copy."
            yield Finding("fail", f"raw.duckdb cannot be opened: {reason}", mend)
        return
    rows = ", ".join(f"{count} {name}" for name, count in counts.items())
    yield Finding("ok", f"raw.duckdb can be read: {rows or 'empty'}")


def check_database(home: Home) -> Iterator[Finding]:
    """The published database can be asked."""
    from flows.errors import NightdeskError, NothingThere
    from flows.query import open_published

    try:
        with open_published(home) as connection:
            found = connection.execute("select count(*) from main.articles").fetchone()
    except NothingThere as error:
        yield Finding("warn", error.message, error.hint)
        return
    except (NightdeskError, duckdb.Error) as error:
        reason = (str(error).splitlines() or [""])[0][:300]
        mend = "The next run writes it anew: `nightdesk run`."
        yield Finding("fail", f"the published database cannot be asked: {reason}", mend)
        return
    yield Finding("ok", f"the published database holds {found[0] if found else 0} articles")


def _nearest(path: Path) -> Path:
    """The path itself where it is there, else the nearest folder above that is."""
    return next((place for place in (path, *path.parents) if place.is_dir()), Path("/"))
