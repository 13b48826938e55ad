"""Multiples and parts: "threefold", "3x", "twice as many", "doubled", "two-thirds of", "one in five"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from transforms.facts import NUMBER_WORDS
from transforms.figures.numerals import english_value

_WORD = "|".join(["one", *NUMBER_WORDS])
_NUM = rf"\d+(?:\.\d+)?[½¼¾]?|{_WORD}"
_PARTS = "third fourth quarter fifth sixth seventh eighth ninth tenth hundredth thousandth"
_DENOMINATORS = {
    "half": 2, "third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100, "thousandth": 1000, "drittel": 3, "viertel": 4, "fünftel": 5, "zehntel": 10,
}  # fmt: skip
_MULTIPLES = {
    "twice": "2", "doubl": "2", "tripl": "3", "trebl": "3", "quadrupl": "4", "halv": "0.5", "verdoppel": "2",
    "verdreifach": "3", "vervierfach": "4", "halbier": "0.5", "doppelt so": "2", "dreimal so": "3", "viermal so": "4",
    "zehnmal so": "10",
}  # fmt: skip
_GERMAN_COUNTS = {"ein": 1, "eine": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "neun": 9}
_NOT_OF_TIME = (
    r"(?! (?:the |this |that |last |a |an )?(?:year|month|season|hour|century|decade|day|week|game|match|time|20\d\d"
    r"|million|billion|percent|point|mile))"
)

_ENGLISH = re.compile(
    rf"(?P<fold>(?:{_NUM})[- ]?fold)\b"
    r"|(?<![\w.$€£,-])(?P<x>\d+(?:\.\d+)?x)(?![\w-])"
    rf"|\b(?P<times>(?:{_NUM}) times)(?= (?:as|more|less|fewer|higher|lower|larger|bigger|greater|faster|the|its"
    rf"|their|what"
    r"|earnings|sales|revenue|book|over|oversubscribed|core|forward|that|those)\b)"
    r"|\b(?P<moved>doubl(?:ed|ing)|tripl(?:ed|ing)|trebl(?:ed|ing)|quadrupl(?:ed|ing)|halv(?:ed|ing)"
    r"|(?<=to )(?:double|triple|treble|quadruple|halve))\b(?! (?:down|back|over|as)\b)"
    r"|\b(?P<multiple>twice(?= as\b)|(?:twice|double|triple|quadruple)(?= (?:the|its|their|what|last|that)\b"
    r"| as (?:much|many|high|large|big|fast|long|likely)\b))"
    rf"|\b(?P<part>(?:an?|{_WORD})[- ](?:{_PARTS.replace(' ', '|')})s?)(?= of\b{_NOT_OF_TIME}| (?:more|less|fewer"
    rf"|higher|lower)\b|-?majority)"
    r"|(?<=by )(?P<by>(?:an? |one-|two-|three-)(?:third|quarter|fifth|tenth)s?|half)\b(?! (?:of )?an?\b)"
    r"|(?<!first )(?<!second )(?<!other )(?<!latter )(?<!top )(?<!back )(?<!better )(?<!and a )\b(?P<half>half)"
    rf"(?= of\b{_NOT_OF_TIME}| (?:the|its|their|all) (?!year|month|hour|season|time|battle|game|day))"
    rf"|\b(?P<chance>(?:{_NUM})(?: in | out of (?:every )?| in every )(?:{_NUM}))\b(?![,.]\d| ?%)"
    r"(?! (?:percent|per cent|years?|months?|weeks?|days?|hours?|minutes?|seconds?|games?|matches|million|billion))"
    r"|\b(?:ratio|multiple|factor) of (?P<of>\d+(?:\.\d+)?(?: (?:to|:) 1)?|two|three|four|five|ten)\b(?! ?%| percent"
    r"| million)",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"\b(?P<moved>verdoppel(?:t|te|ten|n)|verdreifach(?:t|te|ten|en)|vervierfach(?:t|te|ten|en)|halbier(?:t|te|ten"
    r"|en))\b"
    r"|\b(?P<multiple>(?:doppelt|dreimal|viermal|zehnmal) so)\b"
    r"|\b(?P<teil>(?:ein|eine|einem|zwei|drei|vier|neun) (?:drittel|viertel|fünftel|zehntel))\b(?! (?:jahr|stunde))"
    r"|\b(?P<half>hälfte)(?= (?:der|des|aller|ihrer|seiner|davon)\b)",
    re.IGNORECASE,
)


# What a ratio has in it, to pass over the other sentences quickly.
_SIGNS = [
    "fold",
    "times",
    "doubl",
    "tripl",
    "treb",
    "quadrup",
    "halv",
    "twice",
    "half",
    "third",
    "fourth",
    "quarter",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "hundredth",
    "thousandth",
    "ratio",
    "multiple",
    "factor",
    "drittel",
    "viertel",
    "fünftel",
    "zehntel",
    "hälfte",
    "dreifach",
    "vierfach",
    "verdoppel",
    "halbier",
    "doppelt",
    "dreimal",
    "viermal",
    "zehnmal",
]
_SHORT_SIGNS = re.compile(rf"\dx\b|\b(?:{_NUM}) (?:in|out of) (?:every )?(?:{_NUM})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Ratio:
    """A multiple ("x") or a part of a whole (no unit). moves: whether the word itself is a movement ("doubled")."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    moves: bool


def ratios(flat: str, is_german: bool, has_numbers: bool = True) -> Iterator[Ratio]:
    """The ratios of a sentence, in order. has_numbers: whether it has digits or number words."""
    folded = flat.casefold()
    if not any(sign in folded for sign in _SIGNS) and not (has_numbers and _SHORT_SIGNS.search(flat)):
        return
    for match in (_GERMAN if is_german else _ENGLISH).finditer(flat):
        kind = match.lastgroup or ""
        start, end = match.span(kind)
        value = _value(kind, match.group(kind).casefold())
        if value is not None:
            unit = None if kind in ("part", "by", "half", "chance", "teil") else "x"
            yield Ratio(start, end, value, unit, kind == "moved")


def _value(kind: str, written: str) -> Decimal | None:
    if kind == "chance":
        first, last = (english_value(word) for word in re.split(r" in every | out of every | out of | in ", written))
        return first / last if 0 < first < last <= 1000 else None
    if kind == "half":
        return Decimal("0.5")
    if kind in ("part", "by", "teil"):
        return _part(written)
    if kind in ("moved", "multiple"):
        return next(Decimal(value) for stem, value in _MULTIPLES.items() if written.startswith(stem))
    return english_value(re.sub(r"[- ]?fold$|x$| times$| (?:to|:) 1$", "", written))


def _part(written: str) -> Decimal:
    count, _, part = written.replace("-", " ").rpartition(" ")
    if count in _GERMAN_COUNTS:
        return Decimal(_GERMAN_COUNTS[count]) / _DENOMINATORS[part]
    part = part if part in _DENOMINATORS else part.removesuffix("s")
    return (english_value(count) if count else Decimal(1)) / _DENOMINATORS[part]
