"""Written histories and the states that follow; what holds for every history."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.health.states import (
    EMPTY,
    FAILING,
    GONE,
    HEALTHY,
    REVIVED,
    SLOW,
    UNDATED,
    Health,
    folded,
    judge,
)
from tests.flows.health.polled import DAY, START, day, days

HISTORIES = {
    # one bad night is weather, and so is every third
    "g": HEALTHY,
    "ggt": HEALTHY,
    "ggx": HEALTHY,
    "xxxx": None,
    "_": None,
    "ggtggtggtggt": HEALTHY,
    # two in a row, or every second one, are trouble; an address that is not there is at once
    "ggtt": FAILING,
    "gtgt": FAILING,
    "gtgtgt": FAILING,
    "gtgtgtg": FAILING,
    "gg4": FAILING,
    "ggd": FAILING,
    "ggr": FAILING,
    # who never answered is not well, whatever the reason
    "t": FAILING,
    # out of it after two good days, after more where it lasted longer
    "ggttg": FAILING,
    "ggttgg": HEALTHY,
    "gg" + 12 * "t" + "gg": FAILING,
    "gg" + 12 * "t" + "ggg": HEALTHY,
    # weeks of silence, a week of 404, two days of 410
    "gg" + 13 * "t": FAILING,
    "gg" + 14 * "t": GONE,
    "gg" + 6 * "4": FAILING,
    "gg" + 7 * "4": GONE,
    "gg0": FAILING,
    "gg00": GONE,
    "gg" + 7 * "r": GONE,
    # a good day puts the end off, and does not wipe out what was
    "g" + 13 * "t" + "g" + 10 * "t": FAILING,
    "g" + 13 * "t" + "g" + 11 * "t": GONE,
    # back again: revived, and healthy once it has lasted; a failure in between is one
    "gg00______g": REVIVED,
    "gg00______gg": REVIVED,
    "gg00______ggg": HEALTHY,
    "gg00______gt": FAILING,
    "gg00______gtg": FAILING,
    "gg00______n": REVIVED,
    # answers without an item; 304 says "as before"
    "ggee": HEALTHY,
    "ggeee": EMPTY,
    "ggeen": EMPTY,
    "ggeeeq": HEALTHY,
    "eee": EMPTY,
    "ggnnnnnnnn": HEALTHY,
    "ggqqqqqqqqqqqqqqqqqqqq": HEALTHY,
    # feeds without dates: most of the latest twenty new items, and not before five
    "uuuu": HEALTHY,
    "uuuuu": UNDATED,
    20 * "g" + 15 * "u": HEALTHY,
    20 * "g" + 16 * "u": UNDATED,
    20 * "g" + 16 * "u" + 9 * "g": UNDATED,
    20 * "u" + 11 * "g": HEALTHY,
    # slow by its own past, not for having always been so
    10 * "g" + "ss": HEALTHY,
    10 * "g" + "sss": SLOW,
    10 * "g" + 80 * "s": SLOW,
    10 * "g" + "sssgg": SLOW,
    10 * "g" + "sssggg": HEALTHY,
    20 * "s": HEALTHY,
    # the worst of it counts
    "uuuuueee": EMPTY,
    "uuuuutt": FAILING,
}


@pytest.mark.parametrize(("letters", "state"), HISTORIES.items(), ids=HISTORIES.keys())
def test_a_history_has_its_state(letters: str, state: str | None) -> None:
    health = judge(folded(days(letters)))
    assert (health.state if health else None) == state


def test_only_feeds_owe_a_date() -> None:
    health = judge(days(10 * "u"), "section")
    assert health is not None
    assert (health.state, health.undated_share) == (HEALTHY, 1.0)


def test_what_takes_twenty_seconds_is_slow_whatever_its_past() -> None:
    slow = [day("g", START + number * DAY) for number in range(5)]
    health = judge([type(one)(one.at, is_good=True, items=9, seconds=25.0) for one in slow])
    assert health is not None
    assert (health.state, health.seconds) == (SLOW, 25.0)


def test_a_state_has_its_beginning_and_the_last_good_day_its_date() -> None:
    health = judged("ggg4444444____4")
    assert (health.state, health.since, health.last_good_at) == (GONE, START + 9 * DAY, START + 2 * DAY)
    assert [change.state for change in health.changes] == [HEALTHY, FAILING, GONE]
    assert health.last_polled_at == START + 14 * DAY


def test_a_day_is_good_where_one_of_its_polls_was_and_else_as_bad_as_the_worst() -> None:
    hours = [day(letter, START + timedelta(hours=number)) for number, letter in enumerate("ttgt")]
    assert [one.is_good for one in folded(hours)] == [True]
    hours = [day(letter, START + timedelta(hours=number)) for number, letter in enumerate("t4tx")]
    assert [one.error_class for one in folded(reversed(hours))] == ["http_404"]


def test_twenty_runs_of_one_bad_day_retire_nobody() -> None:
    hours = [day("t", START + 5 * DAY + timedelta(minutes=number)) for number in range(20)]
    health = judge(folded([*days("gg"), *hours]))
    assert health is not None
    assert health.state == HEALTHY


def test_probes_come_after_a_week_and_then_ever_later_up_to_four_weeks() -> None:
    letters, pauses = "gg00", []
    for _ in range(5):
        health = judged(letters)
        assert health.next_probe_at is not None
        pause = (health.next_probe_at - health.last_polled_at + timedelta(hours=1)).days
        assert not health.is_due_for_probe(health.last_polled_at + pause * DAY - timedelta(hours=2))
        assert health.is_due_for_probe(health.last_polled_at + pause * DAY)
        pauses.append(pause)
        letters += "_" * (pause - 1) + "0"
    assert pauses == [7, 14, 28, 28, 28]
    back_and_gone = judged(letters + "ggg00")
    assert back_and_gone.next_probe_at == back_and_gone.last_polled_at + timedelta(days=7, hours=-1)
    assert judged("gg").next_probe_at is None
    assert not judged("gg").is_due_for_probe(START + 99 * DAY)


TROUBLE = {GONE: 2, FAILING: 1, REVIVED: 1}
LETTERS = st.text("gqneut40drx_", min_size=1, max_size=60)


def judged(letters: str) -> Health:
    health = judge(folded(days(letters)))
    assert health is not None
    return health


@given(LETTERS, st.data())
def test_one_more_failure_never_makes_a_history_better(letters: str, data: st.DataObject) -> None:
    letters = "g" + letters
    at = data.draw(st.integers(0, len(letters) - 1))
    failure = data.draw(st.sampled_from("t40dr"))
    before, after = judged(letters), judged(letters[:at] + failure + letters[at + 1 :])
    if letters[at] in "gqneux_" or failure == "0" or (letters[at], failure) in {("t", "4"), ("t", "d"), ("t", "r")}:
        assert after.weight >= before.weight
        assert TROUBLE.get(after.state, 0) >= TROUBLE.get(before.state, 0)


@given(LETTERS, st.sampled_from("gqn"))
def test_a_good_poll_after_gone_is_revived_and_good_days_heal_for_good(letters: str, good: str) -> None:
    health = judged("g" + letters)
    after = judged("g" + letters + good)
    assert after.state == REVIVED if health.state == GONE else after.state != GONE
    assert judged("g" + letters + 40 * "g").state == HEALTHY


@given(LETTERS)
def test_changes_differ_from_one_another_and_the_last_one_is_the_state(letters: str) -> None:
    health = judged("g" + letters)
    states = [change.state for change in health.changes]
    assert all(one != other for one, other in pairwise(states))
    assert health.changes[-1].state == health.state
    assert [change.at for change in health.changes] == sorted(change.at for change in health.changes)
    assert 0 <= health.weight <= 14


@given(st.text("gt", min_size=0, max_size=3), st.integers(2, 5))
def test_a_regular_pattern_settles_in_one_state(start: str, period: int) -> None:
    """Whatever comes first, a source that fails every n-th day does not flap between two states for ever."""
    letters = "g" + start + 30 * ("g" * (period - 1) + "t")
    changed_late = [
        change for change in judged(letters).changes if change.at > START + (len(start) + 10 * period) * DAY
    ]
    assert changed_late == []
