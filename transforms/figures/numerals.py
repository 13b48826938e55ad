"""How a number is written in English and in German, and its value."""

import re
from collections.abc import Mapping
from decimal import Decimal

from transforms.facts import NUMBER_WORDS, SCALES

# Blanks, dashes and quotation marks of all kinds, one character for one: offsets stay those of the text.
FLAT = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2009\u2007\n\t", " ")
    | dict.fromkeys("–—−‑‒", "-")
    | dict.fromkeys("‘’‚‛ʼ`´", "'")
    | dict.fromkeys("“”„«»‟＂", '"')
    | {"％": "%", "，": ","}
)

_ONES = "one two three four five six seven eight nine"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL_WORDS = {**NUMBER_WORDS, "one": 1, "zero": 0, "a": 1, "an": 1}
_SMALL = rf"(?:(?:{_TENS.replace(' ', '|')})[- ](?:{_ONES.replace(' ', '|')})|{'|'.join(NUMBER_WORDS)}|zero|one)"
_HALVES = {"half a": "0.5", "half an": "0.5", "a quarter of a": "0.25", "a quarter": "0.25", "half": "0.5"}
_SPELLED = (
    rf"(?:half an?|a quarter of a|(?:(?:an?|{_SMALL}) (?:hundred(?! thousandths)|dozen)(?: and {_SMALL})?"
    rf"|{_SMALL}(?: point {_SMALL})?|an?)(?: and a (?:half|quarter))?)"
)
_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}

GERMAN_WORDS = {
    "ein": "1", "eine": "1", "einer": "1", "einen": "1", "einem": "1", "zwei": "2", "drei": "3", "vier": "4",
    "fünf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "elf": "11", "zwölf": "12",
    "zwanzig": "20", "dreißig": "30", "vierzig": "40", "fünfzig": "50", "sechzig": "60", "siebzig": "70",
    "achtzig": "80", "neunzig": "90", "hundert": "100", "anderthalb": "1.5", "eineinhalb": "1.5",
    "zweieinhalb": "2.5", "dreieinhalb": "3.5", "eine halbe": "0.5", "einer halben": "0.5",
}  # fmt: skip

# English and German scales; a German Billion is a million millions.
ENGLISH_SCALES: Mapping[str, int] = {
    name: value for name, value in SCALES.items() if name not in ("hundred", "dozen") and not name.endswith(("s", "en"))
} | {"mln": 10**6, "bln": 10**9, "trn": 10**12, "t": 10**12, "lakh": 10**5, "crore": 10**7}
GERMAN_SCALES: Mapping[str, int] = {
    "tausend": 10**3, "tsd.": 10**3, "tsd": 10**3, "million": 10**6, "millionen": 10**6, "mio.": 10**6, "mio": 10**6,
    "milliarde": 10**9, "milliarden": 10**9, "mrd.": 10**9, "mrd": 10**9, "billion": 10**12, "billionen": 10**12,
    "dutzend": 12,
}  # fmt: skip

ENGLISH_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?[½¼¾]?|[½¼¾]|\.\d+)"
GERMAN_DIGITS = r"(?:\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?[½¼¾]?|[½¼¾])"
ENGLISH_NUMBER = rf"(?:{ENGLISH_DIGITS}|\b{_SPELLED}\b)"
GERMAN_NUMBER = rf"(?:{GERMAN_DIGITS}|\b(?:{'|'.join(sorted(GERMAN_WORDS, key=len, reverse=True))})\b)"


def alternatives(words: Mapping[str, object]) -> str:
    """The words as alternatives of a pattern, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def english_value(written: str) -> Decimal:
    """The value of what ENGLISH_NUMBER matched."""
    folded = written.casefold()
    if folded in _HALVES:
        return Decimal(_HALVES[folded])
    if folded[0].isdigit() or folded[0] in ".½¼¾":
        return _of_digits(folded.replace(",", ""))
    whole, _, added = folded.partition(" and a ")
    return _of_words(whole) + Decimal(_HALVES.get(added, _HALVES["a quarter"]) if added else 0)


def german_value(written: str) -> Decimal:
    """The value of what GERMAN_NUMBER matched."""
    folded = written.casefold()
    if folded in GERMAN_WORDS:
        return Decimal(GERMAN_WORDS[folded])
    return _of_digits(folded.replace(".", "").replace(" ", "").replace(",", "."))


def _of_digits(digits: str) -> Decimal:
    fraction = _FRACTIONS.get(digits[-1], "0")
    whole = digits.rstrip("½¼¾")
    return Decimal(whole or 0) + Decimal(fraction)


def _of_words(words: str) -> Decimal:
    whole, _, decimals = words.partition(" point ")
    total = Decimal(0)
    for word in whole.replace("-", " ").split():
        if word in ("hundred", "dozen"):
            total *= SCALES[word]
        elif word != "and":
            total += _SMALL_WORDS[word]
    return total + (Decimal(_SMALL_WORDS[decimals]) / 10 if decimals in _SMALL_WORDS else 0)
