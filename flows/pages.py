"""Pages read in processes of their own, several at once, each page within its time and its memory.

A page made to hurt keeps a library busy for hours, or takes all memory, inside a single call that no thread can end.
Here it costs itself alone: past its processor time or its memory its process ends, the page gets a row that says why,
and the next page finds a new process. Time is counted as processor time, so what becomes of a page does not depend on
how many are read at once or on how busy the machine is.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import LifoQueue
from types import TracebackType
from typing import Any

import pyarrow as pa

from flows.page_process import HEAD_BYTES
from transforms.content import CONTENT
from transforms.content.column import OUT_OF_MEMORY, unread

PAGES_A_PROCESS = 40  # a process takes about a second to start: fewer pages than this are not worth another one
# By the clock, after which a page that does nothing is given up: so many seconds, as a busy machine needs long to start
# a process, and so many times its processor time.
PATIENCE_SECONDS, PATIENCE_TIMES = 120.0, 15.0


@dataclass(frozen=True)
class Limits:
    """What one page may take: seconds of processor time, and bytes beside what its process holds anyway."""

    seconds: float = 20.0
    memory_bytes: int = 1024**3


def processes_for(pages: int, wanted: int) -> int:
    """How many processes are worth starting. wanted: what the settings say; 0 for one a core."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(wanted or cores, -(-pages // PAGES_A_PROCESS)))


class PageReader:
    """Reads pages with up to `processes` processes, which start when they are needed. A context manager."""

    def __init__(self, processes: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._idle: LifoQueue[_PageProcess] = LifoQueue()
        for _ in range(processes):
            self._idle.put(_PageProcess(self._limits))
        self._processes = processes
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="pages")

    def __enter__(self) -> PageReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for _ in range(self._processes):
            self._idle.get().end()

    def read(self, rows: Sequence[dict[str, Any]]) -> pa.Table:
        """The content rows of pages, in their order. rows: what CONTENT reads, with body_gzip and charset for html, in
        `following` too."""
        made = list(self._threads.map(self._read, rows))
        return pa.concat_tables(made).combine_chunks() if made else CONTENT.writes.empty_table()

    def _read(self, row: dict[str, Any]) -> pa.Table:
        process = self._idle.get()
        try:
            made, is_read = process.read(row)
            if not is_read and row.get("following"):  # its first page is not to suffer for the others
                made, _ = process.read({**row, "following": None})
            return made
        finally:
            self._idle.put(process)


class _PageProcess:
    """One process, started again whenever it has ended. One thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, row: dict[str, Any]) -> tuple[pa.Table, bool]:
        """The content row, and whether the process lived to tell it."""
        request = pickle.dumps((self._limits.seconds, self._limits.memory_bytes, row))
        overdue = threading.Event()
        try:
            answer = self._exchange(request, overdue)
        except (EOFError, OSError):
            return unread(row, self._why(self.end(), overdue.is_set())), False
        made, is_worn = answer
        if is_worn:
            self.end()
        return made, True

    def end(self) -> int | None:
        """The status that the process ended with: a signal's negative number where one ended it."""
        process, self._process = self._process, None
        if process is None:
            return None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was half written is of no use to anybody
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(timeout=5)
        process.kill()
        return process.wait()

    def _exchange(self, request: bytes, overdue: threading.Event) -> tuple[pa.Table, bool]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            command = (sys.executable, "-m", "flows.page_process")
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        process = self._process

        def give_up() -> None:
            overdue.set()
            process.kill()

        clock = threading.Timer(PATIENCE_SECONDS + PATIENCE_TIMES * self._limits.seconds, give_up)
        clock.daemon = True
        clock.start()
        try:
            if process.stdin is None or process.stdout is None:
                raise EOFError
            process.stdin.write(len(request).to_bytes(HEAD_BYTES) + request)
            process.stdin.flush()
            head = process.stdout.read(HEAD_BYTES)
            size = int.from_bytes(head)
            body = process.stdout.read(size)
            if len(head) < HEAD_BYTES or len(body) < size:
                raise EOFError
            answer: tuple[pa.Table, bool] = pickle.loads(body)  # noqa: S301 - our own process wrote it
            return answer
        finally:
            clock.cancel()

    def _why(self, status: int | None, is_overdue: bool) -> str:
        """Why a page has no row of its own."""
        if is_overdue or status == -signal.SIGPROF:
            return f"too slow: reading it takes more than {self._limits.seconds:g} s"
        if status == -signal.SIGKILL:  # the system's way of saying that there is no memory left
            return OUT_OF_MEMORY
        return f"its reading ended with {status}"
