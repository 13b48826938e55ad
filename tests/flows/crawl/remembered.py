"""What raw remembers, row by row, and the frontier that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.crawl.items import Item, make_item
from flows.crawl.known import Due, Known
from flows.raw import DISCOVERIES, FETCHES, POLLS, short_hash

NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)
NIGHT = timedelta(days=1)
URL = "http://paper.example/a"


def item(url: str, published: str | None = None) -> Item:
    made = make_item(url, "http://paper.example/feed", "feed", published=published)
    assert made is not None
    return made


def fetch(url: str, ago: timedelta, outcome: str, **facts: Any) -> dict[str, Any]:
    row = {field.name: None for field in FETCHES}
    told = {"run_id": "r", "source_id": "paper", "purpose": "article", "is_recheck": False, "attempt": 1}
    ids = {"fetch_id": short_hash(f"{url}{ago}"), "article_id": short_hash(url), "url": url}
    hashed = {"body_hash": "0" * 64} if outcome == "ok" else {}
    told |= {"redirects": 0, "seconds": 0.1, "robots_verdict": "allowed", "requested_at": NOW - ago}
    return {**row, **ids, **told, **hashed, "outcome": outcome, **facts}


def discovery(url: str, source_id: str = "paper") -> dict[str, Any]:
    key = short_hash(f"{source_id}\n{url}")
    told = {"source_id": source_id, "article_id": short_hash(url), "url": url, "url_as_found": url}
    seen = {"found_by": "feed", "found_in": "f", "first_seen_at": NOW - NIGHT, "last_seen_at": NOW}
    return {**{field.name: None for field in DISCOVERIES}, "discovery_id": key, **told, **seen}


def due(
    tmp_path: Path,
    fetches: Sequence[dict[str, Any]] = (),
    items: Sequence[Item] = (),
    discoveries: Sequence[dict[str, Any]] = (),
    polls: Sequence[dict[str, Any]] = (),
) -> list[Due]:
    known = known_from(tmp_path, fetches, discoveries, polls)
    try:
        return known.frontier("paper", items, NOW, give_up_after=3, recheck_days=3)
    finally:
        known.close()


def known_from(
    tmp_path: Path,
    fetches: Sequence[dict[str, Any]] = (),
    discoveries: Sequence[dict[str, Any]] = (),
    polls: Sequence[dict[str, Any]] = (),
) -> Known:
    database = tmp_path / "raw.duckdb"
    with duckdb.connect(str(database)) as connection:
        for name, rows, schema in (
            ("fetches", fetches, FETCHES),
            ("discoveries", discoveries, DISCOVERIES),
            ("polls", polls, POLLS),
        ):
            connection.from_arrow(pa.Table.from_pylist(list(rows), schema=schema)).create(name)
    return Known(database)
