"""What can go wrong around a run: each is one clear sentence, a fitting exit code, and nothing lost."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.errors import EXIT_CONFIGURATION, EXIT_HOME, EXIT_NOTHING_THERE, EXIT_RED_NIGHT
from flows.ledger import read_manifests
from flows.paths import Home
from tests.flows.conftest import Desk, Night, read_marts

UNREACHABLE = """name: Nobody There
home_url: http://nobody.invalid/
language: en
discover:
  - kind: feed
    url: http://nobody.invalid/feed.xml
"""


def words(run: "subprocess.CompletedProcess[str]") -> str:
    assert "Traceback" not in run.stderr
    return run.stderr


def test_a_broken_file_an_unknown_key_and_an_unreachable_host_cost_themselves_alone(
    desk: Desk, make_home: Callable[[Path], Home], tmp_path: Path
) -> None:
    home = make_home(tmp_path / "home")
    for file in sorted(home.sources.glob("*.yml"))[1:]:
        file.unlink()
    (home.sources / "broken.yml").write_text("name: [", "utf-8")
    (home.sources / "unknown.yml").write_text(UNREACHABLE + "colour: red\n", "utf-8")
    (home.sources / "nobody.yml").write_text(UNREACHABLE, "utf-8")
    run = desk.call(home, "run")
    assert run.returncode == 0, run.stderr
    assert "amber" in run.stdout
    assert f"{home.sources / 'broken.yml'}:" in run.stdout
    assert f"{home.sources / 'unknown.yml'}:7: unknown key `colour`" in run.stdout
    assert "nobody" in run.stdout
    manifest = read_manifests(home)[-1]
    states = {source["source_id"]: source["status"] for source in manifest.sources}
    assert states.pop("nobody") == "failed"
    assert states.pop("broken") == states.pop("unknown") == "skipped"
    assert set(states.values()) == {"ok"}
    assert manifest.counts["articles"] > 0
    doctor = desk.call(home, "doctor")
    assert "unknown key `colour`" in doctor.stdout
    assert "broken.yml" in doctor.stdout
    check = desk.call(home, "sources", "check", "nobody")
    assert check.returncode == EXIT_RED_NIGHT
    assert "nobody" in check.stdout
    assert "Traceback" not in check.stderr


def test_a_run_in_which_nothing_can_be_reached_is_red_and_takes_nothing_away(undisturbed: Night, desk: Desk) -> None:
    home = undisturbed.home
    kept = {file: file.read_text("utf-8") for file in home.sources.glob("*.yml")}
    try:
        for file in kept:
            file.unlink()
        (home.sources / "nobody.yml").write_text(UNREACHABLE, "utf-8")
        run = desk.call(home, "run")
    finally:
        (home.sources / "nobody.yml").unlink()
        for file, text in kept.items():
            file.write_text(text, "utf-8")
    assert run.returncode == EXIT_RED_NIGHT
    assert "red" in run.stdout
    assert read_marts(home)["articles"] == undisturbed.marts["articles"]


def test_only_broken_files_name_file_line_and_hint(desk: Desk, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.sources.mkdir()
    (home.sources / "odd.yml").write_text(UNREACHABLE.replace("language", "langauge"), "utf-8")
    run = desk.call(home, "run")
    assert run.returncode == EXIT_CONFIGURATION
    assert f"{home.sources / 'odd.yml'}:3: unknown key `langauge`" in words(run)
    assert "Did you mean `language`?" in words(run)


def test_a_broken_setting_names_file_line_and_key(desk: Desk, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.settings_file.write_text('cron = "0 2 * * *"\nhosts_at_once = 0\n', "utf-8")
    run = desk.call(home, "run")
    assert run.returncode == EXIT_CONFIGURATION
    assert f"{home.settings_file}:2: hosts_at_once" in words(run)


@pytest.mark.parametrize("command", [("run",), ("sources", "check")], ids=" ".join)
def test_a_home_without_sources_says_how_to_begin(desk: Desk, tmp_path: Path, command: tuple[str, ...]) -> None:
    run = desk.call(Home(tmp_path), *command)
    assert run.returncode == EXIT_CONFIGURATION
    assert "nightdesk init" in words(run)


@pytest.mark.parametrize("command", [("query", "select 1"), ("search", "rain"), ("brief",)], ids=lambda c: c[0])
def test_before_the_first_night_there_is_nothing_to_read(desk: Desk, tmp_path: Path, command: tuple[str, ...]) -> None:
    run = desk.call(Home(tmp_path), *command)
    assert run.returncode == EXIT_NOTHING_THERE
    assert "nightdesk run" in words(run)


def mounted(folder: Path, options: str) -> bool:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return os.getuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that a night's first megabytes fit on, but not its database."""
    folder = tmp_path / "small"
    if not mounted(folder, "size=60m"):
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(ballast: Path) -> None:
    with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as stream:
        while stream.write(b"\0" * 100_000):
            pass


def test_a_full_disk_is_said_so_and_a_larger_one_goes_on_where_it_stopped(
    desk: Desk, make_home: Callable[[Path], Home], small_disk: Path, undisturbed: Night
) -> None:
    home = make_home(small_disk / "home")
    ballast = small_disk / "ballast"
    first = desk.start(home, "run")
    while first.poll() is None and not any(home.spool.glob("pages/*.parquet")):
        pass
    fill(ballast)  # the disk fills while the night is under way
    _, errors = first.communicate(timeout=240)
    assert first.returncode == EXIT_HOME, errors
    assert "Traceback" not in errors
    assert str(home.root) in errors
    fill(ballast)
    full = desk.call(home, "run")
    assert full.returncode == EXIT_HOME, full.stderr
    assert str(home.root) in words(full)
    ballast.unlink()
    run = desk.call(home, "run")
    assert run.returncode == 0, run.stderr
    found = read_marts(home)
    for table in ("articles", "entity_mentions", "rejections"):
        assert found[table] == undisturbed.marts[table], table


def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(
    desk: Desk, make_home: Callable[[Path], Home], tmp_path: Path
) -> None:
    folder = tmp_path / "sealed"
    if not mounted(folder, "size=20m"):
        pytest.skip("a read-only disk can only be mounted by root")
    try:
        home = make_home(folder / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        run = desk.call(home, "run")
        assert run.returncode == EXIT_HOME
        assert "cannot be written: read-only file system" in words(run)
        doctor = desk.call(home, "doctor")
        assert doctor.returncode == EXIT_CONFIGURATION
        assert "Traceback" not in doctor.stderr
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
