"""robots.txt by four readers: ours, Protego, urllib.robotparser, and the RFC's rules in the plainest way.

The plain reading takes RFC 9309 by the letter: three fields spelled as there, one product token a line, patterns as
regular expressions. It shares no line with ours.
"""

import functools
import itertools
import re
import time
import urllib.robotparser
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from protego import Protego

from flows.crawl.robots_rules import BODY_LIMIT_BYTES, RobotsText

AGENTS = ("Nightdesk", "Googlebot", "GPTBot")
SITE = "https://site.example"
USUAL = ("/", "/news/2026/11/24/a-story-of-today.html", "/search?q=news", "/?page=2", "/feed/")
RULES_TRIED = 25  # of one file
BRACKETS = "a bracket in a rule: servers take it and its escape for one, and so do we"
REASONS = {  # of the files where we differ from the letter
    "www.harveynorman.com.au": BRACKETS,
    "www.cartier.com": BRACKETS,
    "www.rushlimbaugh.com": BRACKETS,
    "www.target.com": BRACKETS,
    "www.wordreference.com": BRACKETS,
    "www.thestudentroom.co.uk": BRACKETS,
    "www.clickbank.com": "`User-agent: : *` can only mean everybody",
    "www.talbots.com": "`User Agent: *` can only mean everybody",
    "www.crutchfield.com": "a whole User-Agent header that names Googlebot",
    "www.tweaktown.com": "`Mediapartners(Googlebot)` names Googlebot",
    "www.turktelekom.com.tr": "a hard blank in another charset after the asterisk",
}
_FIELD = re.compile(r"\s*(user-agent|allow|disallow)\s*:(.*)", re.IGNORECASE)


def plain_groups(text: str) -> dict[str, list[tuple[bool, str]]]:
    """Rules by product token, as section 2.2 has them."""
    groups: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    agents: list[str] = []
    in_rules = False
    for line in re.split(r"\r\n|\n|\r", text):
        found = _FIELD.match(line.split("#")[0])
        if found is None:
            continue
        name, value = found[1].lower(), found[2].strip()
        if name == "user-agent":
            token = re.match(r"\*(?![^\s])|[A-Za-z0-9_.-]*", value)
            agents = [] if in_rules else agents
            agents.append(token[0].lower() if token else "")
            in_rules = False
            groups[agents[-1]]
        else:
            in_rules = True
            for agent in agents:
                groups[agent].append((name == "allow", value))
    return groups


def plain_allows(groups: dict[str, list[tuple[bool, str]]], agent: str, url: str) -> bool:
    """The longest pattern that matches decides, an allowance before a prohibition of its length (2.2.2)."""
    rules = groups[agent.lower()] if agent.lower() in groups else groups.get("*", [])
    path = _octets(re.sub(r"^https?://[^/?#]*", "", url))
    if path == "/robots.txt":
        return True
    best = (-1, True)
    for is_allow, value in rules:
        length, expression = _pattern(value)
        if (length, is_allow) > best and length and expression.match(path):
            best = (length, is_allow)
    return best[1]


@functools.lru_cache(100_000)
def _pattern(value: str) -> tuple[int, re.Pattern[str]]:
    pattern = _octets(value)
    body = pattern[:-1] if pattern.endswith("$") else pattern
    expression = ".*".join(re.escape(piece) for piece in re.split(r"\*+", body)) + ("$" if body != pattern else "")
    return len(pattern), re.compile(expression, re.DOTALL)


def _octets(text: str) -> str:
    """Escapes of unreserved characters undone, everything outside ASCII escaped (2.2.2)."""

    def undone(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if re.match(r"[A-Za-z0-9._~-]", character) else found[0].upper()

    return quote(re.sub(r"%([0-9a-fA-F]{2})", undone, text), safe="%/:?#[]@!$&'()*+,;=~")


def addresses(text: str) -> list[str]:
    """Addresses that the file's rules speak of, and some that most files do not."""
    found = [match for match in map(_FIELD.match, text.splitlines()) if match]
    values = [match[2].split("#")[0].strip() for match in found if match[1].lower() != "user-agent"]
    made = []
    for value in list(dict.fromkeys(values))[:RULES_TRIED]:
        path = re.sub(r"\*+", "x", value.removesuffix("$"))
        if path.startswith("/") or value.startswith("*"):
            path = path if path.startswith("/") else f"/{path}"
            made += [path, f"{path}more", path[:-1] or "/"]
    return [SITE + quote(path, safe="%/:?@!$&'()*+,;=~") for path in dict.fromkeys((*USUAL, *made))]


@dataclass
class Tally:
    """verdicts, and of these those that are ours, by reader; places of differences by kind."""

    verdicts: int = 0
    agree: Counter[str] = field(default_factory=Counter)
    differ: Counter[str] = field(default_factory=Counter)
    places: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, file: str, asked: str, ours: bool, others: dict[str, bool]) -> None:
        """One verdict; a difference from Protego is only shown where the letter is with us."""
        self.verdicts += 1
        for reader, said in others.items():
            self.agree[reader] += said == ours
        word, letter = "allow" if ours else "forbid", others["the RFC's letter"]
        if ours != letter or ours != others["Protego"]:
            kind = (
                f"we {word}, the letter does not" if ours != letter else f"we and the letter {word}, Protego does not"
            )
            self.differ[kind] += 1
            self.places[kind].setdefault(file, asked)

    def show(self) -> None:
        for reader, count in self.agree.items():
            print(f"    as {reader}: {count} ({count / max(1, self.verdicts):.5f})")
        for kind, places in self.places.items():
            print(f"  {kind}: {self.differ[kind]} verdicts in {len(places)} files")
            for file, asked in places.items():
                print(
                    f"    {file} {asked}: {REASONS.get(file, 'not explained')}"
                    if "letter does" in kind
                    else f"    {file} {asked}"
                )


def compared(files: Iterable[tuple[str, bytes]], most: int) -> None:
    """Print how the readers agree, and of each kind of difference one address a file."""
    tally, number, seconds = Tally(), 0, 0.0
    for name, body in itertools.islice(files, most):
        number += 1
        started = time.process_time()
        ours = RobotsText(body)
        seconds += time.process_time() - started
        text = body[:BODY_LIMIT_BYTES].decode("utf-8-sig", "replace")
        protego, groups, urls = Protego.parse(text), plain_groups(text), addresses(text)
        standard = urllib.robotparser.RobotFileParser()
        standard.parse(text.splitlines())
        for agent, url in itertools.product(AGENTS, urls):
            others = {
                "the RFC's letter": plain_allows(groups, agent, url),
                "Protego": protego.can_fetch(url, agent),
                "urllib": standard.can_fetch(agent, url),
            }
            tally.add(name, f"{agent} {url.removeprefix(SITE)}", ours.group(agent).allows(url), others)
    print(f"robots {number} files, {tally.verdicts} verdicts, {seconds:.1f} s of reading")
    tally.show()
