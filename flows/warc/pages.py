"""What a record of an archive holds, judged: a page, or the reason why it is none.

Archives differ in what they did to an answer before they wrote it: CC-NEWS and others store bodies decompressed under
heads that still say gzip, others store chunks as they came. So a coding is undone where the body shows that it is
there, within the limit on bodies that holds for the crawl.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from fastwarc import WarcRecord, ZstdReader
from fastwarc.stream_io import BrotliReader

from flows.crawl.client import Response
from flows.crawl.pages import is_html
from flows.crawl.urls import NotAWebAddress, canonical_url
from flows.warc.archive import Rejected, block_of

HEAD_LIMIT = 256_000  # bytes of an HTTP head
FRAMING = 2_000_000  # bytes by which a block may be longer than the body it holds: head and chunk sizes
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the first page of the web, a date is wrong
DAY = timedelta(days=1)

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)[^\r\n]*\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def place_of(record: WarcRecord, now: datetime) -> tuple[str, str, datetime]:
    """Canonical URL, URL as it stands, and moment of a record. Raises Rejected."""
    found = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    if not found:
        raise Rejected("no_url")
    if not found.lower().startswith(("http:", "https:")):
        raise Rejected("not_http", found[:100])
    try:
        url = canonical_url(found)
    except NotAWebAddress as error:
        raise Rejected("no_url", str(error)) from error
    return url, found[:2_000], _moment(record.headers.get("WARC-Date") or "", now)


def _moment(stated: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(stated.strip())
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Rejected("no_date", stated[:50]) from error
    if not OLDEST <= moment <= now + DAY:
        raise Rejected("no_date", stated[:50])
    return moment


def response_of(record: WarcRecord, url: str, body_limit: int) -> tuple[Response, bytes]:
    """The HTTP response of a record, its body as it stands there and not yet judged, and the block. Raises Rejected."""
    block = block_of(record, body_limit + FRAMING)
    status = _STATUS.match(block[:HEAD_LIMIT])
    end = _HEAD_END.search(block, 0, HEAD_LIMIT)
    if status is None or end is None:
        raise Rejected("not_http", "no HTTP head")
    headers = _headers(block[status.end() : end.start()])
    return Response(url, url, int(status[1]), headers, block[end.end() :], 0.0, 0), block


def page_of(response: Response, body_limit: int) -> Response:
    """The response with its body decoded, where it is a page. Raises Rejected."""
    if response.status != 200:
        raise Rejected(f"http_{response.status}")
    body = _dechunked(response.body, response.headers.get("transfer-encoding", ""))
    codings = response.headers.get("content-encoding", "").lower().split(",")
    for coding in reversed([coding.strip() for coding in codings]):
        body = _decoded(body, coding, body_limit)
    if len(body) > body_limit:
        raise Rejected("too_large", f"{len(body)} bytes, {body_limit} allowed")
    page = replace(response, body=body)
    if not is_html(page):
        raise Rejected("not_html", f"content type {page.content_type[:100]!r}")
    return page


def _headers(head: bytes) -> dict[str, str]:
    """Lines without a colon are left out; of a header that is there twice, the values are joined."""
    headers: dict[str, str] = {}
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", head).decode("latin-1")
    for line in unfolded.splitlines():
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and name:
            headers[name] = f"{headers[name]}, {value.strip()}" if name in headers else value.strip()
    return headers


def _dechunked(body: bytes, coding: str) -> bytes:
    """The chunks joined (RFC 9112, 7.1); a body that does not begin with one was joined before it was written."""
    if "chunked" not in coding.lower() or not _CHUNK.match(body):
        return body
    pieces, at = [], 0
    while (size := _CHUNK.match(body, at)) and int(size[1], 16):
        end = size.end() + int(size[1], 16)
        if end > len(body):
            raise Rejected("decoding", f"a chunk of {int(size[1], 16)} bytes is cut off")
        pieces.append(body[size.end() : end])
        at = end + 2 if body.startswith(b"\r\n", end) else end
    return b"".join(pieces)


def _decoded(body: bytes, coding: str, limit: int) -> bytes:
    """The body without the coding. Where it does not show it, it was undone before it was written."""
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31, limit) if body.startswith(b"\x1f\x8b") else body
    if coding in ("", "identity") or _MARKUP.match(body):
        return body
    if coding == "deflate":
        return _inflated(body, 15 if body[:1] == b"\x78" else -15, limit)
    readers: dict[str, Callable[[io.BytesIO], _Reader]] = {"br": BrotliReader, "zstd": ZstdReader}
    if coding not in readers:
        raise Rejected("decoding", f"content coding {coding[:100]!r}")
    return _read_up_to(readers[coding](io.BytesIO(body)), limit)


class _Reader(Protocol):
    def read(self, size: int = ...) -> bytes: ...


def _read_up_to(reader: _Reader, limit: int) -> bytes:
    pieces, left = [], limit + 1
    try:
        while left and (piece := reader.read(min(left, 1 << 16))):
            pieces.append(piece)
            left -= len(piece)
    except (OSError, ValueError) as error:
        raise Rejected("decoding", str(error)) from error
    if not left:
        raise Rejected("too_large", f"more than {limit} bytes")
    return b"".join(pieces)


def _inflated(body: bytes, window: int, limit: int) -> bytes:
    inflater = zlib.decompressobj(window)
    try:
        made = inflater.decompress(body, limit + 1)
    except zlib.error as error:
        raise Rejected("decoding", str(error)) from error
    if len(made) > limit:
        raise Rejected("too_large", f"more than {limit} bytes")
    return made
