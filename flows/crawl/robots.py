"""robots.txt, RFC 9309: fetched once per origin and run (for an hour not even that), asked before every request.

A 4xx means that there are no rules ("unavailable": everything is allowed). A 5xx, a 429 (the server asks for less) or
no answer at all means that nobody knows them ("unreachable": nothing is fetched); as that costs the host its night, it
is asked once more where time may heal the failure. Rules are matched by the product token alone (section 2.2.1): the
words of the whole User-Agent header would match groups that other agents are meant by.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flows.crawl.client import Client, FetchError, Limits, Response
from flows.crawl.pacing import Heard, Pacing
from flows.crawl.robots_rules import BODY_LIMIT_BYTES, RobotsText
from flows.crawl.robots_store import NO_FILE, RobotsStore
from flows.crawl.urls import host_of, origin_of
from flows.crawl.usage import AI_AGENTS, UsageLines

AGENT = "Nightdesk"
REDIRECT_LIMIT = 5  # RFC 9309, 2.3.1.2
AGAIN_SECONDS = 0.5
CRAWL_DELAY_LIMIT_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Verdict:
    """What robots.txt says of one URL.

    verdict: allowed, disallowed, unavailable or unreachable. rule: the line that decided, where one did.
    delay_seconds: the crawl delay asked for, 0 without one. flags: AI agents this URL is closed to, and usage lines.
    body_hash: SHA-256 of the file, where there was one.
    """

    verdict: str
    rule: str | None = None
    delay_seconds: float = 0.0
    flags: tuple[str, ...] = ()
    body_hash: str | None = None

    @property
    def is_allowed(self) -> bool:
        return self.verdict in ("allowed", "unavailable")


@dataclass(frozen=True)
class RobotsFile:
    """A robots.txt as it was read."""

    rules: RobotsText
    usage: UsageLines
    body_hash: str

    @classmethod
    def parse(cls, body: bytes) -> RobotsFile:
        """Never raises."""
        rules = RobotsText(body)
        return cls(rules, UsageLines(rules.text), hashlib.sha256(body).hexdigest())

    def verdict(self, url: str) -> Verdict:
        """Of a canonical URL."""
        ours = self.rules.group(AGENT)
        rule = ours.deciding(url)
        named = (agent for agent in AI_AGENTS if self.rules.names(agent))
        closed = tuple(f"robots:{agent.lower()}" for agent in named if not self.rules.group(agent).allows(url))
        return Verdict(
            "allowed" if rule is None or rule.is_allow else "disallowed",
            rule.line if rule else None,
            min(ours.delay_seconds or 0.0, CRAWL_DELAY_LIMIT_SECONDS),
            closed + self.usage.flags(url),
            self.body_hash,
        )


@dataclass(frozen=True)
class RobotsFetch:
    """One request for a robots.txt: what came, or why nothing did."""

    url: str
    response: Response | None
    error: FetchError | None
    seconds: float


Report = Callable[[RobotsFetch], None]


class Robots:
    """The robots.txt files of this run, by origin; `store` has those of the last one."""

    def __init__(
        self, client: Client, pacing: Pacing, timeout_seconds: float, tries: int = 2, store: RobotsStore | None = None
    ) -> None:
        self._tries = tries
        self._client = client
        self._pacing = pacing
        self._limits = Limits(timeout_seconds, BODY_LIMIT_BYTES, REDIRECT_LIMIT, may_cut=True)
        self._store = store
        self._files: dict[str, RobotsFile | Verdict] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def verdict(self, url: str, delay: float, route: tuple[str, int] | None, report: Report) -> Verdict:
        """Of `url`; `report` is called when the file had to be fetched. Raises TurnTooLate."""
        origin = origin_of(url)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._files:
                self._files[origin] = await self._had(origin, delay, route, report)
        known = self._files[origin]
        return known if isinstance(known, Verdict) else known.verdict(url)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The Sitemap lines of the file of `url`'s origin, where it has been fetched."""
        known = self._files.get(origin_of(url))
        return known.rules.sitemap_urls(url) if isinstance(known, RobotsFile) else ()

    async def _had(
        self, origin: str, delay: float, route: tuple[str, int] | None, report: Report
    ) -> RobotsFile | Verdict:
        body = self._store.get(origin) if self._store else None
        if body is None:
            found = await self._fetch(f"{origin}/robots.txt", delay, route, report)
            if isinstance(found, Verdict):
                return found
            body = found
            if self._store:
                self._store.put(origin, body)
        return Verdict("unavailable") if body == NO_FILE else RobotsFile.parse(body)

    async def _fetch(self, url: str, delay: float, route: tuple[str, int] | None, report: Report) -> bytes | Verdict:
        """The body, NO_FILE, or the verdict that it is unreachable."""
        loop = asyncio.get_running_loop()

        def gate(hop_url: str, _hop: int) -> contextlib.AbstractAsyncContextManager[Heard]:
            return self._pacing.slot(host_of(hop_url), delay)

        for tries_left in range(self._tries - 1, -1, -1):
            started = loop.time()
            try:
                response = await self._client.request(url, self._limits, route=route, gate=gate)
            except FetchError as error:
                report(RobotsFetch(url, error.response, error, loop.time() - started))
                if not error.may_heal or not tries_left or _status(error) == 429:
                    unreachable = Verdict("unreachable", f"robots.txt: {error.error_class}")
                    return NO_FILE if _has_none(error) else unreachable
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                report(RobotsFetch(url, response, None, response.seconds))
                break
        return response.body


def _status(error: FetchError) -> int:
    return error.response.status if error.response else 0


def _has_none(error: FetchError) -> bool:
    """Whether the host said that there is no file, so that there are no rules."""
    status = _status(error)
    is_unavailable = 400 <= status < 500 and status != 429
    return is_unavailable or error.error_class in ("redirect_loop", "too_many_redirects")
