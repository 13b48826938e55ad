"""The transform `quality`: which articles are kept, why the others are not, and whether a paywall cut one short.

Rules on the columns of `content`, none of which names a source. Rules run in order; the first that applies rejects.
"""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa

from transforms.contract import KEYS, SPAN, TIMESTAMP, Transform
from transforms.models import Models
from transforms.seen_page import Seen, seen
from transforms.verdicts import PARAMETERS, REASONS

PARTIAL_WORDS = 220  # a paywalled article with fewer is a teaser


def _required(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind, nullable=False)


READS = pa.schema(
    [
        *KEYS,
        _required("body_hash", pa.string()),
        pa.field("title", pa.string()),
        _required("text", pa.string()),
        _required("paragraphs", pa.list_(SPAN)),
        _required("sentences", pa.list_(SPAN)),
        pa.field("next_url", pa.string()),
        _required("authors", pa.list_(pa.string())),
        pa.field("published_at", TIMESTAMP),
        pa.field("published_at_source", pa.string()),
        _required("words", pa.int32()),
        pa.field("is_free_to_read", pa.bool_()),
        _required("has_paywall_notice", pa.bool_()),
        pa.field("page_type", pa.string()),
        _required("form", pa.string()),
        _required("signs", pa.list_(pa.string())),
        pa.field("shown", pa.string()),
        _required("link_share", pa.float32()),
        _required("teaser_share", pa.float32()),
        pa.field("extraction_error", pa.string()),
    ]
)
WRITES = pa.schema(
    [
        *KEYS,
        _required("body_hash", pa.string()),
        _required("verdict", pa.string()),  # kept | rejected
        pa.field("reason", pa.string()),  # why rejected, one of REASONS
        _required("is_paywalled", pa.bool_()),
        _required("is_partial", pa.bool_()),
        _required("score", pa.float32()),  # 0 to 1
    ]
)


def score(page: Seen, has_author: bool, has_date: bool) -> float:
    """0 to 1: length, share of full sentences, freedom from links, and title, author and date stated."""
    length = min(1.0, page.words / 300)
    prose = page.full / len(page.sentences) if page.sentences else 0.0
    stated = (bool(page.title) + has_author + has_date) / 3
    return 0.35 * length + 0.3 * prose + 0.15 * (1.0 - min(1.0, page.link_share)) + 0.2 * stated


def judged(row: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one row of READS, as a row of WRITES."""
    page = seen(row)
    reason = next((name for name, applies in REASONS if applies(page)), None)
    made = score(page, bool(row["authors"]), row["published_at"] is not None) if page.text else 0.0
    is_partial = bool(page.text) and (
        row["next_url"] is not None
        or (page.is_paywalled and page.words < PARTIAL_WORDS)
        or bool(re.search(r"(?:…|\.\.\.)\]?$", page.text))
    )
    return {
        **{name: row[name] for name in ("article_id", "revision_id", "body_hash")},
        "verdict": "kept" if reason is None else "rejected",
        "reason": reason,
        "is_paywalled": page.is_paywalled,
        "is_partial": is_partial,
        "score": made * (0.8 if is_partial else 1.0) * (1.0 if reason is None else 0.3),
    }


def apply(table: pa.Table, models: Models) -> pa.Table:  # noqa: ARG001 - the contract hands models to every transform
    """One verdict per row: the columns of WRITES."""
    return pa.Table.from_pylist([judged(row) for row in table.to_pylist()], schema=WRITES)


QUALITY = Transform(
    name="quality",
    version=5,
    inputs=("content",),
    reads=READS,
    writes=WRITES,
    apply=apply,
    parameters=f"{PARAMETERS};{PARTIAL_WORDS}",
)
