"""A home with one published night, one dashboard over it for the session, and pages of the system's Chromium."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deploy.browser import NO_BROWSER, find_chromium, open_browser, running_dashboard
from flows.brief import build_brief, write_brief
from flows.settings import Settings
from tests.deploy.dashboard.counts import report
from tests.deploy.dashboard.marts import DAY
from tests.deploy.dashboard.night import publish_night


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose home holds the night of night.py, its brief included. No test changes it for good."""
    made = Settings(home=tmp_path_factory.mktemp("dashboard"))
    home = publish_night(made.paths)
    write_brief(home, build_brief(home.marts, DAY, "UTC", 40, report()))
    return made


@pytest.fixture(scope="session")
def chromium() -> str:
    executable = find_chromium()
    if executable is None:
        pytest.skip(f"no Chromium on this machine. {NO_BROWSER}")
    return executable


@pytest.fixture(scope="session")
def address(chromium: str, settings: Settings) -> Iterator[str]:  # noqa: ARG001 - no server without a browser
    with running_dashboard(settings.home) as served:
        yield served


@pytest.fixture(scope="module")  # playwright holds an event loop, which the tests of other modules need for themselves
def browser(chromium: str) -> Iterator[Any]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def context(browser: Any) -> Any:
    """What the pages of a module share: the cache, so that Streamlit's scripts are fetched once."""
    return browser.new_context(viewport={"width": 1200, "height": 900})


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A page; at the end of the test it has met no script error, no complaint and no address but this machine's."""
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(f"error: {error}"))
    opened.on("console", lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None)
    opened.on("dialog", _dismissed(faults))
    opened.on("request", _kept_inside(faults))
    yield opened
    opened.close()
    assert faults == []


def _dismissed(faults: list[str]) -> Callable[[Any], None]:
    def note(dialog: Any) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    return note


def _kept_inside(faults: list[str]) -> Callable[[Any], None]:
    inside = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "file:")

    def note(request: Any) -> None:
        if not request.url.startswith(inside):
            faults.append(f"request: {request.url}")

    return note
