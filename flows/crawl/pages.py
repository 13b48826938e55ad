"""Article pages as they came: whether one is a page at all, and its row of raw.pages."""

import gzip
from datetime import datetime
from typing import Any

from flows.crawl.charset import decide
from flows.crawl.client import Response
from flows.crawl.visits import Visit

_HTML = ("text/html", "application/xhtml+xml")
_UNTOLD = ("", "text/plain", "application/octet-stream", "application/xml", "text/xml")


def only_html(made: Visit) -> Visit:
    """The visit, failed where what came is no page."""
    if made.response is None or made.outcome != "ok" or is_html(made.response):
        return made
    return refused_page(made, "not_html", f"content type {made.response.content_type[:100]!r}")


def refused_page(made: Visit, error_class: str, message: str) -> Visit:
    """The visit, failed because of what came, which is not kept."""
    refusal = {"error_class": error_class, "error_message": message, "body_hash": None}
    return Visit("failed", {**made.row, "outcome": "failed", **refusal})


def is_html(response: Response) -> bool:
    """Whether it says that it is a page, or says nothing much and begins like one."""
    kind = response.content_type.partition(";")[0].strip().lower()
    start = response.body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return kind in _HTML or (kind in _UNTOLD and start.startswith((b"<!doctype html", b"<html", b"<!--", b"<head")))


def page_row(response: Response, body_hash: str, at: datetime) -> dict[str, Any]:
    """The row of raw.pages. It may take a while: a page that states no charset is guessed at, and all are packed."""
    charset, reason = decide(response.body, response.content_type)
    return {
        "body_hash": body_hash,
        "body_gzip": packed(response.body),
        "body_bytes": len(response.body),
        "charset": charset,
        "charset_source": reason,
        "content_type": response.content_type[:200] or None,
        "first_fetched_at": at,
    }


def packed(body: bytes) -> bytes:
    """As raw keeps a body: the same body is the same bytes."""
    return gzip.compress(body, compresslevel=6, mtime=0)
