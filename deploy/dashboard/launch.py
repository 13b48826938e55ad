"""Starting the dashboard: this process becomes Streamlit's, so nothing is left behind when it is stopped."""

import os
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from flows.errors import EXIT_USAGE, NightdeskError
from flows.settings import Settings, quiet_environment

APP = Path(__file__).with_name("app.py")
OPTIONS = Path(__file__).with_name("streamlit.toml")
ADDRESS = "127.0.0.1"
PORT_HINT = "Stop what listens there, or choose another port: nightdesk dashboard --port 8600"


def launch(settings: Settings, port: int, headless: bool) -> NoReturn:
    """Become a Streamlit server on loopback, for the home of the settings; the caller's interrupt ends it.

    Raises NightdeskError where the port is taken or may not be used.
    """
    check_port(port)
    environment = {**os.environ, **quiet_environment(settings), "NIGHTDESK_HOME": str(settings.paths.root)}
    environment["PYTHONPATH"] = os.pathsep.join([str(APP.parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    sys.stdout.flush()
    os.execve(sys.executable, command(port, headless), environment)  # noqa: S606 - our own interpreter and module


def command(port: int, headless: bool) -> list[str]:
    """The command line of the server. Without `headless`, Streamlit opens a browser where there is a display."""
    options = [f"--{name}={value}" for name, value in flags(tomllib.loads(OPTIONS.read_text("utf-8")))]
    options += [f"--server.port={port}", *(["--server.headless=true"] if headless else [])]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *options]


def flags(options: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The tables of a configuration file as names with dots."""
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from flags(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value).lower() if isinstance(value, bool) else str(value)


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
