"""Per-host pacing, in the crawl's own event loop.

One request at a time to a host, whichever sources share it, and a pause between two of them. The pause counts from the
end of one request to the start of the next, so the gap in the server's own log can never be shorter. A host that says
429 or 503 is slowed down, or left alone for as long as its Retry-After asks; each good answer halves what was added.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

PATIENCE_SECONDS = 120.0  # a Retry-After beyond this ends the night for that host instead of holding the night up
ADDED_LIMIT_SECONDS = 60.0
ADDED_FIRST_SECONDS = 1.0


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
    last_end: float = float("-inf")
    hold_until: float = float("-inf")

    @property
    def next_start(self) -> float:
        return max(self.last_end + self.delay + self.added, self.hold_until)


class Pacing:
    """`slot` around every request; `slow_down` and `speed_up` after its answer. `deadline` is a time of the loop."""

    def __init__(self, hosts_at_once: int, deadline: float) -> None:
        self._hosts: dict[str, _Host] = {}
        self._places = asyncio.Semaphore(hosts_at_once)
        self._deadline = deadline

    @contextlib.asynccontextmanager
    async def slot(self, host: str, delay: float) -> AsyncIterator[None]:
        """The right to one request to `host`. `delay` in seconds: the largest that anyone has asked for counts.

        Raises TurnTooLate, without waiting, when the turn would come after the crawl's end or the host's Retry-After
        asks for more than PATIENCE_SECONDS.
        """
        state = self._hosts.setdefault(host, _Host())
        state.delay = max(state.delay, delay)
        loop = asyncio.get_running_loop()
        async with state.lock:
            while (wait := state.next_start - loop.time()) > 0:
                if state.hold_until - loop.time() > PATIENCE_SECONDS:
                    raise TurnTooLate("retry_after", f"{host} asks to be left alone for {wait:.0f} s")
                if state.next_start >= self._deadline:
                    raise TurnTooLate("deadline", f"the crawl ends before {host} may be asked again in {wait:.0f} s")
                await asyncio.sleep(wait)
            async with self._places:
                if loop.time() >= self._deadline:
                    raise TurnTooLate("deadline", "the crawl's time is over")
                try:
                    yield
                finally:
                    state.last_end = loop.time()

    def slow_down(self, host: str, retry_after: float | None) -> None:
        """After a 429 or a 503. `retry_after` in seconds, where the server named a time."""
        state = self._hosts.setdefault(host, _Host())
        state.added = min(max(ADDED_FIRST_SECONDS, 2 * (state.added or state.delay)), ADDED_LIMIT_SECONDS)
        if retry_after is not None:
            state.hold_until = max(state.hold_until, asyncio.get_running_loop().time() + retry_after)

    def speed_up(self, host: str) -> None:
        """After a good answer."""
        state = self._hosts.setdefault(host, _Host())
        state.added = state.added / 2 if state.added > 0.1 else 0.0


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
