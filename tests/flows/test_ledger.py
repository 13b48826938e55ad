"""The run ledger and the lock."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.clock import Clock
from flows.errors import Busy, HomeUnusable
from flows.ledger import (
    COUNTS,
    GREEN,
    KILLED,
    RUNNING,
    Manifest,
    Stage,
    close_killed_runs,
    is_locked,
    new_run_id,
    read_manifests,
    run_lock,
    write_manifest,
)
from flows.paths import Home

CLOCK = Clock()


def manifest(status: str, clock: Clock = CLOCK) -> Manifest:
    return Manifest(new_run_id(clock), clock.today(), status, clock.now(), "0.1.0+00000000", os.getpid())


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    home = Home(tmp_path)
    stage = Stage("crawl", 1.5, {"due": 3})
    written = replace(
        manifest(GREEN).with_stage(stage, due=3), sources=({"source_id": "a", "status": "ok"},), ended_at=CLOCK.now()
    )
    write_manifest(home, written)
    assert read_manifests(home) == [written]
    assert written.counts == {**dict.fromkeys(COUNTS, 0), "due": 3}


def test_run_ids_sort_by_start_and_differ_within_one_microsecond() -> None:
    earlier, later = Clock(timedelta(days=-1)), Clock()
    assert new_run_id(earlier) < new_run_id(later)
    assert len({new_run_id(CLOCK) for _ in range(20)}) == 20


def test_a_run_that_never_ended_is_closed_as_killed_and_says_after_which_stage(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_manifest(home, manifest(GREEN, Clock(timedelta(hours=-2))))
    write_manifest(home, manifest(RUNNING).with_stage(Stage("crawl", 1.0)))
    closed = close_killed_runs(home, CLOCK)
    assert [(run.status, run.message) for run in closed] == [(KILLED, "killed after crawl")]
    assert [run.status for run in read_manifests(home)] == [GREEN, KILLED]
    assert close_killed_runs(home, CLOCK) == []


HOLDER = """
import sys, time
from pathlib import Path
from flows.ledger import run_lock
from flows.paths import Home
with run_lock(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_second_run_is_refused_while_the_first_lives_and_let_in_once_it_is_killed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert is_locked(home)
        with pytest.raises(Busy, match=f"process {holder.pid}"), run_lock(home):
            pass
        holder.kill()
        holder.wait()
    assert not is_locked(home)
    with run_lock(home):
        assert is_locked(home)


def test_a_home_that_is_a_file_is_unusable_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeUnusable, match="cannot be written"), run_lock(Home(tmp_path / "home")):
        pass
