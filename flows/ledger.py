"""The run ledger: one manifest a run, and the lock that lets one run at a time into a home.

A manifest is written whole at every change, so a killed run leaves its last true state. Prefect's states are no
substitute: a killed flow stays "running" there for ever.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.clock import Clock
from flows.errors import Busy, HomeUnusable
from flows.paths import Home

RUNNING, GREEN, AMBER, RED, KILLED = "running", "green", "amber", "red", "killed"
RETIRED = "retired"  # of a source: all it announces is gone, and nothing is expected of it

COUNTS = (
    "due", "fetched", "refused", "deferred", "failed", "articles", "rejected",
    "rechecked", "unchanged", "revised", "polls", "new_items", "read_articles",
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One stage of a run: its seconds and what it counted."""

    name: str
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What one run did. Times are UTC; `night_date` is the date in the user's zone at which the run started.

    alerts: what changed at the sources (flows/health/alerts.py); None where the run did not come to say it.
    """

    run_id: str
    night_date: date
    status: str
    started_at: datetime
    code_version: str
    host_pid: int
    ended_at: datetime | None = None
    message: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    stages: tuple[Stage, ...] = ()
    sources: tuple[dict[str, Any], ...] = ()
    rejected_by_reason: dict[str, int] = field(default_factory=dict)
    alerts: tuple[dict[str, Any], ...] | None = None

    def with_stage(self, stage: Stage, **counts: int) -> "Manifest":
        """The manifest after a stage, its counts merged into the run's."""
        return replace(self, stages=(*self.stages, stage), counts={**self.counts, **counts})


def new_run_id(clock: Clock) -> str:
    """Sortable by start, unique: `20260304T021500123456Z-1f2e`."""
    return f"{clock.now():%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}"


def write_manifest(home: Home, manifest: Manifest, folder: Path | None = None) -> Path:
    """Write the manifest whole, then rename it into its place, `<home>/runs` where no other folder is given."""
    place = folder or home.runs
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{manifest.run_id}.json"
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(manifest), default=_as_text, indent=1), "utf-8")
    temporary.replace(file)
    return file


def read_manifests(home: Home) -> list[Manifest]:
    """Every manifest of the home, oldest first."""
    return [_parsed(json.loads(file.read_text("utf-8"))) for file in sorted(home.runs.glob("*.json"))]


def close_killed_runs(home: Home, clock: Clock) -> list[Manifest]:
    """Mark runs that say they are running as killed: called with the lock held, so none of them can be alive."""
    closed = []
    for manifest in read_manifests(home):
        if manifest.status == RUNNING:
            done = [stage.name for stage in manifest.stages]
            message = f"killed after {done[-1]}" if done else "killed during the crawl"
            closed.append(replace(manifest, status=KILLED, ended_at=clock.now(), message=message))
            write_manifest(home, closed[-1])
    return closed


@contextmanager
def run_lock(home: Home) -> Iterator[None]:
    """Hold the home for one run.

    The kernel drops the lock when the process dies, however it dies. Raises Busy when another run holds it, and
    HomeUnusable when the home cannot be written.
    """
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise home_unusable(home, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(handle, 200).decode("utf-8", "replace").strip() or "another process"
            raise Busy(
                f"a run is already going on in {home.root} ({holder})",
                "Wait for it to end; reading the last result meanwhile is fine: `nightdesk query`, `brief`, `search`.",
            ) from error
        _sign(handle, home)
        yield
    finally:
        os.close(handle)


def is_locked(home: Home) -> bool:
    """Whether a run holds the home at this moment."""
    try:
        handle = os.open(home.lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def is_refusal(text: str) -> bool:
    """Whether a library's message says, in the operating system's words, that the disk was not to be written."""
    return any(sign in text for sign in ("No space left", "Read-only file system", "Permission denied"))


def home_unusable(home: Home, error: OSError | duckdb.IOException) -> HomeUnusable:
    """The error for a home that the operating system refuses to write to, or DuckDB, which has an error of its own."""
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return HomeUnusable(
        f"{home.root} cannot be written: {reason}",
        "Free some space, mend the permissions, or choose another home with --home. Nothing was lost.",
    )


def _sign(handle: int, home: Home) -> None:
    try:
        os.truncate(handle, 0)
        os.write(handle, f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC".encode())
    except OSError as error:
        raise home_unusable(home, error) from error


def _as_text(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in a manifest")


def is_missing(source: Mapping[str, Any]) -> bool:
    """Whether a source of the report gave nothing, and something was expected of it."""
    return source["status"] not in ("ok", RETIRED)


def _parsed(fields: dict[str, Any]) -> Manifest:
    ended, alerts = fields["ended_at"], fields.get("alerts")
    return Manifest(
        **{
            **fields,
            "night_date": date.fromisoformat(fields["night_date"]),
            "started_at": datetime.fromisoformat(fields["started_at"]),
            "ended_at": datetime.fromisoformat(ended) if ended else None,
            "stages": tuple(Stage(**stage) for stage in fields["stages"]),
            "sources": tuple(fields["sources"]),
            "alerts": None if alerts is None else tuple(alerts),
        }
    )
