"""httpx2 on an httpcore2 pool whose network backend is ours. httpx2's own transport has no argument for that."""

import ssl
from collections.abc import AsyncIterable, AsyncIterator

import httpcore2
import httpx2

KEEP_ALIVE_SECONDS = 30.0  # longer than most crawl delays, so a paced host keeps its connection


class _Body(httpx2.AsyncByteStream):
    def __init__(self, stream: AsyncIterable[bytes]) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            yield piece

    async def aclose(self) -> None:
        close = getattr(self._stream, "aclose", None)
        if close is not None:
            await close()


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Raises httpcore2's own exceptions and the backend's, unmapped: client.py tells them apart."""

    def __init__(self, backend: httpcore2.AsyncNetworkBackend, connections: int) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=KEEP_ALIVE_SECONDS,
            http1=True,
            http2=True,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, its body not yet read."""
        answer = await self._pool.handle_async_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        if not isinstance(answer.stream, AsyncIterable):
            raise TypeError("an asynchronous pool gave a synchronous body")
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


def _ssl_context() -> ssl.SSLContext:
    context: ssl.SSLContext = httpx2.create_ssl_context(trust_env=False)
    return context
