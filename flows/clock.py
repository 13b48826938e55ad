"""The clock of a run, passed explicitly.

A night can be run as of another moment (the demo plays three nights in a minute), so no stage asks the
operating system for the date by itself.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Clock:
    """UTC time, shifted by `offset`. The shift is zero outside the demo and the tests."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def today(self) -> date:
        """The UTC date of that moment."""
        return self.now().date()
