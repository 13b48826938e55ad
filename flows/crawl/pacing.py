"""Per-host pacing, in the crawl's own event loop.

One request at a time to a host, whichever sources share it, and a pause before the next one. The pause counts from the
moment at which the head of the answer was here (without an answer: from the request's end). The host had the request by
then, so the gap in its own log is never shorter than the pause, and long pages cost no turns.

The pause is the largest of what the source, the settings and robots.txt ask for, and then:
- a host that is slow is asked less often: the pause is at least twice its latency, up to ten times its delay. That is
  the rule of Scrapy's AutoThrottle (docs.scrapy.org, topics/autothrottle) with a target concurrency of a third: a
  slower answer counts at once, a faster one by half, an error never makes us faster. Heritrix's delayFactor is the same
  idea. A delay of 0 asks for no politeness, and gets none.
- a host that says 429 or 503 is slowed down, doubling, or left alone for as long as its Retry-After asks; each good
  answer halves what was added.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from flows.clock import Clock

PATIENCE_SECONDS = 120.0  # a Retry-After beyond this ends the night for that host instead of holding the night up
ADDED_LIMIT_SECONDS = 60.0
ADDED_FIRST_SECONDS = 1.0
LATENCY_FACTOR = 2.0
LATENCY_LIMIT_DELAYS = 10.0

_SLOW_DOWN = frozenset({429, 503})

Heard = Callable[[int, str | None], None]
"""Called with the status and the Retry-After of an answer as soon as its head is here."""


class TurnTooLate(Exception):
    """The host may not be asked again tonight. `error_class` is deadline or retry_after."""

    def __init__(self, error_class: str, message: str) -> None:
        super().__init__(message)
        self.error_class = error_class


@dataclass
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    delay: float = 0.0
    added: float = 0.0
    latency: float = 0.0
    last_heard: float = float("-inf")
    hold_until: float = float("-inf")

    @property
    def next_start(self) -> float:
        slow = min(LATENCY_FACTOR * self.latency, LATENCY_LIMIT_DELAYS * self.delay)
        return max(self.last_heard + max(self.delay, slow) + self.added, self.hold_until)

    def answered(self, started: float, now: float, status: int, retry_after: float | None) -> None:
        """status 0: there was no answer."""
        latency, self.last_heard = now - started, now
        is_good = 200 <= status < 400
        self.latency = max(latency, (self.latency + latency) / 2 if is_good else self.latency)
        if is_good:
            self.added = self.added / 2 if self.added > 0.1 else 0.0
        elif status in _SLOW_DOWN:
            self.added = min(max(ADDED_FIRST_SECONDS, 2 * (self.added or self.delay)), ADDED_LIMIT_SECONDS)
            if retry_after is not None:
                self.hold_until = max(self.hold_until, now + retry_after)


class Pacing:
    """`slot` around every request. `deadline` is a time of the loop; `clock` tells what a Retry-After's date means."""

    def __init__(self, hosts_at_once: int, deadline: float, clock: Clock | None = None) -> None:
        self._hosts: dict[str, _Host] = {}
        self._places = asyncio.Semaphore(hosts_at_once)
        self._deadline = deadline
        self._clock = clock or Clock()

    @contextlib.asynccontextmanager
    async def slot(self, host: str, delay: float) -> AsyncIterator[Heard]:
        """The right to one request to `host`. `delay` in seconds: the largest that anyone has asked for counts.

        Raises TurnTooLate, without waiting, when the turn would come after the crawl's end or the host's Retry-After
        asks for more than PATIENCE_SECONDS.
        """
        state = self._hosts.setdefault(host, _Host())
        state.delay = max(state.delay, delay)
        loop = asyncio.get_running_loop()
        async with state.lock:
            await self._wait(host, state)
            async with self._places:
                started = loop.time()
                if started >= self._deadline:
                    raise TurnTooLate("deadline", "the crawl's time is over")
                is_heard = False

                def heard(status: int, retry_after: str | None) -> None:
                    nonlocal is_heard
                    is_heard = True
                    held = retry_after_seconds(retry_after, self._clock.now()) if status in _SLOW_DOWN else None
                    state.answered(started, loop.time(), status, held)

                try:
                    yield heard
                finally:
                    if not is_heard:
                        state.answered(started, loop.time(), 0, None)

    async def _wait(self, host: str, state: _Host) -> None:
        loop = asyncio.get_running_loop()
        while (wait := state.next_start - loop.time()) > 0:
            if state.hold_until - loop.time() > PATIENCE_SECONDS:
                raise TurnTooLate("retry_after", f"{host} asks to be left alone for {wait:.0f} s")
            if state.next_start >= self._deadline:
                raise TurnTooLate("deadline", f"the crawl ends before {host} may be asked again in {wait:.0f} s")
            await asyncio.sleep(wait)


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """A Retry-After header (RFC 9110, 10.2.3) in seconds from `now`: a number or a date. None where it is neither."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:  # "-0000": UTC by RFC 5322
            until = until.replace(tzinfo=now.tzinfo)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError, IndexError):  # years and zones of many digits overflow
        return None
