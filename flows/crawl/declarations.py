"""Files in which a host speaks of AI and text mining as a whole: /ai.txt and /.well-known/tdmrep.json.

Asked for once an origin and run, before the first article there, and kept in memory. A file that cannot be had says
nothing; a page of HTML in its place (many servers answer 200 to everything) is no such file.

- ai.txt (Spawning): groups and rules written as in robots.txt, by kinds of files (`Disallow: *.html`). A page whose
  address has no ending is one of .html.
- tdmrep.json (TDM Reservation Protocol, W3C community group report, 2024): a list of rules, the first whose location
  matches counts, patterns as in robots.txt.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flows.crawl.client import Response
from flows.crawl.robots_rules import RobotsText
from flows.crawl.urls import origin_of

AI_TXT, TDMREP = "/ai.txt", "/.well-known/tdmrep.json"
AI_TXT_FLAG, TDMREP_FLAG = "ai-txt", "tdmrep"
BYTES_LIMIT = 500 * 1024
RULES_LIMIT = 1_000

_AGENT = "Nightdesk"

Fetch = Callable[[str], Awaitable[Response | None]]
"""Asks for a URL politely and records it; None where nothing usable came."""


@dataclass(frozen=True)
class HostFiles:
    """What the two files of an origin say."""

    ai_txt: RobotsText | None = None
    reservations: tuple[tuple[RobotsText, bool], ...] = ()  # (the location as a rule, whether it is reserved)

    def flags(self, url: str) -> tuple[str, ...]:
        """Of a URL of that origin."""
        found = []
        if self.ai_txt is not None:
            group = self.ai_txt.group(_AGENT)
            if not all(group.allows(spelling) for spelling in (url, _as_file(url))):
                found.append(AI_TXT_FLAG)
        fitting = (is_reserved for rule, is_reserved in self.reservations if not rule.group(_AGENT).allows(url))
        if next(fitting, False):
            found.append(TDMREP_FLAG)
        return tuple(found)


class Declarations:
    """The files of this run, by origin."""

    def __init__(self) -> None:
        self._files: dict[str, HostFiles] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def flags(self, url: str, fetch: Fetch) -> tuple[str, ...]:
        """What the host of `url` says of it; `fetch` is called for what is not known yet."""
        origin = origin_of(url)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._files:
                ai_txt, tdmrep = await fetch(f"{origin}{AI_TXT}"), await fetch(f"{origin}{TDMREP}")
                self._files[origin] = HostFiles(read_ai_txt(_body(ai_txt)), read_tdmrep(_body(tdmrep)))
        return self._files[origin].flags(url)


def read_ai_txt(body: bytes) -> RobotsText | None:
    """Never raises."""
    return RobotsText(body) if body and not _is_markup(body) else None


def read_tdmrep(body: bytes) -> tuple[tuple[RobotsText, bool], ...]:
    """The rules in their order; what is no rule is passed over. Never raises."""
    try:
        stated = json.loads(body) if body and not _is_markup(body) else []
    except (ValueError, RecursionError):
        return ()
    rules = [rule for rule in stated[:RULES_LIMIT] if isinstance(rule, dict)] if isinstance(stated, list) else []
    return tuple(
        (RobotsText(f"User-agent: *\nDisallow: {location}".encode("utf-8", "replace")), reservation == "1")
        for rule in rules
        if isinstance(location := rule.get("location"), str) and location.isprintable() and location
        if (reservation := str(rule.get("tdm-reservation"))) in ("0", "1")
    )


def _body(response: Response | None) -> bytes:
    return response.body[:BYTES_LIMIT] if response else b""


def _is_markup(body: bytes) -> bool:
    return body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _as_file(url: str) -> str:
    """The URL with an ending, where its last part has none."""
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    ending = "" if "." in name else ".html" if name else "index.html"
    return parts._replace(path=(parts.path or "/") + ending).geturl()
