"""An archive behind a URL, as a stream of bytes.

It is asked for through the crawl's own guarded transport (addresses judged as they are dialled, redirects one judged
hop at a time, no cookies, nothing from the environment), in a thread of its own that stays at most a few pieces ahead.
A connection that breaks is taken up again by Range where it stopped, as long as the server says it is the same file.
A server without ranges is read from the beginning, and what is known is passed over. robots.txt is not asked: somebody
named this one file.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urljoin

import httpcore2
import httpx2

from flows.crawl.addresses import GuardedBackend
from flows.crawl.failures import FAILURES, explained
from flows.crawl.transport import GuardedTransport
from flows.crawl.urls import without_credentials

PIECES_AHEAD = 16
TRIES = 5  # in a row without a byte
PAUSE_SECONDS = 1.0  # before the second try; doubled each time
REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class RemoteFailed(OSError):
    """The archive cannot be read on. What came before it is good."""


@dataclass(frozen=True)
class Fetching:
    """How an archive is asked for. limit_bytes: more of one archive is not read. pause: seconds, for a broken line."""

    user_agent: str
    timeout_seconds: float
    limit_bytes: int
    guard: GuardedBackend | None = None
    route: tuple[str, int] | None = None
    pause: float = PAUSE_SECONDS


class RemoteArchive:
    """A stream that begins at `offset` of the archive. Close it after use; `failure` says why it ended early.

    identity: what the server says of this state of the file; where one is given, another is refused.
    """

    def __init__(self, url: str, fetching: Fetching, offset: int = 0, identity: str | None = None) -> None:
        self._url = without_credentials(url)
        self._fetching = fetching
        self._guard = fetching.guard or GuardedBackend()
        self._given = self._received = offset
        self._rest = b""
        self.identity = identity
        self._pieces: queue.Queue[bytes | None] = queue.Queue(PIECES_AHEAD)
        self._is_closed = threading.Event()
        self.failure: str | None = None
        self._thread = threading.Thread(target=self._run, name="archive", daemon=True)
        self._thread.start()

    def tell(self) -> int:
        return self._given

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; b"" at the end. Raises RemoteFailed."""
        self._fill()
        size = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:size], self._rest[size:]
        self._given += len(given)
        return given

    def peek(self) -> bytes:
        """The next bytes, which stay there; b"" at the end, and where nothing comes."""
        with contextlib.suppress(RemoteFailed):
            self._fill()
        return self._rest

    def _fill(self) -> None:
        if self._rest:
            return
        piece = self._pieces.get()
        if piece is None:
            self._pieces.put(None)
            if self.failure:
                raise RemoteFailed(self.failure)
            return
        self._rest = piece

    def close(self) -> None:
        """Let go of the connection."""
        self._is_closed.set()
        with contextlib.suppress(queue.Empty):
            while True:
                self._pieces.get_nowait()
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._download())
        except RemoteFailed as error:
            self.failure = str(error)
        finally:
            self._put(None)

    def _put(self, piece: bytes | None) -> None:
        while not self._is_closed.is_set():
            with contextlib.suppress(queue.Full):
                self._pieces.put(piece, timeout=0.1)
                return

    async def _download(self) -> None:
        transport = GuardedTransport(self._guard, 1)
        async with httpx2.AsyncClient(
            transport=transport,
            headers={"user-agent": self._fetching.user_agent, "accept": "*/*", "accept-encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx2.Timeout(self._fetching.timeout_seconds),
        ) as http:
            tries = 0
            while not self._is_closed.is_set():
                before = self._received
                try:
                    async with self._answer(http) as response:
                        await self._take(response)
                    return
                except FAILURES as error:
                    if isinstance(error, RemoteFailed):
                        raise
                    _, message, may_heal = explained(error)
                    tries = 1 if self._received > before else tries + 1
                    if not may_heal or tries >= TRIES:
                        raise RemoteFailed(f"after {self._received} bytes: {message}") from error
                    await asyncio.sleep(self._fetching.pause * 2 ** (tries - 1))

    @contextlib.asynccontextmanager
    async def _answer(self, http: httpx2.AsyncClient) -> AsyncIterator[httpx2.Response]:
        """The answer to a request for what is still missing, redirects followed."""
        url = self._url
        for _ in range(REDIRECTS + 1):
            headers = {"range": f"bytes={self._received}-"} if self._received else {}
            request = http.build_request("GET", url, headers=headers)
            port = request.url.port or (443 if request.url.scheme == "https" else 80)
            self._guard.check(request.url.host, port, self._fetching.route)
            response = await http.send(request, stream=True)
            location = response.headers.get("location")
            if response.status_code in _REDIRECTS and location:
                await response.aclose()
                url = _target(url, location)
                continue
            try:
                yield response
            finally:
                await response.aclose()
            return
        raise RemoteFailed(f"more than {REDIRECTS} redirects")

    async def _take(self, response: httpx2.Response) -> None:
        """Hand on the bytes of a 200 or a 206; all of it, or as far as the connection holds."""
        status, identity = response.status_code, _identity(response)
        if status == 416 and self._received:
            return  # nothing lies behind what is already here
        if status not in (200, 206):
            if status in (429, 500, 502, 503, 504):
                raise httpcore2.ReadError(f"the server answered {status}")
            raise RemoteFailed(f"the server answered {status}")
        if self.identity not in (None, identity):
            raise RemoteFailed(f"the archive changed while it was read, after {self._received} bytes")
        self.identity = identity
        skip = self._received if status == 200 else 0
        if status == 206 and not response.headers.get("content-range", "").startswith(f"bytes {self._received}-"):
            raise RemoteFailed("the server answered with another range than was asked for")
        async for piece in response.aiter_raw():
            if self._is_closed.is_set():
                return
            passed, skip = piece[skip:], max(0, skip - len(piece))
            self._received += len(passed)
            if self._received > self._fetching.limit_bytes:
                raise RemoteFailed(f"longer than {self._fetching.limit_bytes} bytes")
            if passed:
                await asyncio.to_thread(self._put, passed)


def _identity(response: httpx2.Response) -> str:
    """What tells one state of the file from another."""
    size = response.headers.get("content-range", "").rpartition("/")[2] or response.headers.get("content-length", "")
    return " ".join((response.headers.get("etag", ""), response.headers.get("last-modified", ""), size))


def _target(url: str, location: str) -> str:
    try:
        target = httpx2.URL(without_credentials(urljoin(url, location.strip()))).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise RemoteFailed(f"redirected to {location[:200]!r}") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise RemoteFailed(f"redirected to {location[:200]!r}, not http or https")
    return str(target)
