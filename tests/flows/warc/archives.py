"""Archives for tests, written byte by byte: what a library would write, and what none would."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

AT = datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
SENTENCE = "The harbour council voted on Monday to widen the eastern quay by forty metres before the winter. "
PAGE = (
    "<!doctype html><html lang=en><head><title>Quay to be widened</title></head><body><article><h1>Quay to be widened"
    f"</h1>{''.join(f'<p>{SENTENCE}It was paragraph {number} of the report.</p>' for number in range(8))}</article>"
).encode()


def http(body: bytes = PAGE, status: str = "200 OK", head: str = "Content-Type: text/html; charset=utf-8") -> bytes:
    """An HTTP response as it stands in a record."""
    return f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body


def record(
    block: bytes | None = None,
    url: str | None = "https://news.example/quay",
    *,
    kind: str = "response",
    number: int = 1,
    at: str = "2026-01-05T10:30:00Z",
    length: str | None = None,
    version: str = "WARC/1.1",
    content_type: str = "application/http; msgtype=response",
    headers: str = "",
) -> bytes:
    """One record, uncompressed."""
    block = http() if block is None else block
    lines = [
        version,
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>",
        f"WARC-Date: {at}",
        f"Content-Type: {content_type}",
        *([f"WARC-Target-URI: {url}"] if url is not None else []),
        *([headers] if headers else []),
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def zipped(*records: bytes) -> bytes:
    """Each record a gzip member of its own, as crawlers write them."""
    return b"".join(gzip.compress(one, 1, mtime=0) for one in records)
