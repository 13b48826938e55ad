"""robots.txt, RFC 9309: fetched once per origin and run, kept, asked before every request.

A 4xx means that there are no rules ("unavailable": everything is allowed). A 5xx, a 429 (the server asks for less) or
no answer at all means that nobody knows them ("unreachable": nothing is fetched); as that costs the host its night, it
is asked once more where time may heal the failure. Rules are matched by the product token alone (section 2.2.1): the
words of the whole User-Agent header would match groups that other agents are meant by.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from flows.crawl.client import Client, FetchError, Limits, Response
from flows.crawl.pacing import Heard, Pacing
from flows.crawl.robots_rules import BODY_LIMIT_BYTES, RobotsText
from flows.crawl.urls import host_of, origin_of
from flows.crawl.usage import AI_AGENTS, robots_lines

AGENT = "Nightdesk"
REDIRECT_LIMIT = 5  # RFC 9309, 2.3.1.2
AGAIN_SECONDS = 0.5
CRAWL_DELAY_LIMIT_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Verdict:
    """What robots.txt says of one URL.

    verdict: allowed, disallowed, unavailable or unreachable. rule: the line that decided, where one did.
    delay_seconds: the crawl delay asked for, 0 without one. flags: AI agents this URL is closed to, and usage lines.
    """

    verdict: str
    rule: str | None = None
    delay_seconds: float = 0.0
    flags: tuple[str, ...] = ()

    @property
    def is_allowed(self) -> bool:
        return self.verdict in ("allowed", "unavailable")


@dataclass(frozen=True)
class RobotsFile:
    """A robots.txt as it was read."""

    rules: RobotsText
    usage_lines: tuple[str, ...]

    @classmethod
    def parse(cls, body: bytes) -> RobotsFile:
        """Never raises."""
        rules = RobotsText(body)
        return cls(rules, robots_lines(rules.text))

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
            closed + self.usage_lines,
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
    """The robots.txt files of this run, by origin."""

    def __init__(self, client: Client, pacing: Pacing, timeout_seconds: float, tries: int = 2) -> None:
        self._tries = tries
        self._client = client
        self._pacing = pacing
        self._limits = Limits(timeout_seconds, BODY_LIMIT_BYTES, REDIRECT_LIMIT, may_cut=True)
        self._files: dict[str, RobotsFile | Verdict] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def verdict(self, url: str, delay: float, route: tuple[str, int] | None, report: Report) -> Verdict:
        """Of `url`; `report` is called when the file had to be fetched. Raises TurnTooLate."""
        origin = origin_of(url)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._files:
                self._files[origin] = await self._fetch(f"{origin}/robots.txt", delay, route, report)
        known = self._files[origin]
        return known if isinstance(known, Verdict) else known.verdict(url)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """The Sitemap lines of the file of `url`'s origin, where it has been fetched."""
        known = self._files.get(origin_of(url))
        return known.rules.sitemap_urls(url) if isinstance(known, RobotsFile) else ()

    async def _fetch(
        self, url: str, delay: float, route: tuple[str, int] | None, report: Report
    ) -> RobotsFile | Verdict:
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
                    return _without_file(error)
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                report(RobotsFetch(url, response, None, response.seconds))
                break
        return RobotsFile.parse(response.body)


def _status(error: FetchError) -> int:
    return error.response.status if error.response else 0


def _without_file(error: FetchError) -> Verdict:
    status = _status(error)
    is_unavailable = 400 <= status < 500 and status != 429
    if is_unavailable or error.error_class in ("redirect_loop", "too_many_redirects"):
        return Verdict("unavailable")
    return Verdict("unreachable", f"robots.txt: {error.error_class}")
