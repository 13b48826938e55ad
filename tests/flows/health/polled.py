"""Histories in short hand: a letter a day, and the rows of raw that such days leave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flows.health.states import PollDay
from flows.raw import POLLS, short_hash

START = datetime(2026, 3, 1, 2, 15, tzinfo=UTC)
DAY = timedelta(days=1)

# g: good, one new item; q: good, nothing new; n: 304; e: good, no item; s: good, ten seconds; u: good, an undated item;
# t: timeout; 4: 404; 0: 410; d: no name; r: forbidden by robots.txt; x: did not get its turn; _: not asked at all
FAILURES = {"t": "timeout", "4": "http_404", "0": "http_410", "d": "dns", "r": "robots_disallowed", "x": "deadline"}


def day(letter: str, at: datetime) -> PollDay:
    if letter in FAILURES:
        return PollDay(at, is_good=False, error_class=FAILURES[letter])
    return PollDay(
        at,
        is_good=True,
        items={"n": None, "e": 0}.get(letter, 20),
        seconds={"n": None, "s": 10.0}.get(letter, 0.5),
        new_items={"g": 1, "u": 1}.get(letter, 0),
        undated_items=int(letter == "u"),
    )


def days(letters: str) -> list[PollDay]:
    return [day(letter, START + number * DAY) for number, letter in enumerate(letters) if letter != "_"]


def poll_row(url: str, at: datetime, letter: str = "g", **facts: Any) -> dict[str, Any]:
    """A row of raw.polls; a day's letter says how it went."""
    one = day(letter, at)
    outcome = "not_modified" if letter == "n" else "ok" if one.is_good else "refused" if letter == "r" else "failed"
    status = {"4": 404, "0": 410, "n": 304}.get(letter, 200 if one.is_good else None)
    told = {
        "poll_id": short_hash(f"{url}{at}"),
        "run_id": f"run {at:%m-%d}",
        "source_id": "paper",
        "url": url,
        "kind": "feed",
        "outcome": outcome,
        "status": status,
        "items": one.items or 0,
        "new_items": one.new_items,
        "error_class": one.error_class,
        "seconds": one.seconds or 0.0,
        "polled_at": at,
        "next_due_at": at + DAY,
    }
    return {**{field.name: None for field in POLLS}, **told, **facts}
