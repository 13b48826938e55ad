"""Polls: what a source announces tonight, and a row of raw.polls for each feed, sitemap and section page asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.crawl.cadence import Answer, Bounds, is_due, pause_after, pause_after_failure, stated_pause
from flows.crawl.context import CrawlContext
from flows.crawl.discovery import FRESH_DAYS
from flows.crawl.items import Item, Unreadable
from flows.crawl.sitemaps import Child
from flows.crawl.validators import NONE, Validators, for_poll
from flows.crawl.visits import Ask, Visit, deferred, visit
from flows.health.retirement import retired
from flows.raw import short_hash
from flows.sources.files import facts_hash
from flows.sources.source import Discover, Source

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


def due_places(source: Source, context: CrawlContext) -> tuple[Discover, ...]:
    """The places of a source that are to be asked in this run; those that are gone have a schedule of their own.

    A source whose file has changed since the last run is asked everywhere.
    """
    known, now = context.known, context.clock.now()
    if _is_file_changed(source, context):
        return source.discover
    gone, last_run = retired(source, known.history, now), known.last_polled_at(now)
    return tuple(
        place
        for place in source.discover
        if place.url in gone or is_due(known.page(source.source_id, place.url, now), now, last_run)
    )


def is_well(source: Source, place: Discover, context: CrawlContext) -> bool:
    """Whether the last poll of a place was good."""
    history = context.known.page(source.source_id, place.url, context.clock.now())
    return history is not None and history.failures == 0


async def poll_source(source: Source, context: CrawlContext, places: Sequence[Discover] | None = None) -> list[Poll]:
    """The polls of those places of a source, of all where none are named, one after another, in the order of its file.

    The fetches are recorded, the polls not. What is retired and not due for a probe is not asked; a deferred fetch
    says so.
    """
    polls: list[Poll] = []
    async with context.question():
        gone = retired(source, context.known.history, context.clock.now())
    for discover in source.discover if places is None else places:
        if discover.url in gone and not gone[discover.url].is_due:
            ask = Ask(source, discover.url, discover.kind)
            left = deferred(ask, context, "retired", gone[discover.url].sentence)
            context.spool.add("fetches", source.source_id, left.row)
            continue
        polls += await _poll(source, discover, context, depth=0)
    return polls


def record_polls(source: Source, polls: Sequence[Poll], known_ids: set[str], context: CrawlContext) -> int:
    """Write the rows of the polls; the number of URLs seen for the first time. `known_ids`: discovery ids so far."""
    new_in_all: set[str] = set()
    new_items: list[int] = []
    for poll in polls:
        ids = {discovery_id(source, item) for item in poll.items}
        new_ids = ids - known_ids - new_in_all
        new_in_all |= new_ids
        new_items.append(len(new_ids))
    for at, poll in enumerate(polls):  # what a sitemap announces, the index above it announces
        together = [at] if poll.discover.kind != "sitemap" else _sitemaps(polls)
        answer = Answer(
            at=poll.visit.row["requested_at"],
            new_items=sum(new_items[one] for one in together),
            stated_dates=tuple(item.published_at for one in together for item in polls[one].items if item.published_at),
            is_full=poll.outcome == "ok",
            stated_pause=stated_pause(poll.visit.response.body) if poll.visit.response else timedelta(0),
        )
        row = _row(source, poll, new_items[at], context.run_id)
        pause = _pause(source, poll, answer, context)
        context.spool.add("polls", source.source_id, {**row, "next_due_at": row["polled_at"] + pause})
    return len(new_in_all)


def _sitemaps(polls: Sequence[Poll]) -> list[int]:
    return [at for at, poll in enumerate(polls) if poll.discover.kind == "sitemap"]


def _pause(source: Source, poll: Poll, answer: Answer, context: CrawlContext) -> timedelta:
    settings = context.settings
    bounds = Bounds(timedelta(minutes=settings.poll_floor_minutes), timedelta(hours=settings.poll_ceiling_hours))
    history = context.known.page(source.source_id, poll.discover.url, answer.at)
    if poll.is_good:
        return pause_after(history, answer, bounds)
    return pause_after_failure(history, poll.visit.row["retry_after_seconds"], bounds)


def _is_file_changed(source: Source, context: CrawlContext) -> bool:
    before = context.known.facts_hash(source.source_id)
    return before is not None and before != facts_hash(source)


def discovery_id(source: Source, item: Item) -> str:
    """The key of a discovery: one source, one canonical URL."""
    return short_hash(f"{source.source_id}\n{item.url}")


async def _poll(source: Source, discover: Discover, context: CrawlContext, depth: int) -> list[Poll]:
    now = context.clock.now()
    ask = Ask(source, discover.url, discover.kind, validators=_validators(source, discover, context, now))
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


def _validators(source: Source, discover: Discover, context: CrawlContext, now: datetime) -> Validators:
    """None for a source whose file has changed: it may accept what it left aside before."""
    if _is_file_changed(source, context):
        return NONE
    last = context.known.last_poll(source.source_id, discover.url)
    verdict = context.known.verdict(discover.url, now, of_articles=False)
    return for_poll(last.validators, last.full_body_at, now, verdict)


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
    }
