"""When a feed, sitemap or section page is asked again: as often as it brings news, no sooner than it wishes.

The pause follows the observed rate of new items: about the time in which one more is to be expected, a day at most as
long as the page has brought anything within a month. From then on it is a thirtieth of the silence, so that news comes
within a pause about once in thirty times. A page whose polls fail waits twice as long after each failure, but never
longer than a night. All of it lies between `poll_floor_minutes` and `poll_ceiling_hours`.

A run that comes half a day or more after the one before is a night: whatever would fall due within the next half day
is asked then, because the next night would be late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)
WINDOW = timedelta(days=14)  # over which new items are counted
STATED_WINDOW = timedelta(days=7)  # over which the items' own dates are counted
SILENCE = timedelta(days=30)  # from then on a page is asked less than daily
SILENCE_PARTS = 30
VAIN_PAUSE_LIMIT = timedelta(hours=20)  # a page that failed yesterday night is asked tonight
SLACK_LIMIT = timedelta(hours=1)  # a run that starts a little early still finds everything due
NIGHT_PAUSE = timedelta(hours=12)
POLLS_TO_KNOW = 2  # good ones: one alone says nothing of a rate

_HEAD = 20_000  # bytes of a feed in which what holds for the whole of it stands
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w+:)?updatePeriod[^>]{0,200}>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)?updateFrequency[^>]{0,200}>\s*(\d{1,4})\s*<", re.IGNORECASE)
_PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": DAY,
    b"weekly": timedelta(days=7),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}


@dataclass(frozen=True)
class Bounds:
    """No page is asked again sooner than `floor` after its last poll; none is left alone for longer than `ceiling`."""

    floor: timedelta
    ceiling: timedelta

    def within(self, pause: timedelta) -> timedelta:
        return max(min(pause, self.ceiling), self.floor)


@dataclass(frozen=True)
class PageHistory:
    """What raw.polls has of one page of one source.

    new_in_window, new_in_day: items seen for the first time in the last 14 days and in the last one, without those of
    the first run, which had the backlog; of a sitemap, those of all the source's sitemaps. failures: since the last
    good poll. last_pause: that of the last full answer.
    """

    last_polled_at: datetime
    next_due_at: datetime
    good_polls: int
    first_good_at: datetime | None
    failures: int
    last_new_at: datetime | None
    new_in_window: int
    new_in_day: int
    last_pause: timedelta | None


@dataclass(frozen=True)
class Answer:
    """A good poll as the cadence sees it. is_full: not a 304. stated_pause: what the feed itself asks for."""

    at: datetime
    new_items: int
    stated_dates: tuple[datetime, ...]
    is_full: bool
    stated_pause: timedelta = timedelta(0)


def is_due(history: PageHistory | None, now: datetime, last_run_polled_at: datetime | None) -> bool:
    """Whether a page is to be asked in a run that begins at `now`, the one before having polled when stated."""
    if history is None or history.last_polled_at > now:  # a clock that was set back
        return True
    if history.failures == 0 and history.good_polls < POLLS_TO_KNOW:
        return True
    left = history.next_due_at - now
    slack = min(SLACK_LIMIT, (history.next_due_at - history.last_polled_at) / 3)
    is_night = last_run_polled_at is not None and now - last_run_polled_at >= NIGHT_PAUSE
    return left <= (max(slack, NIGHT_PAUSE) if is_night else slack)


def pause_after(history: PageHistory | None, answer: Answer, bounds: Bounds) -> timedelta:
    """How long to wait after a good poll."""
    pause = _expected(history, answer)
    silence = _silence(history, answer)
    if silence >= SILENCE:
        pause = max(pause, silence / SILENCE_PARTS)
    pause = max(pause, min(answer.stated_pause, DAY))
    if not answer.is_full and history is not None and history.last_pause is not None:
        pause = max(pause, min(history.last_pause, DAY))  # without a body there is no word of the feed; the last stands
    return bounds.within(pause)


def pause_after_failure(history: PageHistory | None, asked_to_wait: float | None, bounds: Bounds) -> timedelta:
    """How long to wait after a poll that failed or was refused. `asked_to_wait`: seconds of Retry-After."""
    failures = min(history.failures if history else 0, 20)
    pause = min(bounds.floor * 2**failures, VAIN_PAUSE_LIMIT)
    wished = timedelta(seconds=min(asked_to_wait or 0.0, bounds.ceiling.total_seconds()))
    return bounds.within(max(pause, wished))


def stated_pause(body: bytes) -> timedelta:
    """The pause that a feed states: RSS's `ttl`, else the syndication module's period and frequency; else none."""
    head = body[:_HEAD]
    if found := _TTL.search(head):
        return timedelta(minutes=int(found[1]))
    if period := _PERIOD.search(head):
        frequency = _FREQUENCY.search(head)
        return _PERIODS[period[1].lower()] / max(1, int(frequency[1]) if frequency else 1)
    return timedelta(0)


def _expected(history: PageHistory | None, answer: Answer) -> timedelta:
    """The time in which one more item is to be expected, at most a day; zero where nothing tells."""
    gaps = [
        span / (1 + _count_since(answer.stated_dates, answer.at - span, answer.at))
        for span in (STATED_WINDOW, DAY)
        if answer.stated_dates
    ]
    if history is not None and history.first_good_at is not None:
        watched = max(answer.at - history.first_good_at, timedelta(0))
        gaps.append(min(watched, WINDOW) / (1 + history.new_in_window + answer.new_items))
        gaps.append(min(watched, DAY) / (1 + history.new_in_day + answer.new_items))
    return min([*gaps, DAY]) if gaps else timedelta(0)


def _silence(history: PageHistory | None, answer: Answer) -> timedelta:
    if history is None or answer.new_items:
        return timedelta(0)
    since = history.last_new_at or history.first_good_at
    return answer.at - since if since is not None else timedelta(0)


def _count_since(moments: Iterable[datetime], since: datetime, until: datetime) -> int:
    return sum(since < moment <= until for moment in moments)
