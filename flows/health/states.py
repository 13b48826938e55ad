"""The state of one announcement (a feed, sitemap or section page), judged from its polls, day by day.

A pure function over rows. Days count, not polls: a second run of the same day is no second failure, and a good poll
makes a good day. Every failed day adds to a weight, every good one divides it, so that one bad night is weather, every
second night bad is trouble, and weeks without an answer are an end. States are entered at one limit and left at a
better one (weights by day: 0.3 and 1.25, shares: a half and four fifths), so that none of them flaps.

From the worst to the best:
gone      failing beyond the limit: retired, that is asked only now and then (`next_probe_at`)
failing   it does not answer as it should, or has not done so for long enough again
empty     it answers, and announces nothing
undated   it is a feed, and its items have no dates
slow      it answers, slowly by its own past
revived   it was gone and answers again; healthy once the weight has worn off
healthy
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flows.health.pace import Pace

GONE, FAILING, EMPTY, UNDATED, SLOW, REVIVED, HEALTHY = (
    "gone", "failing", "empty", "undated", "slow", "revived", "healthy",
)  # fmt: skip
WORST_FIRST = (GONE, FAILING, EMPTY, UNDATED, SLOW, REVIVED, HEALTHY)

# What a failed day weighs. A timeout, a 5xx, a 429, a 403, a certificate or a page in the feed's place heals more often
# than not; an address or a name that is not there seldom does; 410 says itself that it will not.
SOFT_WEIGHT = 1.0
HARD_WEIGHT = 2.0
HARD = frozenset({"http_404", "dns", "bad_url", "robots_disallowed"})
FINAL_WEIGHT = 7.0  # two days of it: one night's misconfiguration retires nobody
FINAL = frozenset({"http_410"})
NOT_ASKED = frozenset({"deadline", "retry_after", "cancelled"})  # the poll did not get its turn, and tells nothing

GOOD_DAY_LEAVES = 0.25  # of the weight
FAILING_FROM = 1.25  # two timeouts in a row, or every second day (1, 1.25, ...); every third day stays below
HEALED_BELOW = 0.3  # out of every second day's failures: two good days in a row
GONE_FROM = 14.0  # two weeks of timeouts, a week of 404, two days of 410

PROBE_PAUSE = timedelta(days=7)  # the first; doubled after every vain probe, as the hope shrinks
PROBE_PAUSE_LIMIT = timedelta(days=28)  # thirteen requests a year are no burden to anybody
PROBE_SLACK = timedelta(hours=1)  # a night that starts a little earlier than the last one finds it due all the same

EMPTY_DAYS = 3  # good days in a row without an item: a weekend's empty news sitemap is two
UNDATED_SAMPLE = 20  # the latest new items
UNDATED_LEAST = 5
UNDATED_FROM = 0.8
DATED_BELOW = 0.5


@dataclass(frozen=True)
class PollDay:
    """One announcement on one UTC day: the poll that counts of it, and the URLs first seen that day.

    items: None where the answer was 304, which is as many as before. seconds: None without a full answer.
    """

    at: datetime
    is_good: bool
    error_class: str | None = None
    items: int | None = None
    seconds: float | None = None
    new_items: int = 0
    undated_items: int = 0


@dataclass(frozen=True)
class Change:
    """At that moment the state became this one."""

    at: datetime
    state: str


@dataclass(frozen=True)
class Health:
    """How an announcement fares. seconds: median of the recent full answers; probes: vain ones since it is gone."""

    state: str
    since: datetime
    last_polled_at: datetime
    last_good_at: datetime | None
    weight: float
    seconds: float | None
    undated_share: float | None
    error_class: str | None
    probes: int
    changes: tuple[Change, ...]

    @property
    def next_probe_at(self) -> datetime | None:
        """From when on a gone announcement is asked again; None for the others."""
        if self.state != GONE:
            return None
        doublings = min(self.probes, 10)
        pause: timedelta = min(PROBE_PAUSE * 2**doublings, PROBE_PAUSE_LIMIT)
        return self.last_polled_at + pause - PROBE_SLACK

    def is_due_for_probe(self, now: datetime) -> bool:
        """Whether a gone announcement may be asked at that moment."""
        return self.next_probe_at is not None and now >= self.next_probe_at


def weight_of(error_class: str | None) -> float:
    """What a failed day with that reason weighs; 0 where nobody was asked."""
    if error_class in NOT_ASKED:
        return 0.0
    if error_class in FINAL:
        return FINAL_WEIGHT
    return HARD_WEIGHT if error_class in HARD else SOFT_WEIGHT


def folded(polls: Iterable[PollDay]) -> list[PollDay]:
    """Polls as days: of each the last good one or, where none was, the worst; those that tell nothing are left out.

    What was new is the day's as it stands in every poll of it.
    """
    telling = sorted((poll for poll in polls if poll.is_good or weight_of(poll.error_class)), key=lambda poll: poll.at)
    return [
        max(group, key=lambda poll: (poll.is_good, 0.0 if poll.is_good else weight_of(poll.error_class), poll.at))
        for _, group in groupby(telling, key=lambda poll: poll.at.date())
    ]


def judge(days: Sequence[PollDay], kind: str = "feed") -> Health | None:
    """The health after these days, oldest first; None where it was never asked. Only feeds owe a date."""
    course = _Course(owes_dates=kind == "feed")
    for day in days:
        course.take(day)
    return course.health() if days else None


class _Course:
    """What the days so far have left behind."""

    def __init__(self, *, owes_dates: bool) -> None:
        self._weight = 0.0
        self._is_in_trouble = self._is_gone = self._is_revived = False
        self._is_undated = False
        self._owes_dates = owes_dates
        self._probes = self._empty_days = 0
        self._pace = Pace()
        self._new: deque[tuple[int, int]] = deque()
        self._undated_share: float | None = None
        self._last_good_at: datetime | None = None
        self._last: PollDay | None = None
        self._changes: list[Change] = []

    def take(self, day: PollDay) -> None:
        if day.is_good:
            self._take_good(day)
        else:
            self._weight = min(self._weight + weight_of(day.error_class), GONE_FROM)
            self._probes += self._is_gone
            self._is_revived = False
            self._is_in_trouble |= self._weight >= FAILING_FROM or self._last_good_at is None
            self._is_gone |= self._weight >= GONE_FROM
        self._last = day
        if not self._changes or self._changes[-1].state != self._state:
            self._changes.append(Change(day.at, self._state))

    def _take_good(self, day: PollDay) -> None:
        self._weight *= GOOD_DAY_LEAVES
        self._is_revived |= self._is_gone
        self._is_gone, self._probes, self._last_good_at = False, 0, day.at
        if self._weight < HEALED_BELOW:
            self._is_in_trouble = self._is_revived = False
        if day.items is not None:
            self._empty_days = 0 if day.items else self._empty_days + 1
            if day.seconds is not None:
                self._pace.take(day.seconds)
        elif self._empty_days:
            self._empty_days += 1
        self._take_dates(day)

    def _take_dates(self, day: PollDay) -> None:
        if not day.new_items:
            return
        self._new.append((day.new_items, day.undated_items))
        new = sum(count for count, _ in self._new)
        while new - self._new[0][0] >= UNDATED_SAMPLE:
            new -= self._new.popleft()[0]
        self._undated_share = sum(undated for _, undated in self._new) / new
        if self._owes_dates and new >= UNDATED_LEAST:
            self._is_undated = self._undated_share >= (DATED_BELOW if self._is_undated else UNDATED_FROM)

    @property
    def _state(self) -> str:
        if self._is_gone:
            return GONE
        if self._is_in_trouble:
            return REVIVED if self._is_revived else FAILING
        if self._empty_days >= EMPTY_DAYS:
            return EMPTY
        if self._is_undated:
            return UNDATED
        return SLOW if self._pace.is_slow else HEALTHY

    def health(self) -> Health:
        assert self._last is not None  # noqa: S101 - judge asks for days
        return Health(
            state=self._changes[-1].state,
            since=self._changes[-1].at,
            last_polled_at=self._last.at,
            last_good_at=self._last_good_at,
            weight=round(self._weight, 3),
            seconds=self._pace.seconds,
            undated_share=self._undated_share,
            error_class=self._last.error_class,
            probes=self._probes,
            changes=tuple(self._changes),
        )
