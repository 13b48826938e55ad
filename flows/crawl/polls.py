"""Polls: what a source announces tonight, and a row of raw.polls for each feed, sitemap and section page asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.crawl.context import CrawlContext
from flows.crawl.discovery import FRESH_DAYS
from flows.crawl.items import Item, Unreadable
from flows.crawl.sitemaps import Child
from flows.crawl.validators import for_poll
from flows.crawl.visits import Ask, Visit, visit
from flows.raw import short_hash
from flows.sources.source import Discover, Source

POLL_EVERY = timedelta(days=1)
SLACK = timedelta(hours=1)  # a night that starts a little earlier than the last one still finds everything due
CHILDREN_LIMIT = 12  # sitemaps read below one index, the latest changed first
DEPTH_LIMIT = 2


@dataclass(frozen=True)
class Poll:
    """One poll. `is_good`: the source answered as its file says it would; items may still be none."""

    discover: Discover
    visit: Visit
    items: tuple[Item, ...] = ()
    error_class: str | None = None
    error_message: str | None = None

    @property
    def outcome(self) -> str:
        """ok, not_modified, refused or failed; a poll that did not get its turn tonight failed, the class says why."""
        return "failed" if self.error_class and self.visit.outcome != "refused" else self.visit.outcome

    @property
    def is_good(self) -> bool:
        return self.outcome in ("ok", "not_modified")


async def poll_source(source: Source, context: CrawlContext) -> list[Poll]:
    """All polls of a source, one after another, in the order of its file; the fetches are recorded, the polls not."""
    polls: list[Poll] = []
    for discover in source.discover:
        polls += await _poll(source, discover, context, depth=0)
    return polls


def record_polls(source: Source, polls: Sequence[Poll], known_ids: set[str], context: CrawlContext) -> int:
    """Write the rows of the polls; the number of URLs seen for the first time. `known_ids`: discovery ids so far."""
    new_in_all: set[str] = set()
    for poll in polls:
        ids = {discovery_id(source, item) for item in poll.items}
        new_ids = ids - known_ids - new_in_all
        new_in_all |= new_ids
        context.spool.add("polls", source.source_id, _row(source, poll, len(new_ids), context.run_id))
    return len(new_in_all)


def discovery_id(source: Source, item: Item) -> str:
    """The key of a discovery: one source, one canonical URL."""
    return short_hash(f"{source.source_id}\n{item.url}")


async def _poll(source: Source, discover: Discover, context: CrawlContext, depth: int) -> list[Poll]:
    now = context.clock.now()
    last = context.known.last_poll(discover.url)
    ask = Ask(source, discover.url, discover.kind, validators=for_poll(last.validators, last.full_body_at, now))
    made = await visit(ask, context)
    context.spool.add("fetches", source.source_id, made.row)
    if made.response is None or made.outcome != "ok":
        return [Poll(discover, made, (), made.row["error_class"], made.row["error_message"])]
    response, limit = made.response, context.settings.body_limit_bytes
    try:
        reading = await context.reader.read(
            discover, response.body, response.final_url, response.content_type, limit, now
        )
    except Unreadable as error:
        return [Poll(discover, made, (), "unreadable", str(error)[:500])]
    polls = [Poll(discover, made, reading.items)]
    for child in _latest(reading.children, now) if depth < DEPTH_LIMIT else ():
        if child.url != discover.url:
            polls += await _poll(source, discover.model_copy(update={"url": child.url}), context, depth + 1)
    return polls


def _latest(children: Sequence[Child], now: datetime) -> list[Child]:
    oldest = now - timedelta(days=FRESH_DAYS)
    fresh = [child for child in children if child.changed_at is None or child.changed_at >= oldest]
    return sorted(fresh, key=lambda child: child.changed_at or now, reverse=True)[:CHILDREN_LIMIT]


def _row(source: Source, poll: Poll, new_items: int, run_id: str) -> dict[str, Any]:
    fetch = poll.visit.row
    return {
        "poll_id": short_hash(f"{fetch['fetch_id']}\npoll"),
        "run_id": run_id,
        "source_id": source.source_id,
        "url": poll.discover.url,
        "kind": poll.discover.kind,
        "outcome": poll.outcome,
        "status": fetch["status"],
        "items": len(poll.items),
        "new_items": new_items,
        "etag": fetch["etag"],
        "last_modified": fetch["last_modified"],
        "body_hash": fetch["body_hash"],
        "error_class": poll.error_class,
        "error_message": poll.error_message,
        "seconds": fetch["seconds"],
        "polled_at": fetch["requested_at"],
        "next_due_at": fetch["requested_at"] + POLL_EVERY - SLACK,
    }
