"""Prefect's server for as long as a run needs one, in a thread of this process.

Prefect would start one as a process of its own, which outlives a killed run and holds 300 MB; a thread dies with the
run. A standing server, configured by PREFECT_API_URL or a Prefect profile, is used instead where there is one.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from prefect.settings import PREFECT_API_URL, PREFECT_LOGGING_TO_API_ENABLED, get_current_settings, temporary_settings

from flows.errors import StopRun

START_LIMIT_SECONDS = 180.0  # the first start of a home also makes Prefect's database: 20 s on two cores
STOP_LIMIT_SECONDS = 20.0


@contextmanager
def prefect_server() -> Iterator[str]:
    """Runs of flows inside the block find a Prefect server, whose address it gives. Raises StopRun without one."""
    if standing := get_current_settings().api.url:
        yield standing
        return
    from prefect.server.api.server import create_app  # seconds of imports that a standing server spares

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(), log_level="critical", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        _wait_for(server, thread)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        try:
            # A log line that outlives the server would be reported as an error of its own.
            with temporary_settings({PREFECT_API_URL: url, PREFECT_LOGGING_TO_API_ENABLED: False}):
                yield url
        finally:
            server.should_exit = True
            thread.join(STOP_LIMIT_SECONDS)


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise StopRun("Prefect's server did not start", "PREFECT_SERVER_LOGGING_LEVEL=INFO shows why.")
        time.sleep(0.02)
