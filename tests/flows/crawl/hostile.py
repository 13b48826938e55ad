"""A server that means harm. Each host name is one way of doing so; its feed is honest, its page is the attack.

Also two servers for TLS: one whose certificate nobody vouches for, one that never speaks TLS.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONGEST_SECONDS = 8.0  # what the server keeps up by itself, should nobody hang up

T = TypeVar("T")
Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]


def says(answer: bytes) -> Behaviour:
    """The bytes, then the end of the connection."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    return behave


def page(body: bytes = b"<html><p>news</p></html>", *headers: bytes, status: bytes = b"200 OK") -> bytes:
    lines = (b"HTTP/1.1 " + status, b"Content-Type: text/html", b"Content-Length: %d" % len(body), *headers)
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def keeps_silent_after(answer: bytes = b"") -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await asyncio.sleep(LONGEST_SECONDS)

    return behave


def drips(answer: bytes) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        for at in range(len(answer)):
            if writer.is_closing():
                break
            writer.write(answer[at : at + 1])
            await asyncio.sleep(0.02)

    return behave


def never_stops(head: bytes, again: bytes) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        many = again * (1 + 65_536 // len(again))
        async with asyncio.timeout(LONGEST_SECONDS):
            while not writer.is_closing():
                writer.write(many)
                await writer.drain()

    return behave


def resets_after(answer: bytes) -> Behaviour:
    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        writer.transport.abort()

    return behave


@dataclass
class HostileServer:
    """`pages`: what each host does when its page is asked for; `places`: what it does at other URLs (host, path).

    `asked`: every request, as (host, path, header block), in the order of arrival.
    """

    pages: Mapping[str, Behaviour]
    places: Mapping[tuple[str, str], Behaviour] = field(default_factory=dict)
    ssl_context: ssl.SSLContext | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hostile", daemon=True)
        self._thread.start()
        self._server = self._run(
            asyncio.start_server(self._talk, "127.0.0.1", self.port, ssl=self.ssl_context, ssl_handshake_timeout=5.0)
            if self.ssl_context
            else asyncio.start_server(self._talk, "127.0.0.1", self.port)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _hang_up(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
                while True:
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    path = head.split(" ", 2)[1]
                    host = head.lower().partition("\r\nhost: ")[2].partition("\r\n")[0]
                    self.asked.append((host, path, head))
                    if not await self._answered(host, path, writer):
                        break
        finally:
            writer.close()

    async def _answered(self, host: str, path: str, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection may go on."""
        place = self.places.get((host, path))
        if place is None and path == "/page":
            place = self.pages[host]
        if place is not None:
            await place(writer)
            return False
        is_feed = path == "/feed"
        link = f"<rss version='2.0'><channel><item><link>http://{host}/page</link></item></channel></rss>"
        writer.write(page(link.encode()) if is_feed else page(status=b"404 Not Found"))
        await writer.drain()
        return True
