"""What a publisher says about machines that mine its text, train on it or answer from it, as found beside a page.

Recorded with every fetch, whatever is made of it; consent.py decides. Signals read:

- robots.txt groups that name AI agents, and in the group that is ours the lines Content-Usage (IETF AIPREF,
  draft-ietf-aipref-attach-05, section 3: the longest matching path counts) and Content-Signal
  (draft-romm-aipref-contentsignals-00);
- the headers Content-Usage (the same draft, section 2) and X-Robots-Tag, and the robots meta element: noai, noimageai,
  noml and their kin, which are conventions without a standard. One that is addressed to another agent is read as well:
  several such headers arrive as one, so whom a word was meant for is not always to be told;
- the header and the meta element tdm-reservation (TDM Reservation Protocol, W3C community group report, 2024); the
  meta element supersedes the header, as its section on priority says.

declarations.py reads the files that speak for a whole host.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

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
FLAG_LIMIT = 200
LINES_LIMIT = 1_000  # usage lines of one robots.txt

AI_WORDS = ("noai", "noimageai", "noml", "notrain", "noscribe")
RESERVED, NOT_RESERVED = "tdm-reservation", "tdm-reservation=0"

_OURS = "nightdesk"
_META = re.compile(rb"<meta\s[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LINE = re.compile(
    r"^[ \t]*(user-?agent|allow|disallow|content-usage|content-signal)[ \t]*:[ \t]*([^#\r\n]{0,500})",
    re.IGNORECASE | re.MULTILINE,
)
_RESERVATIONS = {"1": RESERVED, "0": NOT_RESERVED}


class UsageLines:
    """The Content-Usage and Content-Signal lines of one robots.txt that speak to us."""

    def __init__(self, text: str) -> None:
        by_agent: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        agents, is_naming = ["*"], False  # what stands before any group is for everybody
        for match in list(_LINE.finditer(text))[: 20 * LINES_LIMIT]:
            name, value = match[1].lower(), match[2].strip()
            if name.startswith("user"):
                agents = [*(agents if is_naming else ()), value.lower().partition("/")[0]]
                is_naming = True
                by_agent[agents[-1]]  # a group of ours without such a line says nothing, and that counts
                continue
            is_naming = False
            if name.startswith("content"):
                path, _, rest = value.partition(" ") if value.startswith("/") else ("/", "", value)
                for agent in agents:
                    by_agent[agent].append((name, path, f"{name}={_flag(rest)}"))
        self._lines = tuple(by_agent[_OURS if _OURS in by_agent else "*"][:LINES_LIMIT])

    def flags(self, url: str) -> tuple[str, ...]:
        """Of an absolute URL: `content-usage=train-ai=n`. Of each kind of line those with the longest fitting path."""
        if not self._lines:
            return ()
        parts = urlsplit(url)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        fitting = [line for line in self._lines if _fits(line[1], target)]
        longest = {name: max(len(path) for other, path, _ in fitting if other == name) for name, _, _ in fitting}
        return tuple(dict.fromkeys(flag for name, path, flag in fitting if len(path) == longest[name]))


def page_flags(headers: Mapping[str, str], body: bytes) -> tuple[str, ...]:
    """Flags of a response's headers and of the meta elements at the beginning of its body."""
    flags = _words(headers.get("x-robots-tag", ""))
    reservation = _RESERVATIONS.get(headers.get("tdm-reservation", "").strip())
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
        elif name == "tdm-reservation":
            reservation = _RESERVATIONS.get(attributes.get("content", "").strip(), reservation)
    return tuple(flags if reservation is None else [*flags, reservation])


def joined(flags: Iterable[str]) -> str | None:
    """The column `usage_flags`: each flag once, in alphabetical order, between commas; None without any."""
    return ",".join(sorted(set(flags)))[:FLAGS_LIMIT] or None


def _fits(pattern: str, target: str) -> bool:
    """Whether a path pattern matches (RFC 9309, 2.2.3): a beginning, with `*` for anything and `$` for the end."""
    if "*" not in pattern and not pattern.endswith("$"):
        return target.startswith(pattern)
    first, *others = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    for part in others:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not pattern.endswith("$") or at == len(target) or (bool(others) and target.endswith(others[-1]))


def _words(directives: str) -> list[str]:
    found = re.split(r"[\s,:;]+", directives.lower())
    return [word for word in AI_WORDS if word in found]


def _flag(value: str) -> str:
    return re.sub(r"[\s,]+", " ", value).strip()[:FLAG_LIMIT]
