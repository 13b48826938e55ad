"""A website on loopback that answers what a test tells it to."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Answer:
    """One answer. `raw` goes out as it stands and ends the connection; `hangs`: nothing is sent until the test ends.

    `drips`: `raw` goes out byte by byte, fifty a second.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: HTML)
    raw: bytes | None = None
    hangs: bool = False
    drips: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    url: str
    headers: Mapping[str, str]


class Website:
    """`answers` by URL, whatever the host; a list is answered in turn and its last one stays. Else 404."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="website")
        self._thread.start()

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self._server.server_address[1]

    @property
    def urls(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.url for asked in self.asked]

    def serve(self, url: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer `url` so from now on; header names are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[url] = Answer(status, body, {**HTML, **named})

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        found = self.answers.get(asked.url, Answer(404, b"nothing here"))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, website: Website) -> None:
        self.website = website
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up on a bomb or a hanging page is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 10.0
    wbufsize = -1

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.website.answer(Asked(f"http://{headers.get('host', '')}{self.path}", headers))
        if answer.drips:
            for at in range(len(answer.raw or b"")):
                self.wfile.write((answer.raw or b"")[at : at + 1])
                self.wfile.flush()
                if self.server.website.stopping.wait(0.02):
                    break
            self.close_connection = True
            return
        if answer.hangs:
            self.server.website.stopping.wait(10.0)
        if answer.hangs or answer.raw is not None:
            self.close_connection = True
            self.wfile.write(answer.raw or b"")
            return
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.status != 304:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: requests are in `asked`."""
