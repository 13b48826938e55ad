"""One source, one night: polls, then the frontier, then the pages. `flows/night.py` runs it once per source."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flows.crawl.context import CrawlContext, open_crawl
from flows.crawl.following import follow
from flows.crawl.items import Item
from flows.crawl.known import Due
from flows.crawl.pages import only_html, page_row
from flows.crawl.polls import Poll, discovery_id, due_places, is_well, poll_source, record_polls
from flows.crawl.urls import host_of
from flows.crawl.visits import Ask, Visit, deferred, visit
from flows.errors import SkipSource
from flows.health.retirement import retired
from flows.ledger import RETIRED
from flows.raw import short_hash
from flows.sources.source import Source

__all__ = ["CrawlContext", "SourceReport", "crawl_source", "open_crawl"]

FAILURES_IN_A_ROW = 5  # after so many, a host is left alone for the night: it is down, or wants to be


@dataclass(frozen=True)
class SourceReport:
    """What one source gave. due = fetched + refused + deferred + failed counts new articles, the re* ones rechecks.

    status: ok, failed, skipped, or retired: all it announces is gone. not_modified: answers of 304.
    rechecked = unchanged + revised + those that failed. not_due: places that it was too early to poll.
    new_items: URLs seen for the first time. seconds: from the first poll to the last page, waiting included.
    """

    source_id: str
    status: str
    reason: str | None = None
    due: int = 0
    fetched: int = 0
    not_modified: int = 0
    refused: int = 0
    deferred: int = 0
    failed: int = 0
    rechecked: int = 0
    unchanged: int = 0
    revised: int = 0
    polls: int = 0
    not_due: int = 0
    new_items: int = 0
    seconds: float = 0.0

    def plus(self, **counts: int) -> SourceReport:
        """The report with counts added to."""
        return replace(self, **{name: getattr(self, name) + count for name, count in counts.items()})


async def crawl_source(source: Source, context: CrawlContext) -> SourceReport:
    """Crawl one source and record everything; failures of single pages are rows, never raised.

    Raises SkipSource when not one of its polls was good (of a place that is not due, the last one), and HomeUnusable
    when rows cannot be written. When cancelled, what was not fetched is recorded as deferred.
    """
    started = asyncio.get_running_loop().time()
    if context.forgotten.covers_source(source.source_id):
        return SourceReport(source.source_id, "skipped", "it was forgotten; delete its file, or say `enabled: false`")
    context.add_routes(source)
    try:
        async with context.question():
            places = due_places(source, context)
        polls = [_without_forgotten(poll, context) for poll in await poll_source(source, context, places)]
        items = tuple({item.url: item for poll in reversed(polls) for item in reversed(poll.items)}.values())[::-1]
        async with context.question():
            new_items = _record_discoveries(source, polls, items, context)
        context.spool.flush(source.source_id)
        not_due = [place for place in source.discover if place not in places]
        if not any(poll.is_good for poll in polls) and not any(is_well(source, place, context) for place in not_due):
            gone = retired(source, context.known.history, context.clock.now())
            if all(discover.url in gone for discover in source.discover):
                reason = f"{source.name}: {gone[source.discover[0].url].sentence}"
                return SourceReport(source.source_id, RETIRED, reason, polls=len(polls))
            raise SkipSource(_reason(source, polls), "`nightdesk sources check` tries it alone.")
        report = SourceReport(source.source_id, "ok", polls=len(polls), not_due=len(not_due), new_items=new_items)
        async with context.question():
            due = _due(source, items, context)
        report = await _fetch_due(source, due, report, context)
    finally:
        context.spool.flush(source.source_id)
    return replace(report, seconds=round(asyncio.get_running_loop().time() - started, 3))


def _record_discoveries(source: Source, polls: Sequence[Poll], items: Sequence[Item], context: CrawlContext) -> int:
    """Rows for all that is announced tonight: known URLs keep the moment they were first seen."""
    first_seen = context.known.first_seen(source.source_id)
    now = context.clock.now()
    for item in items:
        key = discovery_id(source, item)
        row = {
            "discovery_id": key,
            "source_id": source.source_id,
            "article_id": short_hash(item.url),
            **{name: getattr(item, name) for name in Item.__dataclass_fields__},
            "first_seen_at": first_seen.get(key, now),
            "last_seen_at": now,
        }
        context.spool.add("discoveries", source.source_id, row)
    return record_polls(source, polls, set(first_seen), context)


def _without_forgotten(poll: Poll, context: CrawlContext) -> Poll:
    return replace(poll, items=tuple(item for item in poll.items if not context.forgotten.covers(item.url)))


def _reason(source: Source, polls: Sequence[Poll]) -> str:
    if not polls:
        return f"{source.name}: none of its announcements could be read of late; they are asked again in a while"
    worst = polls[0]
    said = f"{worst.error_class}: {worst.error_message}" if worst.error_class else worst.outcome
    return f"{source.name}: none of its {len(polls)} announcements could be read; {worst.discover.url}: {said}"[:500]


def _due(source: Source, items: Sequence[Item], context: CrawlContext) -> list[Due]:
    """The source's share of the frontier; an article that another source has taken on in this run is left to it."""
    settings = context.settings
    handed_out = context.known.frontier(
        source.source_id,
        items,
        context.clock.now(),
        give_up_after=settings.give_up_after,
        recheck_days=settings.recheck_days,
    )
    due = [one for one in handed_out if one.article_id not in context.claimed]
    context.claimed.update(one.article_id for one in due)
    return due


@dataclass
class _Tally:
    """What a source has so far; its hosts share it. requested: new articles asked for, or being asked for."""

    report: SourceReport
    limit: int
    requested: int = 0


async def _fetch_due(source: Source, due: list[Due], report: SourceReport, context: CrawlContext) -> SourceReport:
    """Each host's articles in their order, several hosts side by side."""
    limit = source.articles_per_night or context.settings.articles_per_source
    tally = _Tally(report.plus(due=sum(not one.is_recheck for one in due)), limit)
    waiting: dict[str, deque[Due]] = {}
    for one in due:
        waiting.setdefault(host_of(one.url), deque()).append(one)
    try:
        async with asyncio.TaskGroup() as group:
            for of_host in waiting.values():
                group.create_task(_fetch_in_turn(source, of_host, tally, context))
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    except asyncio.CancelledError:
        for one in (one for of_host in waiting.values() for one in of_host):
            made = deferred(_ask(source, one), context, "cancelled", "the run was stopped")
            tally.report = _record(one, made, None, tally.report, context)
        raise
    return tally.report


async def _fetch_in_turn(source: Source, waiting: deque[Due], tally: _Tally, context: CrawlContext) -> None:
    """The articles of one host; one is taken out of `waiting` when its row is written."""
    vain = 0  # failures in a row that time might have healed
    while waiting:
        one = waiting[0]
        reason = _reason_to_defer(one, vain, tally, context)
        if reason is None:
            counts = int(not one.is_recheck)
            tally.requested += counts  # now, because other hosts are asked meanwhile
            made = await visit(_ask(source, one), context)
            tally.requested -= counts * (made.outcome in ("deferred", "refused"))
            vain = vain + 1 if made.may_heal else 0
        else:
            made = deferred(_ask(source, one), context, *reason)
        made = only_html(made)
        page = None
        body_hash = made.row["body_hash"]
        if made.response is not None and made.outcome == "ok" and body_hash != one.validators.body_hash:
            page = await asyncio.to_thread(page_row, made.response, body_hash, made.row["requested_at"])
        await follow(source, one, made, is_new=page is not None, context=context)
        waiting.popleft()
        tally.report = _record(one, made, page, tally.report, context)


def _ask(source: Source, one: Due) -> Ask:
    return Ask(source, one.url, "article", one.article_id, one.is_recheck, one.validators)


def _reason_to_defer(one: Due, vain: int, tally: _Tally, context: CrawlContext) -> tuple[str, str] | None:
    if context.is_over:
        return "deadline", "the crawl's time is over"
    if not one.is_recheck and tally.requested >= tally.limit:
        return "over_limit", f"more than {tally.limit} new articles in one night"
    if vain >= FAILURES_IN_A_ROW:
        return "host_failing", f"{FAILURES_IN_A_ROW} failures in a row"
    return None


def _record(
    one: Due, made: Visit, page: dict[str, Any] | None, report: SourceReport, context: CrawlContext
) -> SourceReport:
    """Write the page, where there is a new one, then the fetch; count them."""
    source_id = report.source_id
    if one.is_recheck and made.outcome == "deferred":  # not due as news: nothing to account for
        return report
    if page is not None:
        context.spool.add("pages", source_id, page)
    context.spool.add("fetches", source_id, made.row)
    if not one.is_recheck:
        return report.plus(**{"fetched" if made.outcome == "ok" else made.outcome: 1})
    return report.plus(
        rechecked=1,
        not_modified=int(made.outcome == "not_modified"),
        unchanged=int(made.outcome == "not_modified" or (made.outcome == "ok" and page is None)),
        revised=int(page is not None),
    )
