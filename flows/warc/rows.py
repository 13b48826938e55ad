"""Rows of raw for a request that somebody else made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flows.crawl.client import Response
from flows.raw import FETCHES, short_hash

Row = dict[str, Any]


def request_row(run_id: str, record_id: str, source_id: str, url: str, found: str, at: datetime) -> Row:
    """The columns of a request before its answer; the id is that of the record, whoever reads it and when."""
    return {
        **dict.fromkeys(FETCHES.names),
        "fetch_id": short_hash(f"{record_id}\n{url}\n{at.isoformat()}\n1"),
        "run_id": run_id,
        "source_id": source_id,
        "purpose": "article",
        "article_id": short_hash(url),
        "is_recheck": False,
        "url": url,
        "final_url": found,
        "attempt": 1,
        "redirects": 0,
        "seconds": 0.0,
        "robots_verdict": "not_asked",
        "requested_at": at,
    }


def answer_columns(response: Response) -> Row:
    """The columns of its answer."""
    headers = response.headers
    return {
        "status": response.status,
        "content_type": headers.get("content-type", "")[:200] or None,
        "etag": headers.get("etag", "")[:1_000] or None,
        "last_modified": headers.get("last-modified", "")[:1_000] or None,
    }
