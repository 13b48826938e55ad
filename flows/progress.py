"""How a stage tells what it has done, to whoever shows it."""

from collections.abc import Callable

# Called with the stage, the number done and the total; the command line draws a bar, a test counts.
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""
