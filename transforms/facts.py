"""The checkable facts of a sentence: numbers with their units, dates, quotations and names.

Two ways of writing one fact give one value: "1,000", "1 thousand" and "a thousand"; "5%" and "5 per cent"; "$14
billion" and "14bn dollars"; "Jan. 26, 2026" and "26 January 2026". Rules for English; in other languages the same
rules run, which keeps what is equal equal and recognises fewer spellings of one fact.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from transforms.names import word_set

SCALES = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "millions": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "billions": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "trillions": 10**12,
    "tn": 10**12, "dozen": 12, "hundreds": 100, "thousands": 10**3, "milliarden": 10**9, "millionen": 10**6,
}  # fmt: skip
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "prozent": "%", "percentage points": "pp", "percentage point": "pp",
    "basis points": "bp", "basis point": "bp", "bps": "bp", "dollars": "$", "dollar": "$", "usd": "$", "euros": "€",
    "euro": "€", "eur": "€", "pounds": "£", "pound": "£", "gbp": "£", "yen": "¥", "cents": "c", "pence": "p",
}  # fmt: skip
_COUNTED = (  # "one" is a pronoun as often as a number
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
NUMBER_WORDS = {word: value for value, word in enumerate(_COUNTED.split(), start=2)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:two|three|four|five|six|seven|eight|nine|one)"
_SCALE = r"(?:[\s-]?(?P<scale>" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")(?![A-Za-z]))?"
_UNIT = r"(?:[\s-]?(?P<unit>" + "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True))) + r")(?![A-Za-z]))?"
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.,])(?<![A-Za-z]-)(?P<money>(?:US|A|C|HK)?[$€£¥])?\s?"
    rf"(?P<sign>(?<![\w)])[-−])?(?P<value>{_DIGITS}|\b(?:{_TENS}|{'|'.join(NUMBER_WORDS)}|a|an)\b)"
    rf"{_SCALE}{_UNIT}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(\d+)(st|nd|rd|th)\b", re.IGNORECASE)

_YEAR = "january february march april may june july august september october november december"
_MONTHS = tuple(_YEAR.split())
_SHORT_MONTHS = frozenset(month[:3] for month in _MONTHS) | {"sept"}
MONTH = "|".join(rf"{name}|{name[:3]}\.?" for name in _MONTHS) + r"|sept\.?"
_DATE = re.compile(
    rf"(?P<y0>\d{{4}})-(?P<m0>\d{{2}})-(?P<d0>\d{{2}})"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{MONTH})(?![a-z])(?:,?\s(?P<y1>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<m2>{MONTH})(?![a-z])\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s(?P<y2>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<m3>{MONTH})(?![a-z]),?\s(?P<y3>(?:19|20)\d\d)\b"
    rf"|(?:\b(?:in|of|last|since|by|until|next|this|from|to|for|during|early|late|mid)[\s-])(?P<m4>{MONTH})(?![a-z])(?!,?\s\d)",
    re.IGNORECASE,
)
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")

_SHORT_AMOUNT = re.compile(r"\d[\d.,]*(?:k|m|mn|b|bn|tn|st|nd|rd|th)?", re.IGNORECASE)

_QUOTED = re.compile(r'"([^"]*)(?:"|$)')
_SINGLE_QUOTED = re.compile(r"(?<![A-Za-z0-9])'((?:[^']|(?<=[A-Za-z])'(?=[A-Za-z]))+?)'(?![A-Za-z0-9])")
_TOKEN = re.compile(r"[A-Za-zÀ-ɏͰ-῿0-9](?:[\w.&'’-]*[\w&])?")


@dataclass(frozen=True)
class Number:
    """unit: "%", "pp", "bp", a currency sign, or "" for a bare number."""

    value: Decimal
    unit: str


@dataclass(frozen=True)
class Date:
    """What of a date is stated; None for what is not."""

    year: int | None
    month: int
    day: int | None

    def is_within(self, other: "Date") -> bool:
        """Whether `other` states everything that this date states."""
        return (
            self.month == other.month
            and (self.year is None or self.year == other.year)
            and (self.day is None or self.day == other.day)
        )


def plain(text: str) -> str:
    """`text` with one kind of quotation mark, apostrophe, dash and blank (NFKC)."""
    swapped = text.translate(_PLAIN)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", swapped)).strip()


_PLAIN = str.maketrans(dict.fromkeys("“”„«»‟＂", '"') | dict.fromkeys("‘’‚‛ʼ`", "'") | dict.fromkeys("–—−‑‒", "-"))


def dates(text: str) -> list[Date]:
    """The dates of a plain text: ISO, "26 January 2026", "Jan. 26", "April 2025", "in March"."""
    found = []
    for match in _DATE.finditer(text):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = int(parts["m"]) if parts["m"].isdigit() else _month(parts["m"])
        year, day = parts.get("y"), parts.get("d")
        found.append(Date(int(year) if year else None, month, int(day) if day else None))
    return found


def _month(name: str) -> int:
    return [month[:3] for month in _MONTHS].index(name.casefold()[:3]) + 1


def numbers(text: str) -> list[Number]:
    """The numbers of a plain text, ordinals included, each with its scale multiplied in."""
    found = [Number(Decimal(match.group(1)), "th") for match in _ORDINAL.finditer(text)]
    for match in _NUMBER.finditer(text):
        written, scale = match.group("value").casefold(), (match.group("scale") or "").casefold()
        if written in ("a", "an") and len(scale) < 5:
            continue
        value = _value(written) * SCALES.get(scale, 1)
        money = (match.group("money") or "")[-1:]
        unit = _UNITS.get((match.group("unit") or "").casefold(), "")
        found.append(Number(-value if match.group("sign") else value, money or unit))
    return found


def _value(written: str) -> Decimal:
    if written in ("a", "an"):
        return Decimal(1)
    if written[0].isdigit():
        parts = written.replace(",", "").split(".")
        # more than one dot is a date, a version, or thousands in the continental way: any reading does, if it is one
        return Decimal(".".join(parts) if len(parts) <= 2 else "".join(parts))
    tens, _, ones = written.partition("-")
    return Decimal(NUMBER_WORDS[tens] + (NUMBER_WORDS.get(ones, 1) if ones else 0))


def quotations(text: str) -> list[str]:
    """What stands within quotation marks in a plain text, without its last punctuation, case folded.

    A mark that is never closed quotes the rest of the line.
    """
    found = _QUOTED.findall(text) + _SINGLE_QUOTED.findall(text)
    return [bare for quoted in found if (bare := quoted.strip(" .,;:!?-").casefold())]


def weekdays(text: str) -> set[str]:
    """The days of the week named in a plain text."""
    return {word for word in re.findall(r"[a-z]+", text.casefold()) if word in _WEEKDAYS}


def is_amount_or_date(word: str) -> bool:
    """Whether `numbers` and `dates` judge this word of `tokens`: "14bn", "million", "3rd", "January", "Monday"."""
    folded = word.casefold()
    is_calendar = folded in _WEEKDAYS or folded in _MONTHS or folded in _SHORT_MONTHS
    return is_calendar or folded in SCALES or folded in NUMBER_WORDS or _SHORT_AMOUNT.fullmatch(word) is not None


@lru_cache(maxsize=512)  # the same sentence is judged several times over, by several columns
def tokens(text: str) -> tuple[tuple[str, bool], ...]:
    """The words of a plain text without possessive, each with whether it directly follows the one before.

    Words that only a blank separates follow each other; a comma, a bracket or a quotation mark breaks the run.
    """
    found, last = [], -2
    for match in _TOKEN.finditer(text):
        word = match.group().rstrip(".").removesuffix("'s").removesuffix("'")
        found.append((word, match.start() - last == 1 and text[last] == " "))
        last = match.end()
    return tuple(found)
