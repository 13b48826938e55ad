"""The doctor on homes in every state: nothing raises, everything wrong is named with its mend."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from flows import doctor, findings
from flows.clock import Clock
from flows.doctor import (
    check_clock,
    check_database,
    check_home,
    check_raw,
    check_runs,
    check_settings,
    check_sources,
    check_space,
    check_waiting,
    diagnose,
)
from flows.findings import Finding
from flows.init import init_home
from flows.ledger import Manifest, write_manifest
from flows.paths import Home
from flows.settings import Settings, load_settings

MANIFEST = Manifest(
    run_id="20260304T021500000000Z-0000",
    night_date=date(2026, 3, 4),
    status="green",
    started_at=datetime.now(UTC),
    code_version="0",
    host_pid=1,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    init_home(home, ("world",), "https://example.org/me")
    return home


@contextmanager
def running(home: Home) -> Iterator[None]:
    """A run that holds the home, as another process would: a lock belongs to an open file, not to a process."""
    with home.lock.open("w") as lock:
        lock.write("process 12345 since 2026-03-04 02:15:00 UTC")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def levels(found: Iterator[Finding]) -> list[str]:
    listed = list(found)
    assert all(finding.mend for finding in listed if finding.level != "ok"), "what is wrong comes with its mend"
    return [finding.level for finding in listed]


def text(found: Iterator[Finding]) -> str:
    return "\n".join(f"{finding.level} {finding.what} {finding.mend}" for finding in found)


def test_a_clock_before_the_installation_is_wrong() -> None:
    assert levels(check_clock(Clock())) == ["ok"]
    assert levels(check_clock(Clock(offset=timedelta(days=-36500)))) == ["fail"]


def test_a_home_that_can_be_written(home: Home, tmp_path: Path) -> None:
    before = sorted(home.root.rglob("*"))
    assert levels(check_home(home)) == ["ok"]
    assert levels(check_home(Home(tmp_path / "new" / "home"))) == ["warn"]
    assert not (tmp_path / "new").exists()
    assert sorted(home.root.rglob("*")) == before


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert levels(check_home(Home(tmp_path / "file"))) == ["fail"]
    assert "folder" in text(check_home(Home(tmp_path / "file")))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system that nobody can write to")
def test_a_home_that_cannot_be_written() -> None:
    assert levels(check_home(Home(Path("/proc/self")))) == ["fail"]


@pytest.mark.parametrize(("free", "level"), [(10**12, "ok"), (10**9, "warn"), (10**8, "fail")])
def test_free_space(home: Home, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2 * 10**12, 10**12, free)
    )  # the real type
    assert levels(check_space(home)) == [level]


def test_every_setting_is_shown_with_where_it_comes_from(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIGHTDESK_CRON", "0 5 * * *")
    shown = text(check_settings(load_settings(home.root)))
    assert "cron = '0 5 * * *' (from NIGHTDESK_CRON)" in shown
    assert f"contact = 'https://example.org/me' (from {home.settings_file})" in shown
    assert "delay_seconds = 2.0 (the default)" in shown
    assert all(f"setting {name} = " in shown for name in Settings.model_fields)
    assert "warn" not in shown


def test_no_contact_is_a_warning(tmp_path: Path) -> None:
    assert levels(check_settings(Settings(home=tmp_path)))[-1] == "warn"


def test_unverified_sources_are_a_warning_and_faults_are_named(home: Home) -> None:
    assert "11 have never been reached" in text(check_sources(home))
    (home.sources / "broken.yml").write_text("name: A\nnmae: B\n")
    found = list(check_sources(home))
    assert any("broken.yml:2: unknown key `nmae`" in finding.what for finding in found)
    assert {finding.level for finding in found} == {"warn"}


def test_no_source_at_all_is_a_failure(tmp_path: Path) -> None:
    assert levels(check_sources(Home(tmp_path))) == ["fail"]


def test_a_run_that_is_going_on_is_no_fault(home: Home) -> None:
    write_manifest(home, replace(MANIFEST, status="running"))
    with running(home):
        found = text(check_runs(home, Clock()))
        assert "process 12345" in found
        assert "killed" not in found
        assert levels(check_waiting(home)) == []


def test_a_killed_run_is_told_with_what_it_left(home: Home) -> None:
    write_manifest(home, replace(MANIFEST, status="running"))
    assert "a run was killed" in text(check_runs(home, Clock()))
    (home.spool / "fetches").mkdir(parents=True)
    (home.spool / "fetches" / "a.parquet").write_bytes(b"")
    home.build.mkdir()
    home.build_database.write_bytes(b"")
    assert levels(check_waiting(home)) == ["warn", "warn"]


@pytest.mark.parametrize(("status", "level"), [("green", "ok"), ("amber", "warn"), ("red", "fail"), ("killed", "warn")])
def test_the_last_night_is_told(home: Home, status: str, level: str) -> None:
    write_manifest(home, replace(MANIFEST, status="red", run_id="20260303T021500000000Z-0000"))
    write_manifest(home, replace(MANIFEST, status=status, message="without the-post"))
    (finding,) = check_runs(home, Clock())
    assert finding.level == level
    assert finding.what == f"the last night, 2026-03-04, ended {status}: without the-post"


def test_a_night_long_past_is_a_warning(home: Home) -> None:
    write_manifest(home, replace(MANIFEST, started_at=datetime.now(UTC) - timedelta(days=5, minutes=1)))
    assert "5 days ago" in text(check_runs(home, Clock()))


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"run_id": 1}', json.dumps({"ended_at": 5})])
def test_a_damaged_report_is_named(home: Home, content: str) -> None:
    home.runs.mkdir()
    (home.runs / "x.json").write_text(content)
    assert levels(check_runs(home, Clock())) == ["fail"]


def test_the_archive(home: Home) -> None:
    assert levels(check_raw(home)) == ["ok"]
    with duckdb.connect(str(home.raw_database)) as connection:
        connection.execute("create table fetches as select * from range(3)")
    assert "3 fetches" in text(check_raw(home))
    home.raw_database.write_bytes(b"x" * 5000)
    assert levels(check_raw(home)) == ["fail"]
    with running(home):
        assert levels(check_raw(home)) == ["ok"]


def test_the_published_database(home: Home) -> None:
    assert levels(check_database(home)) == ["warn"]
    with duckdb.connect(str(home.database)) as connection:
        connection.execute("create table articles as select * from range(7)")
    assert "7 articles" in text(check_database(home))
    home.database.write_bytes(b"x" * 5000)
    assert levels(check_database(home)) == ["fail"]


def test_a_database_without_articles_is_a_failure(home: Home) -> None:
    duckdb.connect(str(home.database)).close()
    assert levels(check_database(home)) == ["fail"]


@pytest.fixture
def _without_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks of the installation take seconds and have their own tests."""
    monkeypatch.setattr(doctor, "installation_checks", list)


@pytest.mark.usefixtures("_without_installation")
def test_a_home_in_ruins_raises_nothing(home: Home) -> None:
    for path in (home.raw_database, home.database, home.runs, home.spool, home.lock, home.build_database):
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(path)
    shutil.rmtree(home.sources)
    home.sources.write_bytes(os.urandom(100))
    home.settings_file.unlink()
    home.settings_file.write_bytes(b"\xff")
    found = diagnose(Settings(home=home.root))
    assert {finding.level for finding in found} == {"ok", "warn", "fail"}
    assert all(finding.what for finding in found)


@pytest.mark.usefixtures("_without_installation")
def test_looking_changes_nothing(home: Home) -> None:
    write_manifest(home, MANIFEST)
    before = {file: file.read_bytes() for file in home.root.rglob("*") if file.is_file()}
    diagnose(Settings(home=home.root))
    assert {file: file.read_bytes() for file in home.root.rglob("*") if file.is_file()} == before


def test_the_doctor_looks_at_the_installation_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "installation_checks", lambda: [("x", lambda: [Finding("ok", "looked at x")])])
    assert findings.Finding("ok", "looked at x") in diagnose(Settings(home=home.root))
