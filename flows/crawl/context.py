"""What every part of a crawl needs, in one frozen object."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import duckdb

from flows.clock import Clock
from flows.crawl.addresses import GuardedBackend
from flows.crawl.client import Client, Limits
from flows.crawl.consent import Consents
from flows.crawl.declarations import Declarations
from flows.crawl.isolation import IsolatedReader
from flows.crawl.known import Known
from flows.crawl.pacing import Pacing
from flows.crawl.robots import Robots
from flows.crawl.robots_store import RobotsStore
from flows.crawl.spool import Spool
from flows.errors import HomeUnusable
from flows.forget.register import Register, read_register
from flows.paths import Home
from flows.settings import Settings
from flows.sources.source import Source

PAGE_SECONDS = 3.0  # of processor time, to find where an article goes on; honest pages take a tenth of a second


@dataclass(frozen=True)
class CrawlContext:
    """One crawl in one event loop. `claimed`: ids of the articles that a source has taken on in this run.

    `reader` reads announcements, `page_reader` where articles go on; `unreadable` counts, by source, what it could not.
    """

    settings: Settings
    clock: Clock
    run_id: str
    spool: Spool
    client: Client
    robots: Robots
    pacing: Pacing
    known: Known
    reader: IsolatedReader
    deadline: float  # a time of the event loop
    forgotten: Register
    page_reader: IsolatedReader = field(default_factory=lambda: IsolatedReader(PAGE_SECONDS))
    declarations: Declarations = field(default_factory=Declarations)
    consents: Consents = field(default_factory=Consents)
    claimed: set[str] = field(default_factory=set)
    unreadable: Counter[str] = field(default_factory=Counter)
    _questions: asyncio.Lock = field(default_factory=asyncio.Lock)

    @contextlib.asynccontextmanager
    async def question(self) -> AsyncIterator[None]:
        """Around questions to raw, which hold up the event loop: one source's at a time, so that what arrives from
        the network is heard in between, however many sources begin at once."""
        async with self._questions:
            await asyncio.sleep(0)
            yield

    @property
    def is_over(self) -> bool:
        return asyncio.get_running_loop().time() >= self.deadline

    @property
    def limits(self) -> Limits:
        settings = self.settings
        return Limits(settings.request_timeout_seconds, settings.body_limit_bytes, settings.redirect_limit)

    def delay_of(self, source: Source) -> float:
        """Seconds between two requests to one of the source's hosts, before robots.txt is asked."""
        return self.settings.delay_seconds if source.delay_seconds is None else source.delay_seconds

    def add_routes(self, source: Source) -> None:
        """Let the source's own hosts be reached through its connect_to, where it has one."""
        if source.connect_address is not None:
            urls = [source.home_url, *(discover.url for discover in source.discover)]
            self.client.guard.add_route(urls, source.connect_address)


@contextlib.asynccontextmanager
async def open_crawl(
    settings: Settings,
    clock: Clock,
    run_id: str,
    *,
    guard: GuardedBackend | None = None,
    leaves_no_trace: bool = False,
) -> AsyncIterator[CrawlContext]:
    """A crawl, ready for `crawl_source`. On the way out what is buffered is written and connections are closed.

    `leaves_no_trace`: nothing is read from raw and nothing written. Raises HomeUnusable.
    """
    home = settings.paths
    deadline = asyncio.get_running_loop().time() + settings.crawl_limit_seconds
    known = _open_known(None if leaves_no_trace else home)
    client = Client(settings.user_agent, settings.hosts_at_once, guard)
    pacing = Pacing(settings.hosts_at_once, deadline, clock)
    spool = Spool(None if leaves_no_trace else home.spool, run_id)
    context = CrawlContext(
        settings=settings,
        clock=clock,
        run_id=run_id,
        spool=spool,
        client=client,
        robots=_open_robots(settings, client, pacing, RobotsStore(None if leaves_no_trace else home.robots, clock)),
        pacing=pacing,
        known=known,
        reader=IsolatedReader(),
        deadline=deadline,
        forgotten=read_register(home),
    )
    try:
        yield context
    finally:
        known.close()
        try:
            spool.flush_all()  # first: a connection that does not close well costs no row
        finally:
            for each in (context.reader, context.page_reader, client):
                await each.aclose()


def _open_robots(settings: Settings, client: Client, pacing: Pacing, store: RobotsStore) -> Robots:
    store.sweep()
    return Robots(client, pacing, settings.request_timeout_seconds, 1 + min(settings.retry_limit, 1), store)


def _open_known(home: Home | None) -> Known:
    if home is None:
        return Known(None)
    try:
        return Known(home.raw_database, home.columns)
    except duckdb.Error as error:
        raise HomeUnusable(
            f"{home.raw_database} cannot be read: {error}",
            "If another program has it open for writing, wait for that; `nightdesk doctor` says more.",
        ) from error
