"""Starting the dashboard: this process becomes Streamlit's, so nothing is left behind when it is stopped."""

import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from flows.errors import EXIT_USAGE, NightdeskError
from flows.settings import Settings, quiet_environment

APP = Path(__file__).with_name("app.py")
ADDRESS = "127.0.0.1"
PORT_HINT = "Stop what listens there, or choose another port: nightdesk dashboard --port 8600"


def launch(settings: Settings, port: int, headless: bool) -> NoReturn:
    """Become a Streamlit server on loopback. Raises NightdeskError where the port is taken."""
    check_port(port)
    environment = {**os.environ, **quiet_environment(settings), "NIGHTDESK_HOME": str(settings.paths.root)}
    environment["PYTHONPATH"] = os.pathsep.join([str(APP.parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    os.execve(sys.executable, command(port, headless), environment)  # noqa: S606 - our own interpreter and module


def command(port: int, headless: bool) -> list[str]:
    """The command line of the server: loopback only, no telemetry, no prompt, no watching of files."""
    flags = {
        "server.address": ADDRESS,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    options = [f"--{name}={value}" for name, value in flags.items()]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]


def check_port(port: int) -> None:
    """Raise NightdeskError where something listens on the port already, or it may not be used."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            taken = NightdeskError(f"the dashboard cannot use port {port}: {reason.lower()}", PORT_HINT)
            taken.exit_code = EXIT_USAGE
            raise taken from error
