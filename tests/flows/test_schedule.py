"""The schedule: daylight saving, missed nights, one run for several of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.clock import Clock
from flows.ledger import AMBER, GREEN, KILLED, RED, Manifest, new_run_id, write_manifest
from flows.schedule import is_missed, last_scheduled, next_night, serve
from flows.settings import Settings


def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, cron="15 2 * * *", time_zone="Europe/Zurich")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2026, 1, 10, 0, 0, tzinfo=UTC), datetime(2026, 1, 10, 1, 15, tzinfo=UTC)),
        (datetime(2026, 7, 10, 0, 0, tzinfo=UTC), datetime(2026, 7, 10, 0, 15, tzinfo=UTC)),
        # 2026-03-29: clocks go from 02:00 to 03:00, so there is no 02:15; the night is not skipped
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        # 2026-10-25: 02:15 comes twice; the night comes once
        (datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 26, 1, 15, tzinfo=UTC)),
    ],
)
def test_the_next_night_follows_the_zone(tmp_path: Path, after: datetime, expected: datetime) -> None:
    assert next_night(settings(tmp_path), after) == expected


def test_the_last_scheduled_night_is_at_or_before_now(tmp_path: Path) -> None:
    now = datetime(2026, 1, 10, 1, 15, tzinfo=UTC)
    assert last_scheduled(settings(tmp_path), now + timedelta(minutes=1)) == now
    assert last_scheduled(settings(tmp_path), now - timedelta(minutes=1)) == now - timedelta(days=1)


@pytest.mark.parametrize(("status", "missed"), [(GREEN, False), (AMBER, False), (RED, True), (KILLED, True)])
def test_only_a_run_with_a_result_counts_as_the_night(tmp_path: Path, status: str, missed: bool) -> None:
    now = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
    started = now - timedelta(hours=3)
    write_manifest(
        settings(tmp_path).paths, Manifest(new_run_id(Clock()), started.date(), status, started, "0.1.0+00000000", 1)
    )
    assert is_missed(settings(tmp_path), now) is missed


def test_a_home_without_a_run_has_missed_its_night(tmp_path: Path) -> None:
    assert is_missed(settings(tmp_path), datetime(2026, 1, 10, tzinfo=UTC))


@dataclass
class Simulation:
    """A clock that moves only when somebody sleeps."""

    settings: Settings
    moment: datetime
    nights: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)

    def run(self) -> Manifest:
        self.nights.append(self.moment)
        if len(self.nights) == 4:
            raise KeyboardInterrupt
        run = Manifest(f"run-{len(self.nights)}", self.moment.date(), GREEN, self.moment, "0.1.0+00000000", 1)
        write_manifest(self.settings.paths, run)
        return run


def test_serve_catches_up_once_and_then_keeps_the_schedule(tmp_path: Path) -> None:
    world = Simulation(settings(tmp_path), datetime(2026, 1, 10, 12, 0, tzinfo=UTC))
    said: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        serve(world.settings, world, world.run, world.sleep, said.append)  # type: ignore[arg-type]  # a clock we move
    first, *later = world.nights
    assert first == datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
    assert later == [datetime(2026, 1, day, 1, 15, tzinfo=UTC) for day in (11, 12, 13)]
    assert said[0] == "the last scheduled night is missing: catching up now"
    assert said[1] == "next night at 2026-01-11 02:15 CET"
