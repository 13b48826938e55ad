"""What the doctor finds: one thing looked at, how it is, and how to mend it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """level: ok, warn (a night works, but not as it could) or fail (a night will not work). mend: "" when ok."""

    level: Level
    what: str
    mend: str = ""


Check = Callable[[], Iterable[Finding]]


def findings_of(checks: Iterable[tuple[str, Check]]) -> Iterator[Finding]:
    """Every finding of the named checks. A check that breaks is a finding itself, and the next one goes on."""
    for name, check in checks:
        try:
            yield from check()
        except Exception as error:  # the doctor is called because something is broken, and nobody knows yet what
            reason = (str(error).splitlines() or [""])[0]
            yield Finding(
                "fail",
                f"{name} could not be looked at: {type(error).__name__}: {reason}"[:500],
                "Install Nightdesk again in a fresh environment; if that does not help, this is a bug of Nightdesk.",
            )
