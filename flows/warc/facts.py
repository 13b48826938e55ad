"""Nightdesk's own facts in an archive: rows of raw as JSON in metadata records.

An HTTP exchange in a WARC says nothing of the source a page belongs to, of what a feed announced, of a request that
robots.txt forbade. Such a record holds it, so that a home can be filled from its export and be what it was:

    {"nightdesk": "raw/1", "rows": {"<table>": [{...}]}}

Rows that belong to the next response or revisit record name it in WARC-Concurrent-To and stand before it; a row of
`pages` goes without its body, which that record holds. An archive may come from anybody: every value is checked by the
table's type, and what the ids and the words of a row must be is checked again.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from flows.crawl.urls import NotAWebAddress, canonical_url
from flows.raw import ARTICLE, PAGE_PURPOSES, RAW_TABLES, short_hash
from flows.sources.source import SOURCE_ID

FORMAT = "raw/1"
CONTENT_TYPE = "application/json"
TEXT_LIMIT = 20_000  # characters of one value
BODY = "body_gzip"

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_TABLES = {table.name: table for table in RAW_TABLES}
_ID = re.compile(r"[0-9a-f]{16}")
_HASH = re.compile(r"[0-9a-f]{64}")
_PLACES = frozenset({"feed", "sitemap", "section"})
WORDS = {  # what the tests of sql/ ask of these columns: a wrong word would fail every later night
    ("discoveries", "found_by"): _PLACES,
    ("fetches", "purpose"): _PLACES | {*PAGE_PURPOSES} | {"robots", "usage"},
    ("fetches", "outcome"): frozenset({"ok", "not_modified", "refused", "deferred", "failed"}),
    ("polls", "kind"): _PLACES,
    ("polls", "outcome"): frozenset({"ok", "not_modified", "refused", "failed"}),
    ("consents", "decision"): frozenset({"allowed", "refused"}),
    ("consents", "stance"): frozenset({"obey", "strict", "record"}),
}


class BadFacts(ValueError):
    """A record that says it holds our facts and does not."""


def written(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """The block of a metadata record with these rows."""
    given = {
        table: [{name: _plain(value) for name, value in row.items() if name != BODY} for row in some]
        for table, some in rows.items()
        if some
    }
    return json.dumps({"nightdesk": FORMAT, "rows": given}, ensure_ascii=False).encode("utf-8", "replace")


def parsed(block: bytes) -> Rows | None:
    """The rows of such a block, complete and checked; None where it is somebody else's. Raises BadFacts."""
    try:
        given = json.loads(block)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict) or "nightdesk" not in given:
        return None
    if given["nightdesk"] != FORMAT or not isinstance(given.get("rows"), dict):
        raise BadFacts(f"facts of another format than {FORMAT}")
    rows: Rows = {}
    for table, some in given["rows"].items():
        if table not in _TABLES or not isinstance(some, list):
            raise BadFacts(f"no table {table[:100]!r}")
        rows[table] = [_row(table, row) for row in some]
    return rows


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _row(table: str, given: object) -> Row:
    if not isinstance(given, dict):
        raise BadFacts(f"{table}: a row is no object")
    row: Row = {}
    for field in _TABLES[table].schema:
        if field.name == BODY:
            continue
        row[field.name] = _value(f"{table}.{field.name}", field, given.get(field.name))
    for (other, name), words in WORDS.items():
        if other == table and row[name] not in words:
            raise BadFacts(f"{table}.{name}: {str(row[name])[:50]!r}")
    check = _CHECKS.get(table)
    if check is not None and not check(row):
        raise BadFacts(f"{table}: a row contradicts itself")
    if "source_id" in row and not (SOURCE_ID.fullmatch(row["source_id"]) and len(row["source_id"]) <= 60):
        raise BadFacts(f"{table}: {row['source_id'][:80]!r} is no source id")
    return row


def _value(name: str, field: pa.Field[Any], given: object) -> object:
    if given is None:
        if field.nullable:
            return None
        raise BadFacts(f"{name} is missing")
    kind = field.type
    if pa.types.is_string(kind) and isinstance(given, str) and len(given) <= TEXT_LIMIT:
        return given.encode("utf-8", "replace").decode("utf-8")
    if pa.types.is_boolean(kind) and isinstance(given, bool):
        return given
    if pa.types.is_integer(kind) and isinstance(given, int) and not isinstance(given, bool):
        if -(2 ** (kind.bit_width - 1)) <= given < 2 ** (kind.bit_width - 1):
            return given
    elif pa.types.is_floating(kind) and isinstance(given, (int, float)) and math.isfinite(given):
        return float(given)
    elif pa.types.is_timestamp(kind) and isinstance(given, str):
        return moment_of(name, given)
    raise BadFacts(f"{name}: {str(given)[:50]!r}")


def moment_of(name: str, text: str) -> datetime:
    """A moment with its zone, in UTC. Raises BadFacts."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and moment.year >= 1970:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadFacts(f"{name}: {text[:50]!r}")


def _is_web(url: str) -> bool:
    try:  # not that it is canonical: what that means may have changed since the archive was written
        return bool(canonical_url(url))
    except NotAWebAddress:
        return False


def _is_fetch(row: Row) -> bool:
    is_page = row["purpose"] in PAGE_PURPOSES
    if is_page != (row["article_id"] is not None) or not _ID.fullmatch(row["fetch_id"]):
        return False
    if is_page and not (_is_web(row["url"]) and _ID.fullmatch(row["article_id"])):
        return False
    if row["purpose"] == ARTICLE and row["article_id"] != short_hash(row["url"]):
        return False
    has_body = row["body_hash"] is not None and _HASH.fullmatch(row["body_hash"])
    return bool(has_body) or not (is_page and row["outcome"] == "ok")


def _is_discovery(row: Row) -> bool:
    ids = row["article_id"], row["discovery_id"]
    expected = short_hash(row["url"]), short_hash(f"{row['source_id']}\n{row['url']}")
    return ids == expected and _is_web(row["url"])


_CHECKS: dict[str, Callable[[Row], bool]] = {
    "discoveries": _is_discovery,
    "fetches": _is_fetch,
    "pages": lambda row: bool(_HASH.fullmatch(row["body_hash"])),
    "polls": lambda row: bool(_ID.fullmatch(row["poll_id"])),
    "consents": lambda row: bool(_ID.fullmatch(row["consent_id"])),
}
