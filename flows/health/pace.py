"""How long the answers of an announcement take, and whether that has become slow."""

from collections import deque
from statistics import median

RECENT = 5  # a median of five holds against two odd days
RECENT_LEAST = 3
PAST_LEAST = 5
PAST_MOST = 60  # two months
SLOW_SECONDS = 5.0  # below this nobody waits for a feed, whatever its past
SLOW_FACTOR = 3.0  # times its own past
SLOW_ALWAYS_SECONDS = 20.0  # two thirds of a request's usual time limit: slow whatever its past
FAST_AGAIN = 0.6  # of the limit that made it slow


class Pace:
    """Seconds of full answers, day by day.

    What came in slow times does not become the past that later times are measured by.
    """

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._past: deque[float] = deque(maxlen=PAST_MOST)
        self._broken_limit: float | None = None

    @property
    def is_slow(self) -> bool:
        return self._broken_limit is not None

    @property
    def seconds(self) -> float | None:
        """The median of the recent answers."""
        return round(median(self._recent), 3) if self._recent else None

    def take(self, seconds: float) -> None:
        """The answer of one more day."""
        if len(self._recent) == RECENT and not self.is_slow:
            self._past.append(self._recent[0])
        self._recent.append(seconds)
        now = median(self._recent)
        if self._broken_limit is not None:
            if now < FAST_AGAIN * self._broken_limit:
                self._broken_limit = None
        elif len(self._recent) >= RECENT_LEAST and now >= self._limit:
            self._broken_limit = self._limit

    @property
    def _limit(self) -> float:
        if len(self._past) < PAST_LEAST:
            return SLOW_ALWAYS_SECONDS
        return min(max(SLOW_SECONDS, SLOW_FACTOR * median(self._past)), SLOW_ALWAYS_SECONDS)
