"""The pages on which an article goes on, asked for one after the other once its first page is there.

They are requests as any other: robots.txt, pace, signals, the guard, the limits. Each is a row of raw.fetches with the
purpose `following` and the id of the article. They are recorded before the first page is: a kill in between leaves an
article that was not had, and the next run asks for all of it.

Nothing here costs an article. What cannot be had is a row with its reason, the pages before it stand, and the address
is asked for again at the next recheck. Beside the reasons of other requests there are:

left_site      a redirect led to another site
page_repeated  what came is a page that the article has already
not_following  what came links to no other page of the article: a wall, an error page, another article
unreadable     it cannot be parsed, or not within its limits
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from flows.crawl.client import Response
from flows.crawl.context import CrawlContext
from flows.crawl.followed import missing_page
from flows.crawl.items import Unreadable
from flows.crawl.known import Due
from flows.crawl.onward import may_go_on
from flows.crawl.pages import only_html, page_row, refused_page
from flows.crawl.urls import NotAWebAddress, canonical_url
from flows.crawl.visits import Ask, Visit, deferred, visit
from flows.raw import FOLLOWING, short_hash
from flows.sources.source import Source

UNREADABLE_PAGES = 3  # of one source; then its pages are no longer asked where they go on: each may cost seconds


async def follow(source: Source, one: Due, first: Visit, *, is_new: bool, context: CrawlContext) -> None:
    """Ask for the pages after the first and record them. first: how the article's own request ended; is_new: with a
    body that is not the one had before.

    Where the body is the same, only the page that is missing is asked for again, and what comes after it.
    """
    most = context.settings.pages_per_article
    if most == 1 or first.outcome not in ("ok", "not_modified"):
        return
    walk = _Walk(source, one, context, first)
    if is_new or not one.following:
        url = await walk.goes_on(first.response) if first.outcome == "ok" and first.response else None
    else:
        walk.has([page.url for page in one.following if page.body_hash])
        url = missing_page(one.following)
    while url is not None and walk.pages < most and await walk.may_ask(url):
        url = await walk.step(url)


@dataclass
class _Walk:
    """One article's pages: those had so far by address and by body, and how many they are."""

    source: Source
    one: Due
    context: CrawlContext
    first: Visit
    pages: int = 1
    _urls: set[str] = field(default_factory=set)
    _bodies: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        found = self.first.row["final_url"] or self.one.url
        self._urls = {self.one.url, found}
        self._bodies = {self.first.row["body_hash"] or self.one.validators.body_hash or ""}
        self._kept = {page.body_hash for page in self.one.following}

    @cached_property
    def _sites(self) -> frozenset[str]:
        """Those of the first page. Nearly no article goes on, so nobody asks."""
        return frozenset(map(_site, (self.one.url, self.first.row["final_url"] or self.one.url)))

    def has(self, urls: list[str]) -> None:
        """Count pages that were had before."""
        self._urls.update(urls)
        self._bodies.update(page.body_hash for page in self.one.following if page.body_hash)
        self.pages += len(urls)

    async def may_ask(self, url: str) -> bool:
        """Whether the address is of the site, no page that was had, and no article that a source announces."""
        try:
            article_id = short_hash(canonical_url(url))
        except NotAWebAddress:
            return False
        if url in self._urls or _site(url) not in self._sites or article_id in self.context.claimed:
            return False
        async with self.context.question():
            return not self.context.known.is_discovered(article_id)

    async def step(self, url: str) -> str | None:
        """Ask for one page and record it; returns where the article goes on from there."""
        ask = Ask(self.source, url, FOLLOWING, self.one.article_id, self.one.is_recheck)
        if self.context.is_over:
            self._record(deferred(ask, self.context, "deadline", "the crawl's time is over"))
            return None
        made = only_html(await visit(ask, self.context))
        if made.outcome != "ok" or made.response is None:
            self._record(made)
            return None
        response = made.response
        made, onward = await self._judged(made, response, url)
        body_hash = made.row["body_hash"]
        if made.outcome == "ok" and body_hash not in self._kept:
            row = await asyncio.to_thread(page_row, response, body_hash, made.row["requested_at"])
            self.context.spool.add("pages", self.source.source_id, row)
        self._record(made)
        self._urls.update((url, made.row["final_url"]))
        self._bodies.add(body_hash)
        self.pages += 1
        return onward

    async def goes_on(self, response: Response) -> str | None:
        """Where the article goes on from its first page."""
        if self._is_given_up or not await asyncio.to_thread(may_go_on, response.body, response.final_url):
            return None
        try:
            return (await self._read(response, None))[1]
        except Unreadable:
            return None

    async def _judged(self, made: Visit, response: Response, url: str) -> tuple[Visit, str | None]:
        """The visit, failed where what came is no further page of the article, and where that goes on."""
        if _site(response.final_url) not in self._sites:
            return refused_page(made, "left_site", f"redirected to {response.final_url[:300]}"), None
        if response.final_url in self._urls or made.row["body_hash"] in self._bodies:
            return refused_page(made, "page_repeated", "a page of the article that was had already"), None
        try:
            is_page, onward = await self._read(response, url)
        except Unreadable as error:
            return refused_page(made, "unreadable", str(error)[:500]), None
        if not is_page:
            return refused_page(made, "not_following", "it links to no other page of the article"), None
        return made, onward

    async def _read(self, response: Response, asked: str | None) -> tuple[bool, str | None]:
        given = response.body, response.content_type, response.final_url, asked, self.source.selectors_json
        try:
            return await self.context.page_reader.onward(*given)
        except Unreadable:
            self.context.unreadable[self.source.source_id] += 1
            raise

    @property
    def _is_given_up(self) -> bool:
        return self.context.unreadable[self.source.source_id] >= UNREADABLE_PAGES

    def _record(self, made: Visit) -> None:
        self.context.spool.add("fetches", self.source.source_id, made.row)


def _site(url: str) -> str:
    """Host and port, `www.` left out; "" where the URL is none."""
    try:
        return urlsplit(canonical_url(url)).netloc.removeprefix("www.")
    except NotAWebAddress:
        return ""
