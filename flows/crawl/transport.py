"""httpx2 over httpcore2 connections whose network backend is ours. httpx2's own transport has no argument for that.

One small pool an origin, not one for all: the crawl asks a host one thing at a time, so an origin needs a connection or
two, and a common pool looks at every idle connection on every request. The origins asked least recently let go first.
"""

from __future__ import annotations

import resource
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpcore2
import httpx2

KEEP_ALIVE_SECONDS = 30.0  # longer than most crawl delays, so a paced host keeps its connection
ORIGINS_KEPT = 256

_Origin = tuple[bytes, bytes, int | None]


@dataclass
class _Lane:
    pool: httpcore2.AsyncConnectionPool
    in_use: int = 0


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: AsyncIterable[bytes], on_close: Callable[[bool], Awaitable[None]]) -> None:
        self._stream = stream
        self._on_close: Callable[[bool], Awaitable[None]] | None = on_close
        self._is_whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield piece
        self._is_whole = True

    async def aclose(self) -> None:
        on_close, self._on_close = self._on_close, None
        if on_close is None:
            return
        close = getattr(self._stream, "aclose", None)
        try:
            if close is not None:
                await close()
        finally:
            await on_close(self._is_whole)


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Raises httpcore2's own exceptions and the backend's, unmapped: client.py tells them apart.

    connections: to one origin at once. ssl_context: where another than that of the public web is meant.
    """

    def __init__(
        self,
        backend: httpcore2.AsyncNetworkBackend,
        connections: int,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._backend = backend
        self._connections = connections
        self._ssl_context = ssl_context or _ssl_context()
        self._lanes: dict[_Origin, _Lane] = {}  # the one asked last stands last
        self._kept = origins_kept(resource.getrlimit(resource.RLIMIT_NOFILE)[0])

    @property
    def origins(self) -> int:
        """How many origins have connections now."""
        return len(self._lanes)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, its body not yet read."""
        origin = (request.url.raw_scheme, request.url.raw_host, request.url.port)
        lane = self._lanes.pop(origin) if origin in self._lanes else _Lane(self._pool())
        self._lanes[origin] = lane
        lane.in_use += 1
        try:
            await self._let_go()
            answer = await lane.pool.handle_async_request(
                httpcore2.Request(
                    method=request.method,
                    url=httpcore2.URL(scheme=origin[0], host=origin[1], port=origin[2], target=request.url.raw_path),
                    headers=request.headers.raw,
                    extensions=request.extensions,
                )
            )
        except BaseException:
            lane.in_use -= 1
            raise
        if not isinstance(answer.stream, AsyncIterable):
            raise TypeError("an asynchronous pool gave a synchronous body")
        is_http2 = answer.extensions.get("http_version") == b"HTTP/2"

        async def closed(is_whole: bool) -> None:
            lane.in_use -= 1
            if is_http2 and not is_whole and self._lanes.get(origin) is lane:  # what still comes would block the next
                del self._lanes[origin]
                await lane.pool.aclose()

        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream, closed), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        lanes, self._lanes = list(self._lanes.values()), {}
        for lane in lanes:
            await lane.pool.aclose()

    def _pool(self) -> httpcore2.AsyncConnectionPool:
        return httpcore2.AsyncConnectionPool(
            ssl_context=self._ssl_context,
            max_connections=self._connections,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            http1=True,
            http2=True,
            network_backend=self._backend,
        )

    async def _let_go(self) -> None:
        surplus = len(self._lanes) - self._kept
        if surplus <= 0:
            return
        idle = [origin for origin, lane in self._lanes.items() if not lane.in_use][:surplus]
        for lane in [self._lanes.pop(origin) for origin in idle]:
            await lane.pool.aclose()


def origins_kept(open_files: int) -> int:
    """How many origins keep their connections where a process may have so many open files: a quarter of them."""
    return ORIGINS_KEPT if open_files < 0 else max(1, min(ORIGINS_KEPT, open_files // 4))


def _ssl_context() -> ssl.SSLContext:
    context: ssl.SSLContext = httpx2.create_ssl_context(trust_env=False)
    return context
