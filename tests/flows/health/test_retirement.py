"""When a gone announcement is asked again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from flows.health.retirement import retired
from tests.flows.health.polled import DAY, START
from tests.flows.health.test_history import FEED, OTHER, PAPER, TWO, history, polls

LAST = START + 3 * DAY


def test_only_what_is_gone_is_retired_and_due_after_its_pause(tmp_path: Path) -> None:
    rows = polls(FEED, "gg00") + polls(OTHER, "gg44")
    with history(tmp_path, rows) as told:
        for hours, is_due in ((24, False), (7 * 24 - 2, False), (7 * 24 - 1, True), (400, True)):
            assert {url: one.is_due for url, one in retired(TWO, told, LAST + timedelta(hours=hours)).items()} == {
                FEED: is_due
            }
        [one] = retired(TWO, told, LAST + DAY).values()
    assert one.sentence == "gone since 2026-03-04, the server answers 410; asked again from 2026-03-11"


def test_a_check_that_reached_the_source_since_it_was_last_asked_makes_it_due_at_once(tmp_path: Path) -> None:
    with history(tmp_path, polls(FEED, "gg00")) as told:
        for verified_on, is_due in ((None, False), (date(2026, 3, 3), False), (date(2026, 3, 4), True)):
            source = PAPER.model_copy(update={"verified_on": verified_on})
            assert retired(source, told, LAST + DAY)[FEED].is_due is is_due


def test_before_anything_is_known_nothing_is_retired(tmp_path: Path) -> None:
    with history(tmp_path) as told:
        assert retired(PAPER, told, START) == {}
