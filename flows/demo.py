"""The demo: three consecutive nights over the sample press, in a home of its own.

The clock of each night is shifted, so that the third night is tonight; the newspapers change between the nights as
real ones do: new articles, edits, an outage and the backlog after it.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta

from flows.clock import Clock
from flows.errors import ConfigurationError
from flows.ledger import Manifest, home_unusable
from flows.paths import Home
from flows.press.server import Press
from flows.progress import Progress
from flows.settings import Settings

NIGHTS = (1, 2, 3)
MARK = "demo.txt"
DEMO_DELAY_SECONDS = 0.05  # the papers are on this machine and ours; robots.txt of some of them asks for more
MARK_TEXT = "This home holds the demo: `nightdesk demo` empties and fills it again. Delete this file to keep it.\n"


def play_demo(settings: Settings, progress: Progress) -> Iterator[tuple[int, Manifest]]:
    """Yields each night's number and manifest as it ends.

    Raises ConfigurationError when the home holds somebody's real archive.
    """
    home = settings.paths
    clear_demo_home(home)
    from flows.nightly import run_night
    from flows.server import prefect_server

    demo_settings = settings.model_copy(update={"delay_seconds": DEMO_DELAY_SECONDS})
    clocks = {night: Clock(timedelta(days=night - NIGHTS[-1])) for night in NIGHTS}
    yesterday = clocks[NIGHTS[-1]].today() - timedelta(days=1)  # a night gathers what the day before it printed
    with Press(anchor_date=yesterday, night=NIGHTS[0]) as press, prefect_server():
        press.write_sources(home.sources)
        for night in NIGHTS:
            press.night = night
            yield night, run_night(demo_settings, clocks[night], progress)


def clear_demo_home(home: Home) -> None:
    """An empty home marked as the demo's. A home that holds anything else is left alone."""
    if home.root.exists() and any(home.root.iterdir()) and not (home.root / MARK).exists():
        raise ConfigurationError(
            f"{home.root} holds something that is not the demo", "Choose another place: nightdesk demo --home data-demo"
        )
    try:
        if home.root.exists():
            shutil.rmtree(home.root)
        home.sources.mkdir(parents=True)
        (home.root / MARK).write_text(MARK_TEXT, "utf-8")
    except OSError as error:
        raise home_unusable(home, error) from error
