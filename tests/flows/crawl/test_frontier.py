"""The frontier over any history: nothing twice, nothing forgotten, edits looked for ever more seldom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.crawl.known import Due, Known
from flows.raw import DISCOVERIES, FETCHES, short_hash
from tests.flows.crawl.remembered import NIGHT, NOW, URL, discovery, due, fetch, item

GIVE_UP = 3
ANSWERS = st.sampled_from(
    [
        ("ok", None),
        ("ok", None),
        ("not_modified", None),
        ("failed", "timeout"),
        ("failed", "http_404"),
        ("refused", "robots_disallowed"),
        ("deferred", "over_limit"),
    ]
)
PAPER = "http://paper.example/"


@dataclass
class Archive:
    """What raw knows, growing from night to night as the frontier's articles are answered."""

    raw: Known
    rows: list[dict[str, Any]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    def frontier(self, announced: Sequence[str], now: datetime, recheck_days: int = 7) -> list[Due]:
        self.known.update(announced)
        seen = [discovery(PAPER + name) for name in sorted(self.known)]
        self.raw._connection.register("known_discoveries", pa.Table.from_pylist(seen, schema=DISCOVERIES))
        self.raw._connection.register("known_fetches", pa.Table.from_pylist(self.rows, schema=FETCHES))
        items = [item(PAPER + name) for name in announced]
        return self.raw.frontier("paper", items, now, give_up_after=GIVE_UP, recheck_days=recheck_days)

    def answer(self, one: Due, outcome: str, error_class: str | None, now: datetime) -> None:
        if outcome == "not_modified" and not one.is_recheck:
            outcome = "ok"
        if outcome == "deferred" and one.is_recheck:  # as the crawl does: it stays due
            return
        told = {"error_class": error_class, "is_recheck": one.is_recheck}
        self.rows.append(fetch(one.url, NOW - now, outcome, **told) | {"fetch_id": str(len(self.rows))})

    def answers(self, name: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["url"] == PAPER + name]

    def is_settled(self, name: str) -> bool:
        """Had, gone, or given up."""
        rows = self.answers(name)
        vain = {row["requested_at"].date() for row in rows if row["outcome"] in ("failed", "refused")}
        is_over = any(row["outcome"] == "ok" or row["error_class"] == "http_404" for row in rows)
        return is_over or len(vain) >= GIVE_UP


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_history_makes_it_hand_out_an_article_twice_or_forget_one(data: st.DataObject) -> None:
    archive = Archive(Known(None))
    now, started = NOW, 0
    for _ in range(data.draw(st.integers(2, 4))):
        announced = [f"{number}" for number in range(started, started + data.draw(st.integers(0, 4)))]
        started += len(announced)
        handed_out = archive.frontier(announced + announced[:1], now)
        names = [one.url.removeprefix(PAPER) for one in handed_out]
        assert len(set(names)) == len(names)
        refused = {name for name in archive.known if any(_is_refused_on(row, now) for row in archive.answers(name))}
        new = {name for name, one in zip(names, handed_out, strict=True) if not one.is_recheck}
        assert new == {name for name in archive.known if not archive.is_settled(name)} - refused
        assert all(any(row["outcome"] == "ok" for row in archive.answers(name)) for name in set(names) - new)
        for one in handed_out:
            outcome, error_class = data.draw(ANSWERS)
            archive.answer(one, outcome, error_class, now)
        asked_again = {one.url.removeprefix(PAPER) for one in archive.frontier([], now + timedelta(minutes=40))}
        had = {row["url"].removeprefix(PAPER) for row in archive.rows if row["outcome"] in ("ok", "not_modified")}
        answered = {row["url"].removeprefix(PAPER) for row in archive.rows if row["requested_at"] == now}
        assert not asked_again & had & answered  # a second run of the same night
        now += data.draw(st.sampled_from([timedelta(hours=2), NIGHT, 3 * NIGHT]))


def _is_refused_on(row: dict[str, Any], now: datetime) -> bool:
    requested_at: datetime = row["requested_at"]
    return row["outcome"] == "refused" and requested_at.date() == now.date()


def rechecks(ages: Iterable[timedelta], days: int = 7, columns: Path | None = None) -> list[timedelta]:
    """Of runs at those ages of an article, those in which it is looked at again."""
    archive = Archive(Known(None, columns))
    archive.rows.append(fetch(URL, timedelta(0), "ok"))
    found = []
    for age in ages:
        for one in archive.frontier([URL.removeprefix(PAPER)], NOW + age, days):
            archive.answer(one, "ok", None, NOW + age)
            found.append(age)
    return found


def every_night(length: timedelta = NIGHT, last: int = 9) -> list[timedelta]:
    return [number * length for number in range(1, last)]


def text_row(url: str, text: str, body_hash: str | None = None) -> dict[str, Any]:
    ids = {"article_id": short_hash(url), "source_id": "paper", "revision_id": text, "body_hash": body_hash or text}
    return {**ids, "words": len(text), "processed_at": NOW}


def texts(tmp_path: Path, *told: tuple[str, ...]) -> Path:
    """The column folder `content` with these texts: (article, text) or (article, text, body)."""
    folder = tmp_path / "columns" / "content" / "v3" / f"date={NOW.date()}"
    folder.mkdir(parents=True)
    rows = [text_row(*each) for each in told]
    pq.write_table(pa.Table.from_pylist(rows), folder / "rows.parquet")
    return tmp_path / "columns"


def nights(ages: list[timedelta]) -> list[int]:
    return [round(age / NIGHT) for age in ages]


@pytest.mark.parametrize("minutes", [-20, 20])
def test_a_nightly_run_looks_again_after_one_two_four_and_seven_nights(minutes: int) -> None:
    """A night that is quicker or slower than the one before comes to the same article earlier or later."""
    length = NIGHT + timedelta(minutes=minutes)
    assert nights(rechecks(every_night(length, 16), 15)) == [1, 2, 4, 7, 14]
    assert nights(rechecks(every_night(length), 3)) == [1, 2]


def test_the_pauses_between_rechecks_grow_with_age() -> None:
    hours = [*range(1, 25), *range(30, 170, 6)]
    ages = [timedelta(0), *rechecks(timedelta(hours=hour) for hour in hours)]
    pauses = [later - earlier for earlier, later in pairwise(ages)]
    assert pauses[0] == timedelta(hours=1)
    assert pauses == sorted(pauses)
    assert len(pauses) == 6


def test_what_was_edited_is_looked_at_every_night_of_a_week(tmp_path: Path) -> None:
    edited = texts(tmp_path, (URL, "first"), (URL, "second"))
    assert nights(rechecks(every_night(), columns=edited)) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(("edits", "is_eager"), [(3, True), (2, False)])
def test_a_source_that_edits_is_looked_at_as_often(tmp_path: Path, edits: int, is_eager: bool) -> None:
    others = [(f"{PAPER}{number}", text) for number in range(edits) for text in ("first", "second")]
    folder = texts(tmp_path, (URL, "only"), (URL, ""), *others)
    assert (len(rechecks(every_night(), columns=folder)) == 7) is is_eager


def test_a_new_way_of_cutting_a_text_is_no_edit(tmp_path: Path) -> None:
    folder = texts(tmp_path, (URL, "old cut"))
    newer = folder / "content" / "v10" / f"date={NOW.date()}"
    newer.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist([text_row(URL, "new cut")]), newer / "rows.parquet")
    assert nights(rechecks(every_night(), columns=folder)) == [1, 2, 4, 7]


def test_a_body_that_was_read_again_is_no_edit(tmp_path: Path) -> None:
    folder = texts(tmp_path, (URL, "first page", "body"), (URL, "both pages", "body"))
    assert nights(rechecks(every_night(), columns=folder)) == [1, 2, 4, 7]


def test_a_recheck_that_failed_waits_for_its_next_turn(tmp_path: Path) -> None:
    fetches = [fetch(URL, 2 * NIGHT, "ok"), fetch(URL, timedelta(hours=2), "failed", error_class="timeout")]
    assert due(tmp_path, fetches, [item(URL)]) == []
