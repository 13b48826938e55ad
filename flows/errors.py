"""Errors that say what the runner does next.

NightdeskError            one clear sentence and a hint; the command line prints both and exits with `exit_code`
├── StopRun               nothing sensible can follow: the run ends, what was written stays
│   ├── ConfigurationError   a file the user wrote is wrong: names file, line and the mend
│   ├── Busy                 another run holds this home: come back later
│   ├── HomeUnusable         the disk is full or read-only: mend the machine, run again
│   └── NothingThere         there is no result yet to read: run a night first
├── SkipSource            this source is out for tonight, the others go on
└── Retry                 the same request may succeed later tonight
"""

EXIT_DONE = 0
EXIT_BUG = 1
EXIT_USAGE = 2
EXIT_CONFIGURATION = 3
EXIT_BUSY = 4
EXIT_RED_NIGHT = 5
EXIT_HOME = 6
EXIT_NOTHING_THERE = 7


class NightdeskError(Exception):
    """An error a user can act on. `hint` says how; `exit_code` tells a calling program what to do."""

    exit_code = EXIT_BUG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class StopRun(NightdeskError):
    """The run cannot go on. Everything already written stays."""

    exit_code = EXIT_RED_NIGHT


class ConfigurationError(StopRun):
    """A setting or a source file is wrong. The message names file and line."""

    exit_code = EXIT_CONFIGURATION


class Busy(StopRun):
    """Another run holds this home."""

    exit_code = EXIT_BUSY


class HomeUnusable(StopRun):
    """The home cannot be written: read-only, full, or not a directory."""

    exit_code = EXIT_HOME


class NothingThere(StopRun):
    """There is nothing to read yet."""

    exit_code = EXIT_NOTHING_THERE


class SkipSource(NightdeskError):
    """One source is out for tonight; its reason goes into the report and the night goes on."""


class Retry(NightdeskError):
    """One request failed in a way that time may heal."""
