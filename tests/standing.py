"""One Prefect server for every night of a test run: to start one takes as long as a night.

Where tests run in several workers it belongs to the process that deals them out, and each worker is told the file in
which the address will stand. The server ends when its standard input does, so it never outlives the tests.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from flows.settings import Settings, quiet_environment

STANDING = "prefect_url_file"  # under which the workers are told
START_LIMIT_SECONDS = 180
SERVE = """
import sys
from pathlib import Path
from flows.server import prefect_server
with prefect_server() as url:
    file = Path(sys.argv[1])
    file.with_suffix(".part").write_text(url)
    file.with_suffix(".part").rename(file)
    sys.stdin.read()
"""


def start_server(folder: Path) -> "tuple[subprocess.Popen[bytes], Path]":
    """The server, which is starting, and the file that will hold its address. Its own files go to `folder`."""
    home = folder / "prefect"
    home.mkdir()
    file = folder / "url"
    environment = {**os.environ, **quiet_environment(Settings(home=home))}
    null = subprocess.DEVNULL
    command = [sys.executable, "-c", SERVE, str(file)]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=null, stderr=null), file


def stop_server(server: "subprocess.Popen[bytes]") -> None:
    """End the server by the end of its standard input."""
    server.communicate(timeout=60)


def address(file: Path) -> str:
    """The server's address, once it has started. Raises TimeoutError when it never does."""
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while not file.exists():
        if time.monotonic() > deadline:
            raise TimeoutError("Prefect's server did not start")
        time.sleep(0.05)
    return file.read_text()
