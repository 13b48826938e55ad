"""One URL asked for, politely: robots first, then its turn, then the request, again where time may heal the failure.

Every attempt is one row of raw.fetches. The last attempt's row is handed back for the caller to judge and record.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.crawl.client import FetchError, Response
from flows.crawl.context import CrawlContext
from flows.crawl.pacing import Heard, TurnTooLate, retry_after_seconds
from flows.crawl.permission import BY_ROBOTS, check_page, check_use, is_refusal, note, refuse_forgotten
from flows.crawl.robots import RobotsFetch, Verdict
from flows.crawl.urls import host_of
from flows.crawl.usage import joined, page_flags
from flows.crawl.validators import NONE, Validators
from flows.errors import NightdeskError
from flows.raw import short_hash
from flows.sources.source import Source

BACKOFF_SECONDS = 0.5  # before the first further try; doubled each time, half of it by chance
NOT_ASKED = Verdict("not_asked")


@dataclass(frozen=True)
class Ask:
    """A URL, whose it is, and what for: article, following, feed, sitemap, section, robots or usage."""

    source: Source
    url: str
    purpose: str
    article_id: str | None = None
    is_recheck: bool = False
    validators: Validators = NONE


@dataclass(frozen=True)
class Visit:
    """How an attempt ended. `row` is its row of raw.fetches, not yet recorded; `response` is there if outcome is ok."""

    outcome: str
    row: dict[str, Any]
    response: Response | None = None
    may_heal: bool = False


@dataclass
class _Attempt:
    number: int
    requested_at: datetime
    verdict: Verdict = NOT_ASKED
    flags: tuple[str, ...] = ()  # of the hosts' own files
    started: float | None = None

    @property
    def seconds(self) -> float:
        return 0.0 if self.started is None else asyncio.get_running_loop().time() - self.started


async def visit(ask: Ask, context: CrawlContext) -> Visit:
    """The last attempt at a URL; earlier ones are recorded. Raises nothing a page could cause."""
    number = 1
    while True:
        made = await _attempt(ask, context, number)
        note(ask, context, made.row)
        if not made.may_heal or number > context.settings.retry_limit or context.is_over:
            return made
        context.spool.add("fetches", ask.source.source_id, made.row)
        pause = BACKOFF_SECONDS * 2 ** (number - 1)
        await asyncio.sleep(pause * random.uniform(0.5, 1.0))
        number += 1


def deferred(ask: Ask, context: CrawlContext, error_class: str, message: str) -> Visit:
    """A URL that is left for another night without a request."""
    attempt = _Attempt(1, context.clock.now())
    return Visit("deferred", _row(ask, context, attempt, "deferred", error_class=error_class, error_message=message))


async def _attempt(ask: Ask, context: CrawlContext, number: int) -> Visit:
    attempt = _Attempt(number, context.clock.now())
    try:
        attempt.verdict = await _verdict(ask, context, ask.url)
        if not attempt.verdict.is_allowed:
            return _ended(ask, context, attempt, "refused", f"robots_{attempt.verdict.verdict}", "by robots.txt")
        attempt.flags = await _declared(ask, context, ask.url, attempt.verdict)
        response = await context.client.request(
            ask.url,
            context.limits,
            headers=ask.validators.headers,
            route=ask.source.connect_address,
            gate=lambda url, hop: _gate(ask, context, attempt, url, hop),
        )
        check_page(ask, context, response)
    except TurnTooLate as late:
        return _ended(ask, context, attempt, "deferred", late.error_class, str(late))
    except FetchError as error:
        return _failed(ask, context, attempt, error)
    except NightdeskError:
        raise
    except Exception as error:  # the page's boundary: recorded as this page's reason, the others go on
        return _ended(ask, context, attempt, "failed", "unexpected", f"{type(error).__name__}: {error}")
    if response.status == 304 and not ask.validators.headers:
        return _failed(ask, context, attempt, FetchError("protocol", "304 to an unconditional request"))
    outcome = "not_modified" if response.status == 304 else "ok"
    return Visit(outcome, _row(ask, context, attempt, outcome, response), response)


@contextlib.asynccontextmanager
async def _gate(ask: Ask, context: CrawlContext, attempt: _Attempt, url: str, hop: int) -> AsyncIterator[Heard]:
    """Robots for what a redirect leads to, and a turn for every hop; the attempt's clock starts with the first."""
    verdict = attempt.verdict if hop == 0 else await _verdict(ask, context, url)
    if not verdict.is_allowed:
        raise FetchError(BY_ROBOTS, f"redirected to {url[:300]}, which robots.txt forbids")
    if hop:
        attempt.flags += verdict.flags + await _declared(ask, context, url, verdict)
    delay = max(context.delay_of(ask.source), verdict.delay_seconds)
    async with context.pacing.slot(host_of(url), delay) as heard:
        if attempt.started is None:
            attempt.requested_at, attempt.started = context.clock.now(), asyncio.get_running_loop().time()
        yield heard


async def _declared(ask: Ask, context: CrawlContext, url: str, verdict: Verdict) -> tuple[str, ...]:
    async def fetch(file_url: str) -> Response | None:
        made = await _attempt(Ask(ask.source, file_url, "usage"), context, 1)
        context.spool.add("fetches", ask.source.source_id, made.row)
        return made.response

    return await check_use(ask, context, url, verdict, fetch)


async def _verdict(ask: Ask, context: CrawlContext, url: str) -> Verdict:
    refuse_forgotten(context, url)

    def report(fetch: RobotsFetch) -> None:
        about = Ask(ask.source, fetch.url, "robots")
        attempt = _Attempt(1, context.clock.now())
        error = fetch.error
        row = _row(
            about,
            context,
            attempt,
            "failed" if error else "ok",
            fetch.response,
            error_class=error.error_class if error else None,
            error_message=error.message if error else None,
        )
        context.spool.add("fetches", ask.source.source_id, {**row, "seconds": fetch.seconds})

    verdict = await context.robots.verdict(url, context.delay_of(ask.source), ask.source.connect_address, report)
    context.consents.robots_read(url, verdict.body_hash)
    return verdict


def _failed(ask: Ask, context: CrawlContext, attempt: _Attempt, error: FetchError) -> Visit:
    outcome = "refused" if is_refusal(error.error_class) else "failed"
    made = _ended(ask, context, attempt, outcome, error.error_class, error.message, error.response)
    return Visit(made.outcome, made.row, None, error.may_heal)


def _ended(
    ask: Ask,
    context: CrawlContext,
    attempt: _Attempt,
    outcome: str,
    error_class: str,
    message: str,
    response: Response | None = None,
) -> Visit:
    row = _row(ask, context, attempt, outcome, response, error_class=error_class, error_message=message[:500])
    return Visit(outcome, row)


def _row(
    ask: Ask,
    context: CrawlContext,
    attempt: _Attempt,
    outcome: str,
    response: Response | None = None,
    *,
    error_class: str | None = None,
    error_message: str | None = None,
) -> dict[str, Any]:
    requested_at = attempt.requested_at
    identity = f"{context.run_id}\n{ask.url}\n{requested_at.isoformat()}\n{attempt.number}"
    is_whole = response is not None and outcome == "ok"
    flags = attempt.verdict.flags + attempt.flags + (page_flags(response.headers, response.body) if response else ())
    return {
        "fetch_id": short_hash(identity),
        "run_id": context.run_id,
        "source_id": ask.source.source_id,
        "purpose": ask.purpose,
        "article_id": ask.article_id,
        "is_recheck": ask.is_recheck,
        "url": ask.url,
        "outcome": outcome,
        "attempt": attempt.number,
        **_answer(response, requested_at),
        "body_hash": hashlib.sha256(response.body).hexdigest() if response and is_whole else None,
        "body_bytes": len(response.body) if response and is_whole else None,
        "seconds": response.seconds if response and is_whole else attempt.seconds,
        "robots_verdict": attempt.verdict.verdict,
        "robots_rule": (attempt.verdict.rule or "")[:300] or None,
        "usage_flags": joined(flags),
        "error_class": error_class,
        "error_message": error_message,
        "requested_at": requested_at,
    }


def _answer(response: Response | None, now: datetime) -> dict[str, Any]:
    headers = response.headers if response else {}
    return {
        "final_url": response.final_url[:2_000] if response else None,
        "status": response.status if response else None,
        "redirects": response.redirects if response else 0,
        "content_type": headers.get("content-type", "")[:200] or None,
        "etag": _short(headers.get("etag")),
        "last_modified": _short(headers.get("last-modified")),
        "retry_after_seconds": retry_after_seconds(headers.get("retry-after"), now),
    }


def _short(value: str | None) -> str | None:
    """A validator; one of more than 1,000 characters is not kept, as a part of it would be another."""
    return value if value and len(value) <= 1_000 else None
