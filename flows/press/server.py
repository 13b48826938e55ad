"""The sample press over real HTTP on loopback: fictional newspapers, chosen by the Host header.

All of it is fictional sample text written for Nightdesk. Addresses such as `http://harbourcourier.example/...` never
hold the port; the source files say `connect_to`, and only the TCP connection goes to it.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from flows.press.editions import NIGHTS, Editions, Paper, load_editions
from flows.press.feeds import announced_at
from flows.press.generator import generate
from flows.press.site import Response, Site, compressed

ADDRESS = "127.0.0.1"
_POLL_SECONDS = 0.05
_IDLE_SECONDS = 30.0
_GENERATED_PAPERS = 20
_LOGGED_HEADERS = ("user-agent", "accept-encoding", "if-none-match", "if-modified-since")


@dataclass(frozen=True)
class Request:
    """One request as the press saw it. `seconds` is monotonic; status 0 is a connection closed without an answer."""

    seconds: float
    night: int
    host: str
    path: str
    status: int
    headers: Mapping[str, str]


class Press:
    """The running press, a context manager.

    night: the state of the world, 1 to 3; may be set while it runs.
    anchor_date: the date of night 3's news; every date is counted from it.
    time_scale: multiplies the slow page's delay, the crawl delay and the sources' own delays.
    """

    def __init__(
        self,
        editions: Editions | None = None,
        *,
        anchor_date: date,
        night: int = 1,
        port: int = 0,
        time_scale: float = 1.0,
    ) -> None:
        self.editions = editions or load_editions()
        self.anchor_date = anchor_date
        self.night = night
        self.time_scale = time_scale
        self.port = port
        self._site = Site(self.editions, anchor_date, time_scale)
        self._log: list[Request] = []
        self._log_lock = threading.Lock()
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def night(self) -> int:
        return self._night

    @night.setter
    def night(self, value: int) -> None:
        if value not in NIGHTS:
            raise ValueError(f"night {value}: the press has nights 1, 2 and 3")
        self._night = value

    def start(self) -> None:
        """Listens; `port` is the real one afterwards. Raises OSError where the port is taken."""
        self._server = _Server((ADDRESS, self.port), self)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), name="press")
        self._thread.start()

    def stop(self) -> None:
        """Closes every connection and waits for its threads."""
        if self._server is None or self._thread is None:
            return
        self._server.stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def requests(self) -> list[Request]:
        """Every request so far, in the order of the answers. A copy."""
        with self._log_lock:
            return list(self._log)

    def forget_requests(self) -> None:
        """Empties the log."""
        with self._log_lock:
            self._log.clear()

    def answer(self, host: str, target: str, headers: Mapping[str, str]) -> Response:
        """The answer to one GET, entered into the log. Used by the server's threads."""
        night = self.night
        response = self._site.respond(night, host, target, headers)
        kept = {name: headers[name] for name in _LOGGED_HEADERS if name in headers}
        entry = Request(time.monotonic(), night, host.split(":")[0], target, response.status, kept)
        with self._log_lock:
            self._log.append(entry)
        paper = self.editions.by_domain.get(entry.host)
        is_small = not response.body or paper is None or not paper.gzip
        return response if is_small or "gzip" not in headers.get("accept-encoding", "") else compressed(response)

    def source_files(self) -> dict[str, str]:
        """File name to YAML text of every paper's source, with the port filled in. The press must be running."""
        return {f"{paper.paper_id}.yml": self._source(paper) for paper in self.editions.papers}

    def write_sources(self, folder: Path) -> list[Path]:
        """Writes the source files into `folder` and returns their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for name, text in self.source_files().items():
            (folder / name).write_text(text, "utf-8")
            written.append(folder / name)
        return written

    def _source(self, paper: Paper) -> str:
        kind, path = announced_at(paper)
        place: dict[str, Any] = {"kind": kind, "url": f"http://{paper.domain}{path}"}
        if kind == "section":
            place["include"] = f"^http://{paper.domain}/news/[a-z0-9]"
        facts = {
            "name": paper.name,
            "home_url": f"http://{paper.domain}/",
            "language": paper.language,
            "country": paper.country,
            "topics": list(paper.topics),
            "discover": [place],
            "connect_to": f"{ADDRESS}:{self.port}",
            "delay_seconds": round(0.05 * self.time_scale, 3),
        }
        if paper.robots_meta:  # without it the paper's signals would close its articles to us
            facts |= {"usage_reason": "permission of the sample press, whose paper it is", "usage_signals": "record"}
        note = "# A fictional newspaper of the sample press.\n"
        return note + yaml.safe_dump(facts, sort_keys=False, allow_unicode=True)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # joined by server_close, so that no socket outlives the press
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], press: Press) -> None:
        self.press = press
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        self.stopping = threading.Event()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Ends idle keep-alive connections, whose threads would otherwise wait for the next request."""
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):  # the client may have hung up first
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up mid-answer (a killed run does) is no fault of the press; all else is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    wbufsize = -1  # headers and body leave together; apart, a delayed acknowledgement costs 40 ms
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        response = self.server.press.answer(headers.get("host", ""), self.path, headers)
        if response.closed:
            self.close_connection = True
            return
        if response.delay_seconds:
            self.server.stopping.wait(response.delay_seconds)
        self.send_response_only(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: requests are in the press's own log."""


def serve_forever(port: int, night: int, anchor_date: date, articles: int | None = None) -> None:
    """Serves until interrupted: the papers, or `articles` generated ones. Raises OSError where the port is taken."""
    editions = load_editions() if articles is None else generate(articles, min(articles, _GENERATED_PAPERS), seed=1)
    with Press(editions, anchor_date=anchor_date, night=night, port=port):
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return
