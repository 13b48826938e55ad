"""The text of a robots.txt, read as RFC 9309 says: groups by product token, and the rule that decides on a URL.

More generous than the RFC only where an owner's wish is plain: usual misspellings, a missing colon, UTF-16, several
agents on one line, rules inside an HTML page. Other records (Crawl-delay and the like) do not end a group (section
2.2.4), so agents named before and after one share the rules that follow.
"""

from __future__ import annotations

import codecs
import contextlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from flows.crawl.urls import NotAWebAddress, canonical_url, escaped

BODY_LIMIT_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much is parsed
SITEMAPS_LIMIT = 1_000

_SPELLINGS = {
    "agent": ("user-agent", "useragent", "user agent", "user_agent", "user-agents", "useg-agent", "ser-agent"),
    "disallow": ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "desallow", "dis-allow"),
    "allow": ("allow",),
    "delay": ("crawl-delay", "crawl delay", "crawldelay"),
    "sitemap": ("sitemap", "sitemaps", "site-map"),
}
_FIELDS = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings}
_NAMES = "|".join(sorted(_FIELDS, key=len, reverse=True))
_LINE = re.compile(rf"({_NAMES})(?:\s*:|\s|$)(.*)", re.IGNORECASE)
_END_OF_LINE = re.compile(r"\r\n|\r|\n")
_MARKUP = re.compile(r"<[^<>]*>")
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,9})?|\.\d{1,9}")
_STRAY = re.compile("[\udc80-\udcff]")
_AUTHORITY = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*")
_ESCAPE = re.compile(r"%[0-9A-F]{2}")
_BETWEEN_AGENTS = re.compile(r"[\s,;()]+")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KEPT = "/:@!&'()+,;=?"  # of the reserved characters all but those that a rule means something else by: * and $


@dataclass(frozen=True)
class Rule:
    """One Allow or Disallow line. `parts`: what stands between its asterisks, escaped as URLs are."""

    line: str
    is_allow: bool
    parts: tuple[str, ...]
    ends_there: bool

    @cached_property
    def octets(self) -> int:
        """How specific the rule is."""
        return sum(map(len, self.parts)) + len(self.parts) - 1 + self.ends_there

    def matches(self, path: str) -> bool:
        """Whether it speaks of a path as `rule_path` gives it."""
        first, *others = self.parts
        if not path.startswith(first):
            return False
        at = len(first)
        if not others:
            return not self.ends_there or at == len(path)
        for part in others[:-1]:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if self.ends_there:
            return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at
        return path.find(others[-1], at) >= 0


@dataclass(frozen=True)
class Group:
    """What a file says to one agent: its rules, the most specific first, and the delay that it asks for."""

    rules: tuple[Rule, ...] = ()
    delay_seconds: float | None = None

    def deciding(self, url: str) -> Rule | None:
        """The rule that decides on an absolute URL; None where none speaks of it, so that it is allowed."""
        path = rule_path(url)
        if path == "/robots.txt":
            return None
        return next((rule for rule in self.rules if rule.matches(path)), None)

    def allows(self, url: str) -> bool:
        rule = self.deciding(url)
        return rule is None or rule.is_allow


NO_RULES = Group()


@dataclass
class _Block:
    """User-agent lines and what follows them. `delays`: (how many agents were named by then, seconds)."""

    agents: dict[str, int] = field(default_factory=dict)
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delays: list[tuple[int, float]] = field(default_factory=list)

    def delay_of(self, agent: str) -> float | None:
        return max((seconds for named, seconds in self.delays if self.agents[agent] < named), default=None)


class RobotsText:
    """text: as it was read. sitemaps: as they stand, each once."""

    def __init__(self, body: bytes) -> None:
        """Of the first 500 KiB; what cannot be read as a line of the protocol is passed over. Never raises."""
        self.text = _decoded(body[:BODY_LIMIT_BYTES])
        self._blocks: dict[str, list[_Block]] = {}  # by product token in lower case; `*` is for everybody else
        self._groups: dict[str, Group] = {}
        sitemaps: dict[str, None] = {}
        block, is_naming = _Block(), True
        for field_name, value in _lines(self.text):
            if field_name == "sitemap":
                if value and not any(map(str.isspace, value)):  # else it is a sentence about sitemaps
                    sitemaps.setdefault(value)
            elif field_name == "agent":
                block = block if is_naming else _Block()
                is_naming = True
                for token in _tokens(value):
                    if token not in block.agents:
                        block.agents[token] = len(block.agents)
                        self._blocks.setdefault(token, []).append(block)
            elif field_name == "delay":
                if seconds := _SECONDS.match(value):
                    block.delays.append((len(block.agents), float(seconds[0])))
            else:
                is_naming = False
                if value:
                    block.rules.append((field_name == "allow", value))
        self.sitemaps = tuple(sitemaps)[:SITEMAPS_LIMIT]

    def sitemap_urls(self, url: str) -> tuple[str, ...]:
        """The canonical addresses of its Sitemap lines, relative ones as seen from `url`; news sitemaps first."""
        found: dict[str, None] = {}
        for stated in self.sitemaps:
            with contextlib.suppress(NotAWebAddress):
                found.setdefault(canonical_url(stated, url))
        return tuple(sorted(found, key=lambda address: "news" not in urlsplit(address).path.lower()))

    def names(self, agent: str) -> bool:
        """Whether it has rules for this product token by name."""
        return agent.lower() in self._blocks

    def group(self, agent: str) -> Group:
        """What holds for a product token: the groups that name it taken together, else everybody's, else nothing."""
        token = agent.lower() if self.names(agent) else "*"
        if token not in self._groups:
            self._groups[token] = self._group(token)
        return self._groups[token]

    def _group(self, token: str) -> Group:
        blocks = self._blocks.get(token, ())
        lines = dict.fromkeys(line for block in blocks for line in block.rules)
        rules = sorted(itertools.starmap(_rule, lines), key=lambda rule: (-rule.octets, not rule.is_allow))
        delays = [block.delay_of(token) for block in blocks]
        return Group(tuple(rules), max((delay for delay in delays if delay is not None), default=None))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """(agent, allow, disallow, delay or sitemap; value) of each line that says something."""
    for line in _END_OF_LINE.split(_MARKUP.sub("", text) if text.lstrip()[:1] == "<" else text):
        match = _LINE.match(line.partition("#")[0].strip())
        if match is not None:
            yield _FIELDS[match[1].lower()], match[2].strip()


def rule_path(url: str) -> str:
    """What rules are compared with: path and query of an absolute URL, escaped as rules are."""
    path = _AUTHORITY.sub("", url.partition("#")[0], count=1)
    return escaped(path if path.startswith("/") else f"/{path}", _KEPT)


def _rule(is_allow: bool, value: str) -> Rule:
    pattern = value.removesuffix("$")
    pieces = re.split(r"\*+", pattern)
    line = f"{'Allow' if is_allow else 'Disallow'}: {value}"
    return Rule(line, is_allow, tuple(escaped(piece, _KEPT) for piece in pieces), pattern != value)


def _tokens(value: str) -> list[str]:
    """The product tokens of a User-agent line, without versions: one as a rule; some write a list or a whole header."""
    names = (part.partition("/")[0].lower() for part in _BETWEEN_AGENTS.split(_ESCAPE.sub(" ", value)))
    return [name if name == "*" else name.strip("*") for name in names if name]


def _decoded(body: bytes) -> str:
    """UTF-8, as the RFC wants it; bytes that are not become escapes, for rules speak of octets."""
    if body.startswith(_UTF_16):
        text = body.decode("utf-16", "replace")
    else:
        text = body.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
        text = _STRAY.sub(lambda stray: f"%{ord(stray[0]) - 0xDC00:02X}", text)
    return text.replace("\x00", "")
