"""The nightly schedule, in this process and without a server: `nightdesk serve`.

A night that was missed, because the machine slept or the process was down, is run at once; several missed nights are
one run, since a night crawls whatever has come up since the last one.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim

from flows.clock import Clock
from flows.ledger import AMBER, GREEN, Manifest, read_manifests
from flows.settings import Settings

# Sleeping in short stretches follows a changed system clock, and a laptop's sleep.
LONGEST_SLEEP_SECONDS = 60.0


def next_night(settings: Settings, after: datetime) -> datetime:
    """The first scheduled moment after `after`, in UTC; daylight saving is the zone's business."""
    local = after.astimezone(ZoneInfo(settings.time_zone))
    return next(CronSim(settings.cron, local)).astimezone(after.tzinfo)


def last_scheduled(settings: Settings, now: datetime) -> datetime:
    """The latest scheduled moment that is not after `now`, in UTC."""
    local = now.astimezone(ZoneInfo(settings.time_zone))
    return next(CronSim(settings.cron, local, reverse=True)).astimezone(now.tzinfo)


def is_missed(settings: Settings, now: datetime) -> bool:
    """Whether the latest scheduled night has no run with a result. A home without any run has missed its first."""
    done = [manifest.started_at for manifest in read_manifests(settings.paths) if manifest.status in (GREEN, AMBER)]
    return not done or max(done) < last_scheduled(settings, now)


def serve(
    settings: Settings,
    clock: Clock,
    run: Callable[[], Manifest | None],
    sleep: Callable[[float], None],
    announce: Callable[[str], None],
) -> None:
    """Run nights on schedule until interrupted. `run` reports a night that failed by itself and returns None."""
    if is_missed(settings, clock.now()):
        announce("the last scheduled night is missing: catching up now")
        run()
    while True:
        due = next_night(settings, clock.now())
        announce(f"next night at {due.astimezone(ZoneInfo(settings.time_zone)):%Y-%m-%d %H:%M %Z}")
        while (left := (due - clock.now()).total_seconds()) > 0:
            sleep(min(left, LONGEST_SLEEP_SECONDS))
        run()
