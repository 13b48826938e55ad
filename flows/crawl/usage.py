"""What a publisher says about machines that train on or mine its text, as found beside a page.

Recorded with every fetch; nothing here decides whether a page is fetched. Signals read: robots.txt groups that name
AI agents and the Content-Usage and Content-Signal lines there, the X-Robots-Tag header and the robots meta element
(noai, noimageai), and the TDM Reservation Protocol's header and meta element (W3C community group report, 2024).
"""

import re
from collections.abc import Iterable, Mapping

AI_AGENTS = (
    "GPTBot",
    "ChatGPT-User",
    "OAI-SearchBot",
    "ClaudeBot",
    "anthropic-ai",
    "Claude-Web",
    "CCBot",
    "Google-Extended",
    "GoogleOther",
    "Applebot-Extended",
    "Amazonbot",
    "PerplexityBot",
    "Bytespider",
    "Meta-ExternalAgent",
    "FacebookBot",
    "cohere-ai",
    "Diffbot",
    "omgilibot",
    "AI2Bot",
    "DuckAssistBot",
)
HEAD_BYTES = 65_536  # meta elements stand in the head
FLAGS_LIMIT = 1_000  # characters of one row

_AI_WORDS = ("noai", "noimageai", "noml", "notrain", "noscribe")
_META = re.compile(rb"<meta\s[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ROBOTS_LINE = re.compile(r"^\s*(content-usage|content-signal)\s*:\s*([^#\r\n]{1,200})", re.IGNORECASE | re.MULTILINE)


def robots_lines(text: str) -> tuple[str, ...]:
    """Flags of the Content-Usage and Content-Signal lines of a robots.txt: `content-usage=train-ai=n`."""
    return tuple(f"{name.lower()}={_flag(value)}" for name, value in _ROBOTS_LINE.findall(text)[:10])


def page_flags(headers: Mapping[str, str], body: bytes) -> tuple[str, ...]:
    """Flags of a response's headers and of the meta elements at the beginning of its body."""
    flags = _words(headers.get("x-robots-tag", ""))
    if headers.get("tdm-reservation", "").strip() == "1":
        flags.append("tdm-reservation")
    if headers.get("content-usage"):
        flags.append(f"content-usage={_flag(headers['content-usage'])}")
    for element in _META.findall(body[:HEAD_BYTES]):
        attributes = {
            match[1].lower(): match[2] or match[3] or match[4] or ""
            for match in _ATTRIBUTE.finditer(element.decode("ascii", "replace"))
        }
        name = attributes.get("name", "").lower()
        if name == "robots":
            flags += _words(attributes.get("content", ""))
        elif name == "tdm-reservation" and attributes.get("content", "").strip() == "1":
            flags.append("tdm-reservation")
    return tuple(flags)


def joined(flags: Iterable[str]) -> str | None:
    """The column `usage_flags`: each flag once, in alphabetical order, between commas; None without any."""
    return ",".join(sorted(set(flags)))[:FLAGS_LIMIT] or None


def _words(directives: str) -> list[str]:
    found = re.split(r"[\s,:;]+", directives.lower())
    return [word for word in _AI_WORDS if word in found]


def _flag(value: str) -> str:
    return re.sub(r"[\s,]+", " ", value).strip()[:80]
