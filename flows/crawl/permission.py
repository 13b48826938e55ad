"""Whether a URL may be asked for and its page be kept, beyond robots.txt: what was forgotten, and consent.py.

Only articles, with all their pages, are a matter of consent. A refusal is raised as a FetchError, which visits.py
records as refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.crawl.client import FetchError, Response
from flows.crawl.consent import PREFIX, Stance, refusal
from flows.crawl.declarations import Fetch
from flows.crawl.usage import page_flags
from flows.raw import PAGE_PURPOSES

if TYPE_CHECKING:
    from flows.crawl.context import CrawlContext
    from flows.crawl.robots import Verdict
    from flows.crawl.visits import Ask

FORGOTTEN, BY_ROBOTS = "forgotten", "robots_refused"


def is_refusal(error_class: str) -> bool:
    """Whether a FetchError of this class says that we may not, rather than that it did not work."""
    return error_class in (FORGOTTEN, BY_ROBOTS) or error_class.startswith(PREFIX)


def stance_of(ask: Ask, context: CrawlContext) -> Stance:
    """What the source's file says about signals, else what the settings say."""
    if ask.source.usage_signals is not None:
        return Stance(ask.source.usage_signals, ask.source.usage_reason)
    return Stance(context.settings.usage_signals)


def refuse_forgotten(context: CrawlContext, url: str) -> None:
    """Raises FetchError where the URL was forgotten: not even the robots.txt of its host is asked for its sake."""
    if context.forgotten.covers(url):
        raise FetchError(FORGOTTEN, "it was forgotten: `nightdesk forget --list`")


async def check_use(ask: Ask, context: CrawlContext, url: str, robots: Verdict, fetch: Fetch) -> tuple[str, ...]:
    """The flags of what the host of `url` says as a whole. Raises FetchError where the URL may not be had."""
    if ask.purpose not in PAGE_PURPOSES:
        return ()
    flags = await context.declarations.flags(url, fetch)
    _judge(ask, context, robots.flags + flags, None)
    return flags


def check_page(ask: Ask, context: CrawlContext, response: Response) -> None:
    """Raises FetchError where the page itself forbids what we would do with it."""
    if ask.purpose in PAGE_PURPOSES:
        _judge(ask, context, page_flags(response.headers, response.body), response)


def note(ask: Ask, context: CrawlContext, fetch: dict[str, Any]) -> None:
    """Enter into the ledger of consents what was said of an article, where it is said for the first time tonight."""
    row = context.consents.row(fetch, stance_of(ask, context)) if ask.purpose in PAGE_PURPOSES else None
    if row is not None:
        context.spool.add("consents", ask.source.source_id, row)


def _judge(ask: Ask, context: CrawlContext, flags: tuple[str, ...], response: Response | None) -> None:
    level = stance_of(ask, context).level
    reason = refusal(flags, level)
    if reason is not None:
        said = next(flag for flag in flags if refusal([flag], level))
        raise FetchError(reason, f"the publisher says {said!r}", response=response)
