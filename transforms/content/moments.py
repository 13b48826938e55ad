"""Moments as pages write them, and how far each place that states one is trusted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

SLACK = timedelta(minutes=10)  # clocks differ
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no news page is older; 1970 and 0001 are unset fields
NOW = timedelta(seconds=60)  # a moment as near to the fetch as this was written by the server as it answered

# Confidence that the moment is right: a moment with its time zone, one without, a bare date (its midnight in UTC).
CONFIDENCE = {
    "selector": (0.98, 0.95, 0.9),
    "json_ld": (0.98, 0.9, 0.85),
    "microdata": (0.96, 0.88, 0.82),
    "meta": (0.95, 0.85, 0.8),
    "feed": (0.9, 0.9, 0.9),
    "time_element": (0.8, 0.7, 0.65),
    "url": (0.6, 0.6, 0.6),
    "htmldate": (0.4, 0.4, 0.4),
}
ISO_DATE = re.compile(r"^\s*(\d{4})-?(\d\d)-?(\d\d)(?=$|\s*$|[T ])")


@dataclass(frozen=True)
class Stated:
    """A moment as some place states it. precision: 0 with a time zone, 1 without (read as UTC), 2 a bare date."""

    at: datetime
    precision: int
    source: str

    @property
    def confidence(self) -> float:
        """0 to 1."""
        return CONFIDENCE[self.source][self.precision]


def parsed(source: str, values: Iterable[str]) -> Iterator[Stated]:
    """The values that are dates or moments."""
    for value in values:
        moment = read_moment(value)
        if moment is not None:
            yield Stated(moment[0], moment[1], source)


def read_moment(text: str) -> tuple[datetime, int] | None:
    """(moment in UTC, precision as in Stated) of an ISO 8601 or RFC 5322 date; None for anything else."""
    text = text.strip()[:64]
    try:
        if bare := ISO_DATE.match(text):
            year, month, day = (int(part) for part in bare.groups())
            if bare.end() >= len(text.rstrip()):
                return datetime(year, month, day, tzinfo=UTC), 2
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text))
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return (moment.replace(tzinfo=UTC), 1) if moment.tzinfo is None else (moment.astimezone(UTC), 0)
    except OverflowError:  # year 1 or 9999 shifted out of range
        return None


def is_credible(stated: Stated, fetched_at: datetime) -> bool:
    """Whether an article can be of that moment: no unset field, not after the fetch, and not the fetch's own moment,
    which a page states that writes "now" wherever a date is asked for."""
    if not EARLIEST <= stated.at <= fetched_at + SLACK:
        return False
    return stated.precision == 2 or stated.source == "feed" or abs(fetched_at - stated.at) > NOW


def of_day(day: date, source: str) -> Stated:
    """A bare date, as its midnight in UTC."""
    return Stated(datetime.combine(day, time(), UTC), 2, source)
