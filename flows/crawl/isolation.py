"""The reading of what came from the web while the crawl goes on, in a process of its own: announcements, and where an
article goes on.

A few hundred kilobytes of feed, made to hurt, keep the libraries that read feeds busy for hours, inside single calls
that neither a thread nor the event loop can end; the whole crawl would stand still. So another process reads them, one
after another. Past its processor time or its memory the system ends it: that one poll has failed, the next one finds a
new process. It ends with the crawl too, however that ends, because its standard input does.
"""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import resource
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from datetime import datetime
from typing import Any

from flows.crawl.discovery import Reading, read_announcement
from flows.crawl.items import Unreadable
from flows.sources.source import Discover

SECONDS = 20.0  # of processor time for one body; honest ones of the size limit take a fraction of it
MEMORY_BYTES = 2 * 1024**3

_HEAD_BYTES = 8  # before every message, its length
_ENDING_SECONDS = 5.0


class IsolatedReader:
    """Readings asked for by any task of one event loop; `aclose` at the end. The process starts with the first one."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: Process | None = None
        self._lock = asyncio.Lock()

    async def read(
        self, discover: Discover, body: bytes, url: str, content_type: str, limit_bytes: int, now: datetime
    ) -> Reading:
        """What `read_announcement` returns. Raises Unreadable, also for a body that takes too long to read."""
        found = await self._read("announcement", discover, body, url, content_type, limit_bytes, now)
        if not isinstance(found, Reading):
            raise Unreadable("its reading gave none")
        return found

    async def onward(
        self, body: bytes, content_type: str, url: str, asked: str | None, selectors: str | None
    ) -> tuple[bool, str | None]:
        """What `read_onward` returns. Raises Unreadable, also for a page that takes too long to read."""
        found = await self._read("onward", body, content_type, url, asked, selectors)
        if not isinstance(found, tuple):
            raise Unreadable("its reading gave none")
        is_page, onward = found
        return bool(is_page), onward

    async def _read(self, kind: str, *arguments: Any) -> object:
        request = pickle.dumps((self._seconds, kind, arguments))
        async with self._lock:
            try:
                answer = await self._exchange(request)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                status = await self._end(is_ending=True)
                cause = f"takes more than {self._seconds:g} s" if status == -signal.SIGPROF else f"ended with {status}"
                raise Unreadable(f"its reading {cause}") from error
            except BaseException:  # cancelled half way: what the process says next would answer another question
                await self._end()
                raise
        if isinstance(answer, str):
            raise Unreadable(answer)
        return answer

    async def aclose(self) -> None:
        """End the process."""
        async with self._lock:
            await self._end()

    async def _exchange(self, request: bytes) -> object:
        if self._process is None:
            command = (sys.executable, "-m", "flows.crawl.isolation")
            self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        writer, reader = self._process.stdin, self._process.stdout
        if writer is None or reader is None:
            raise ConnectionError("a process without pipes")
        writer.write(len(request).to_bytes(_HEAD_BYTES) + request)
        await writer.drain()
        size = int.from_bytes(await reader.readexactly(_HEAD_BYTES))
        answer: object = pickle.loads(await reader.readexactly(size))  # noqa: S301 - our own process wrote it
        return answer

    async def _end(self, *, is_ending: bool = False) -> int | None:
        """The status that the process ended with: a signal's negative number where one ended it.

        is_ending: its pipes are closed, so it ends by itself. To kill it then would lose why: asyncio looks for the
        status in a thread, `kill` looks first too, and who comes second is told 255.
        """
        process, self._process = self._process, None
        if process is None:
            return None
        if is_ending:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), _ENDING_SECONDS)
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.communicate()  # closes the pipes and waits
        return process.returncode


def serve() -> None:
    """Answer requests from standard input until it ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    with contextlib.suppress(OSError, ValueError):  # some systems set no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    while head := requests.read(_HEAD_BYTES):
        seconds, kind, arguments = pickle.loads(requests.read(int.from_bytes(head)))  # noqa: S301 - from the crawl itself
        signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF ends the process, inside any call
        answer = pickle.dumps(_read(kind, arguments))
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(len(answer).to_bytes(_HEAD_BYTES) + answer)
        answers.flush()


def _read(kind: str, arguments: tuple[Any, ...]) -> object:
    """The reading, or why there is none."""
    try:
        if kind == "announcement":
            return read_announcement(*arguments)
        from flows.crawl.onward import read_onward  # what it needs to know of pages takes long to load

        return read_onward(*arguments)
    except Unreadable as error:
        return str(error)[:500]
    except Exception as error:  # a parser's own fault: the reason of this one poll or page
        return f"{type(error).__name__}: {error}"[:500]


if __name__ == "__main__":
    serve()
