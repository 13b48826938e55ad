"""Who is introduced and who speaks: asides after names, and the names beside words of saying."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.reader.reading import Span

MOST_WORDS_OF_ROLE = 8
_SAYING = (
    r"(?:said|says|told|argue[sd]|warn(?:s|ed)|thinks|believes|expects|insist(?:s|ed)|admit(?:s|ted)|"
    r"pointed out|noted|added|reckons|asserts?|hopes)"
)
_BEFORE = re.compile(_SAYING.replace("told|", "") + r"\s+(?:(?:[a-z]+ ){0,3}|(?:[A-Z][\w.]* ){0,2})$")
_AFTER = re.compile(rf"\s+(?:(?:has|had|also|later) )?{_SAYING}\b")
# "said Busch": the speaker ends what is said, or has his place after him; "NASCAR said Busch must" has another one
_ENDS = re.compile(r"\s*(?:$|[,.;:!?\"”)]|(?:of|in|at|from|who|on)\b)")
_ROLE = re.compile(
    r",\s((?:(?:an?|the|its)\s(?=[a-z\d])|(?:an?|the)\s(?=[A-Z][\w.]*\s[a-z])|(?:who|which|whose)\s)[^,;:.!?\"“”()]{3,80})(?=[,.;])"
)
# "who finished second" says what somebody did; only these say who or what they are
_IS = re.compile(
    r"(?:who|which)\s(?:(?:is|are)\s(?:an?|the|one|\d+)|runs?|leads?|heads?|works?|teaches|owns?|manages?|chairs?|tends|"
    r"represents?|(?:co-)?founded|"
    r"farms|keeps|directs|edits|speaks for|designs?|designed|built|builds?|trains|coaches|studies|plays|sells?|grows?|"
    r"writes|makes?|operates?|produces?|provides?)\b"
)
# "Marseille prosecutor Brice Robin"
_TITLE = re.compile(
    r"\b(?:prosecutor|spokes(?:man|woman|person)|professor|lawyer|attorney|researcher|scientist|director|manager|analyst|"
    r"economist|author|writer|actor|actress|singer|designer|founder|co-founder|owner|chairman|chairwoman|president|minister|"
    r"secretary|senator|mayor|judge|neighbou?r|doctor|surgeon|teacher|coach|player|striker|defender|midfielder|goalkeeper|"
    r"officer|detective|sheriff|chief|inspector|historian|curator|editor|journalist|reporter|pilot|captain|expert|engineer|"
    r"physicist|biologist|artist|photographer|chef|farmer|envoy|ambassador|activist|campaigner|leader|executive)"
    r" (?:Dr\.? )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){1,3}$"
)
_LISTED = re.compile(r"\b(?:and|or) (?:an?|the)\b")  # a list, not an aside: "the bank, a credit and a levy"
_GOES_ON = re.compile(r",\s(?:an?|the|and)\s")
_FROM = re.compile(r"\b(?:from|in|near) [A-Z]\w*$")
_TERM = re.compile(
    r"\b(the [a-z]+(?:-[a-z]+)?(?: [a-z]+)?|[A-Z][\w-]+)\s?[—–]\s?(?:the|an?)\s|"
    r"\b([A-Z][A-Za-z]*-?[A-Z][A-Za-z-]*) \([A-Z][\w-]+(?: [A-Z][\w-]+)+\)"
)


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
        if entity["type"] == "LOC" or entity["ticker"] or _FROM.search(text[max(span.start, end - 60) : end]):
            continue
        if entity["type"] == "PER" and " " in entity["name"] and _TITLE.search(text[max(span.start, end - 90) : end]):
            found.append(Aside(str(entity["name"]), entity, "", _forms(entity)))
            continue
        role = _ROLE.match(text, end, span.end)
        is_list = role and (_LISTED.search(role[1]) or _GOES_ON.match(text, role.end(), span.end))
        if role and not is_list and (_is_noun(role[1]) or _IS.match(role[1])):
            found.append(Aside(str(entity["name"]), entity, role[1], _forms(entity)))
    return found


def terms(text: str, span: Span) -> list[str]:
    """What a sentence explains: "the scaling hypothesis" before a dash and its definition, a short form in full."""
    return [match[1] or match[2] for match in _TERM.finditer(text, span.start, span.end)]


def speakers(text: str, span: Span, named: Mapping[int, tuple[int, Mapping[str, Any]]]) -> list[Speaker]:
    """Who says something in a sentence."""
    found = []
    for start, (end, entity) in named.items():
        if entity["type"] != "PER":
            continue
        role = _ROLE.match(text, end, span.end)
        after = role.end() + 1 if role else end
        says_after = _AFTER.match(text, after, span.end) is not None
        says_before = _BEFORE.search(text[max(span.start, start - 60) : start]) and _ENDS.match(text, end, span.end)
        if says_before or says_after:
            is_short = role is not None and len(role[1].split()) <= MOST_WORDS_OF_ROLE
            shown = role[1] if role and is_short and _is_noun(role[1]) else ""
            found.append(Speaker(str(entity["name"]), entity, shown, _forms(entity)))
    return found


def _is_noun(role: str) -> bool:
    return role.split()[0].casefold() in ("a", "an", "the")
