"""Who is introduced and who speaks: asides after names, and the names beside words of saying."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.reader.reading import Span

MOST_WORDS_OF_ROLE = 8
_SAYING = (
    r"(?:said|says|told|argue[sd]|warn(?:s|ed)|called|calls|thinks|believes|expects|insist(?:s|ed)|admit(?:s|ted)|"
    r"pointed out|noted|added|reckons|wrote|asserts?|hopes)"
)
_BEFORE = re.compile(_SAYING + r"\s+(?:(?:[a-z]+ ){0,3}|(?:[A-Z][\w.]* ){0,2})$")
_AFTER = re.compile(rf"\s+(?:(?:has|had|also|later) )?{_SAYING}\b")
_ROLE = re.compile(r",\s((?:an?|the|its|who|which|whose)\s[^,;:.!?\"“”()]{3,80})(?=[,.;])")
_IN_BRACKETS = re.compile(r"\s\(([A-Z][A-Za-z-]{1,20})\)")


@dataclass(frozen=True)
class Aside:
    """A thing with the words that say what it is. forms: the ways in which the article writes it."""

    name: str
    entity: Mapping[str, Any]
    words: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Speaker:
    """Somebody whose words are given, with their role where it is stated as a noun."""

    name: str
    entity: Mapping[str, Any]
    role: str
    forms: tuple[str, ...]


def _forms(entity: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention["text"] for mention in entity["mentions"]))


def asides(text: str, span: Span, named: Mapping[int, tuple[int, Mapping[str, Any]]]) -> list[Aside]:
    """The introductions in a sentence, but of what is known to everybody: places, and companies on an exchange."""
    found = []
    for end, entity in named.values():
        if entity["type"] == "LOC" or entity["ticker"] or entity["relevance"] == "passing":
            continue
        role = _ROLE.match(text, end, span.end)
        if role and _is_noun(role[1], allowed=("a", "an", "the", "its", "who", "which", "whose")):
            found.append(Aside(str(entity["name"]), entity, role[1], _forms(entity)))
    return found


def speakers(text: str, span: Span, named: Mapping[int, tuple[int, Mapping[str, Any]]]) -> list[Speaker]:
    """Who says something in a sentence."""
    found = []
    for start, (end, entity) in named.items():
        if entity["type"] != "PER":
            continue
        role = _ROLE.match(text, end, span.end)
        after = role.end() + 1 if role else end
        if _BEFORE.search(text[max(span.start, start - 60) : start]) or _AFTER.match(text, after, span.end):
            shown = role[1] if role and _is_noun(role[1], allowed=("a", "an", "the")) else ""
            found.append(Speaker(str(entity["name"]), entity, shown, _forms(entity)))
    return found


def _is_noun(role: str, allowed: tuple[str, ...]) -> bool:
    words = role.split()
    return words[0].casefold() in allowed and len(words) <= (MOST_WORDS_OF_ROLE if len(allowed) == 3 else 20)
