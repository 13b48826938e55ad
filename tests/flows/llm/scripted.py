"""An OpenAI-compatible server on loopback that answers as a test says, and counts what it was asked."""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 1_000, "completion_tokens": 100}


@dataclass(frozen=True)
class Said:
    """An HTTP answer; `wait` is waited for before it, `drip` after each byte of it until it is set."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None
    drip: threading.Event | None = None


def completion(content: Any, finish: str = "stop", usage: Any = USAGE, **message: Any) -> Said:
    """A chat completion with this content."""
    answer = {
        "model": "small-1",
        "system_fingerprint": "fp_7",
        "choices": [{"message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}],
        "usage": usage,
    }
    return Said(body=json.dumps(answer).encode())


def refusal(status: int, message: str = "no", **headers: str) -> Said:
    """An error in the words of such servers."""
    body = json.dumps({"error": {"message": message}}).encode()
    return Said(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


Script = Callable[[dict[str, Any], int], Said]
"""From a request's JSON and its number, from 0, to the answer."""


class ScriptedServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.most_at_once = self.at_once = 0
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault; all else is told as usual."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ScriptedServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        server = self.server
        with server.lock:
            number = len(server.requests)
            server.requests.append(asked)
            server.keys.append(self.headers.get("authorization"))
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
        try:
            self._say(server.script(asked, number))
        except OSError:
            self.close_connection = True  # the client has gone, as it may
        finally:
            with server.lock:
                server.at_once -= 1

    def do_GET(self) -> None:
        self.server.keys.append(self.headers.get("authorization"))
        self._say(self.server.script({"path": self.path}, 0))

    def _say(self, said: Said) -> None:
        if said.wait:
            said.wait.wait(20)
        self.send_response(said.status)
        for name, value in {**said.headers, "content-length": str(len(said.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for place in range(len(said.body)) if said.drip else ():
            self.wfile.write(said.body[place : place + 1])
            if said.drip and said.drip.wait(0.02):
                break
        if not said.drip:
            self.wfile.write(said.body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""
