"""How a stage tells what it has done, to whoever shows it."""

from typing import Protocol


class Progress(Protocol):
    """Called with the stage, the number done and the total; the command line draws a bar, a test counts."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""
