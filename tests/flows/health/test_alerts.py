"""What changed since the last report, and where it is told."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.artifacts import alerts_table
from flows.cli.screen import screen, show_manifest
from flows.health.alerts import changes, reported_until
from flows.ledger import AMBER, GREEN, KILLED, RED, RETIRED, Manifest, read_manifests, write_manifest
from flows.paths import Home
from flows.verdict import summary, verdict
from tests.flows.health.polled import DAY, START
from tests.flows.health.test_history import FEED, OTHER, PAPER, TWO, history, page, polls

HOUR = timedelta(hours=1)


def alerts(folder: Path, letters: str, *more: dict[str, Any], source: Any = PAPER, night: int = -1) -> list[str]:
    """Those of the last night, or of another one."""
    number = night % len(letters)
    with history(folder, [*polls(FEED, letters), *more]) as told:
        was, now = (told.healths([source], START + number * DAY + hours) for hours in (-HOUR, HOUR))
        return [alert.message for alert in changes(source, was.get("paper"), now["paper"])]


@pytest.mark.parametrize(
    ("letters", "messages"),
    {
        "g": [],
        "ggg": [],
        "t": ["The Paper is failing: it does not answer in time"],
        "ggt": [],
        "ggtt": ["The Paper is failing (was healthy): it does not answer in time"],
        "ggttt": [],
        "ggtttt4": [],
        "gg00": ["The Paper is gone (was failing): the server answers 410; it is asked only now and then from here on"],
        "gg00______g": ["The Paper answers again after being gone"],
        "ggttgg": ["The Paper is healthy (was failing)"],
        "ggeee": ["The Paper is empty (was healthy)"],
    }.items(),
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_night_tells_what_changed_and_nothing_else(tmp_path: Path, letters: str, messages: list[str]) -> None:
    assert alerts(tmp_path, letters) == messages


def test_an_announcement_is_told_of_where_its_source_does_not_tell_it(tmp_path: Path) -> None:
    gone = alerts(tmp_path, "gggg", *polls(OTHER, "gg00"), source=TWO)
    assert len(gone) == 1
    assert gone[0].startswith(f"The Paper, {OTHER}, is gone (was failing): the server answers 410")
    both = alerts(tmp_path, "ggt_t", *polls(OTHER, "gg4_4"), source=TWO)
    assert both == ["The Paper is failing (was healthy): it does not answer in time"]


def test_a_site_that_gives_no_page_is_told_of_with_the_reason_of_its_pages(tmp_path: Path) -> None:
    pages = [page(number, START + DAY, "failed", "http_403") for number in range(10)]
    with history(tmp_path, polls(FEED, "gg"), fetched=pages) as told:
        was, now = (told.healths([PAPER], START + hours)["paper"] for hours in (DAY / 2, 2 * DAY))
        [alert] = changes(PAPER, was, now)
    assert alert.message == "The Paper is failing (was healthy): its pages: the server answers 403"


def manifest(number: int, status: str = GREEN, **facts: Any) -> Manifest:
    at = START + number * DAY
    made = Manifest(f"{at:%Y%m%dT%H%M%S%fZ}-0000", at.date(), status, at, "0", 1)
    return replace(made, sources=({"source_id": "paper", "status": "ok"},), **facts)


def test_what_a_killed_run_changed_is_told_by_the_next_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert reported_until(home, manifest(0)) == START
    for one in (manifest(0, alerts=()), manifest(1, KILLED), manifest(2, RED), manifest(3)):
        write_manifest(home, one)
    assert reported_until(home, manifest(3)) == START + DAY
    write_manifest(home, manifest(2, AMBER, alerts=()))
    assert reported_until(home, manifest(3)) == START + 3 * DAY


def test_a_manifest_of_an_older_version_reads_and_a_new_one_reads_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    written = manifest(0, alerts=(ALERT,))
    file = write_manifest(home, written)
    assert read_manifests(home) == [written]
    assert '"alerts"' in file.read_text("utf-8")
    old = {name: value for name, value in asdict(written).items() if name != "alerts"}
    file.write_text(json.dumps(old, default=str), "utf-8")
    assert [one.alerts for one in read_manifests(home)] == [None]


ALERT = {
    "source_id": "paper",
    "url": None,
    "was": "healthy",
    "state": "failing",
    "message": "The [red]Paper[/]\x1b[2J is failing (was healthy): it does not answer in time",
}


def test_the_report_of_a_run_tells_them_as_text_and_prefect_as_a_table() -> None:
    told = manifest(0, alerts=(ALERT,))
    with screen.capture() as shown:
        show_manifest(told)
    assert "  changed: The [red]Paper[/] [2J is failing (was healthy): it does not answer in time\n" in shown.get()
    assert alerts_table(told) == [{name: ALERT[name] for name in ("source_id", "was", "state", "message")}]
    assert alerts_table(manifest(0)) == []


@pytest.mark.parametrize(
    ("states", "colour"),
    [
        (("ok", "ok"), GREEN),
        (("ok", RETIRED), GREEN),
        (("ok", "failed"), AMBER),
        (("ok", RETIRED, "skipped"), AMBER),
        ((RETIRED, "failed"), RED),
        (("failed",), RED),
        ((RETIRED, RETIRED), AMBER),
        ((), RED),
    ],
    ids=str,
)
def test_a_retired_source_colours_no_night_unless_there_is_no_other(states: tuple[str, ...], colour: str) -> None:
    sources = tuple({"source_id": f"{number}-{state}", "status": state} for number, state in enumerate(states))
    night = replace(manifest(0), sources=sources)
    assert verdict(night) == colour
    assert RETIRED not in summary(night)
