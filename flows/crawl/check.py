"""Looking at a source without a trace: what `nightdesk sources check` and `nightdesk sources add` ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows.clock import Clock
from flows.crawl.addresses import GuardedBackend
from flows.crawl.client import Response
from flows.crawl.context import CrawlContext, open_crawl
from flows.crawl.discovery import FeedLink, common_feeds, common_sitemaps, discover_feeds
from flows.crawl.items import Unreadable
from flows.crawl.polls import poll_source
from flows.crawl.sections import read_section, site_facts
from flows.crawl.visits import Ask, visit
from flows.settings import Settings
from flows.sources.source import Discover, Source

FEEDS_TRIED = 12  # of those that a page names: some name one a topic, a hostile one thousands
SITEMAPS_TRIED = 3


@dataclass(frozen=True)
class Checked:
    """One poll of a source. outcome: ok, not_modified, refused or failed. newest_at: the latest date stated."""

    kind: str
    url: str
    outcome: str
    items: int
    dated: int
    newest_at: datetime | None
    example: str | None
    error_class: str | None
    error_message: str | None
    seconds: float


@dataclass(frozen=True)
class Site:
    """A site as its page shows it. links: addresses on it that look like articles. failure: why there is no page.

    sitemap: the first that announces articles, looked for where there is no feed.
    """

    home_url: str
    title: str | None
    language: str | None
    feeds: tuple[FeedLink, ...]
    links: int
    failure: str | None
    sitemap: str | None = None


async def check_sources(
    sources: Sequence[Source], settings: Settings, clock: Clock, guard: GuardedBackend | None = None
) -> list[tuple[Checked, ...]]:
    """Every poll of each source, made now and paced together, as sources may share a host; nothing is recorded."""
    async with open_crawl(settings, clock, "check", guard=guard, leaves_no_trace=True) as context:
        return await asyncio.gather(*[_checked(source, context) for source in sources])


async def look_at_site(
    home_url: str,
    settings: Settings,
    clock: Clock,
    connect_to: str | None = None,
    guard: GuardedBackend | None = None,
) -> Site:
    """What a site offers: the feeds that its page names and that can be read, else those found where feeds often lie.

    The page itself counts when it is a feed. Everything is fetched as politely as at night; nothing is recorded.
    """
    async with open_crawl(settings, clock, "check", guard=guard, leaves_no_trace=True) as context:
        source = _stranger(home_url, (home_url,), connect_to)
        context.add_routes(source)
        made = await visit(Ask(source, home_url, "section"), context)
        response = made.response
        if response is None:
            reason = f"{made.row['error_class']}: {made.row['error_message']}"
            return Site(home_url, None, None, (), 0, reason[:300])
        try:
            title, language = site_facts(response.body, response.content_type)
            links = len(read_section(response.body, response.final_url, response.content_type))
            named = discover_feeds(response.body, response.final_url, response.content_type)
        except Unreadable:
            title, language, links, named = None, None, 0, ()
        if await _is_feed(response, context):
            feeds: tuple[FeedLink, ...] = (FeedLink(home_url, ""),)
        else:
            feeds = await _readable(named[:FEEDS_TRIED], connect_to, context)
        if not feeds:
            feeds = await _readable(common_feeds(home_url), connect_to, context)
        sitemap = None if feeds else await _sitemap(response.final_url, connect_to, context)
        return Site(response.final_url, title, language, feeds, links, None, sitemap)


async def _is_feed(response: Response, context: CrawlContext) -> bool:
    place, limit = Discover(kind="feed", url=response.url), context.settings.body_limit_bytes
    try:
        reading = await context.reader.read(
            place, response.body, response.final_url, response.content_type, limit, context.clock.now()
        )
    except Unreadable:
        return False
    return bool(reading.items)


async def _readable(feeds: Iterable[FeedLink], connect_to: str | None, context: CrawlContext) -> tuple[FeedLink, ...]:
    kept = []
    for feed in feeds:
        polls = await _checked(_stranger(feed.url, (feed.url,), connect_to), context)
        if any(poll.items for poll in polls):
            kept.append(feed)
    return tuple(kept)


async def _sitemap(home_url: str, connect_to: str | None, context: CrawlContext) -> str | None:
    """The first of those that robots.txt names, news sitemaps before others, else of the usual places."""
    for url in (context.robots.sitemaps(home_url) or common_sitemaps(home_url))[:SITEMAPS_TRIED]:
        polls = await _checked(_stranger(url, (url,), connect_to, "sitemap"), context)
        if any(poll.items for poll in polls):
            return url
    return None


async def _checked(source: Source, context: CrawlContext) -> tuple[Checked, ...]:
    context.add_routes(source)
    return tuple(
        Checked(
            kind=poll.discover.kind,
            url=poll.discover.url,
            outcome=poll.outcome,
            items=len(poll.items),
            dated=sum(item.published_at is not None for item in poll.items),
            newest_at=max((item.published_at for item in poll.items if item.published_at), default=None),
            example=poll.items[0].title or poll.items[0].url if poll.items else None,
            error_class=poll.error_class,
            error_message=poll.error_message,
            seconds=poll.visit.row["seconds"],
        )
        for poll in await poll_source(source, context)
    )


def _stranger(
    home_url: str, places: tuple[str, ...], connect_to: str | None, kind: Literal["feed", "sitemap"] = "feed"
) -> Source:
    """A source that is no file yet; its facts beyond the addresses are placeholders that nothing reads."""
    return Source(
        source_id="stranger",
        name="stranger",
        home_url=home_url,
        language="en",
        discover=tuple(Discover(kind=kind, url=url) for url in places),
        connect_to=connect_to,
    )
