"""The system's Chromium, driven by Playwright, and a dashboard to point it at."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.dashboard.launch import ADDRESS

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_LIMIT_SECONDS = 120.0
STOP_LIMIT_SECONDS = 30.0
NO_BROWSER = (
    "Install the system's package: chromium (Debian, Fedora, Alpine), chromium-browser (Ubuntu), google-chrome."
)


def find_chromium() -> str | None:
    """Where the system keeps Chromium; None where there is none."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


@contextmanager
def open_browser(executable: str) -> Iterator[Any]:
    """A headless browser of playwright's synchronous interface."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def settle(page: Any) -> None:
    """Wait until Streamlit has nothing more to draw and the fonts are there; any other page passes at once."""
    page.wait_for_function("""() => {
        const app = document.querySelector('[data-testid="stApp"]');
        return !app || app.dataset.testScriptState === 'notRunning';
    }""")
    page.evaluate("document.fonts.ready.then(() => true)")


@contextmanager
def running_dashboard(home: Path, end: signal.Signals = signal.SIGINT) -> Iterator[str]:
    """The address of a dashboard over the home, started by the command that users type, ended as by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "flows.cli", "--home", str(home), "dashboard", "--port", str(port), "--headless"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603 - our own command
        try:
            _wait_until_healthy(f"http://{ADDRESS}:{port}/_stcore/health", process)
            yield f"http://{ADDRESS}:{port}"
        finally:
            process.send_signal(end)
            try:
                process.communicate(timeout=STOP_LIMIT_SECONDS)  # one that cannot say that it stops does not stop
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _wait_until_healthy(url: str, process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard did not start: {process.stdout.read() if process.stdout else ''}")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server on loopback
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
