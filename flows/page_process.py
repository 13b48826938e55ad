"""A process that reads pages, one after another, for flows/pages.py: `python -m flows.page_process`.

What it is asked comes on standard input, what it answers goes to standard output, each message after its length. It
ends when its input does, so it never outlives who started it, however that one ends.
"""

from __future__ import annotations

import contextlib
import gzip
import pickle
import resource
import signal
import sys
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from flows.crawl.charset import decode_page
from transforms.content import CONTENT
from transforms.content.column import OUT_OF_MEMORY, unread
from transforms.contract import run_transform
from transforms.models import Models

HEAD_BYTES = 8  # before every message, its length
WORN = 0.5  # of the memory that a page may take: a process that has held so much is replaced

WARMING = {
    **dict.fromkeys(CONTENT.reads.names),
    **dict.fromkeys(("article_id", "source_id", "url", "body_hash"), "http://nowhere.example/"),
    "fetched_at": datetime(2026, 1, 1, tzinfo=UTC),
    "body_gzip": gzip.compress(
        b"<article>"
        + b"<p>A page of some length is read before the first one comes, in the language that most have.</p>" * 3
    ),
    "charset": "utf-8",
}

_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # ru_maxrss counts bytes there


def read_row(row: dict[str, Any]) -> pa.Table:
    """The content row of one article: the bytes of its pages unpacked, decoded and read."""
    try:
        html = decoded(row)
        following = [{**page, "html": text} for page in row.get("following") or () if (text := readable(page))]
    except (OSError, EOFError) as error:  # a page that was kept and cannot be unpacked
        return unread(row, f"damaged: {error}")
    except MemoryError:
        return unread(row, OUT_OF_MEMORY)
    given = {**{name: row.get(name) for name in CONTENT.reads.names}, "html": html, "following": following}
    return run_transform(CONTENT, pa.Table.from_pylist([given], schema=CONTENT.reads), Models())


def decoded(page: dict[str, Any]) -> str:
    """The text of a page as it was kept. Raises OSError and EOFError where it cannot be unpacked."""
    return decode_page(gzip.decompress(page["body_gzip"]), page["charset"])


def readable(page: dict[str, Any]) -> str:
    """The text of a further page; "" where it cannot be unpacked: then it is as good as missing."""
    try:
        return decoded(page)
    except (OSError, EOFError):
        return ""


def serve() -> None:
    """Answer (seconds, bytes of memory, row) by (content row, whether this process is worn), until nobody asks."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    limited = False
    read_row(WARMING)  # what is loaded once is no page's cost
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE
    while head := requests.read(HEAD_BYTES):
        seconds, memory, row = pickle.loads(requests.read(int.from_bytes(head)))  # noqa: S301 - from flows/pages.py
        if not limited:
            limit_memory(memory)
            limited = True
        signal.setitimer(signal.ITIMER_PROF, seconds)  # SIGPROF ends the process, inside any call
        made = read_row(row)
        signal.setitimer(signal.ITIMER_PROF, 0)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE - start
        answer = pickle.dumps((made, grown > WORN * memory))
        answers.write(len(answer).to_bytes(HEAD_BYTES) + answer)
        answers.flush()


def limit_memory(more: int) -> None:
    """Let this process have so many bytes of addresses more than it has now. Some systems set no such limit."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123 - no file of ours
            held = int(stream.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + more, held + more))


if __name__ == "__main__":
    serve()
