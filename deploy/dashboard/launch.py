"""Starting the dashboard: Streamlit in a process of its own that ends with this one."""

import os
import signal
import socket
import subprocess
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
STOP_SECONDS = 3.0
PORT_HINT = "Stop what listens there, or choose another port: nightdesk dashboard --port 8600"


def launch(settings: Settings, port: int, headless: bool) -> None:
    """Serve the dashboard of the settings' home on loopback until Ctrl-C or a SIGTERM.

    Raises NightdeskError where the port is taken or may not be used, and where the server ends by itself.
    """
    check_port(port)
    environment = {**os.environ, **quiet_environment(settings), "NIGHTDESK_HOME": str(settings.paths.root)}
    environment["PYTHONPATH"] = os.pathsep.join([str(APP.parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    for end in (signal.SIGTERM, signal.SIGINT):  # a shell's background job is born deaf to SIGINT
        signal.signal(end, _interrupt)
    server = subprocess.Popen(command(port, headless), env=environment)  # noqa: S603 - our own interpreter and module
    try:
        code = server.wait()
    except KeyboardInterrupt:
        return
    finally:
        _stop(server)
    raise NightdeskError(f"the dashboard's server ended by itself, exit code {code}", "Its own words stand above.")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server: politely, then not, for it goes on where its last words have nowhere to go (a closed pipe)."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()
        server.wait()


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
