"""The figures of a sentence: where each stands, what kind it is, its value, its unit and its currency."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from transforms.facts import NUMBER_WORDS
from transforms.figures import units
from transforms.figures.counted import Counted, counted_in_english, counted_in_german, is_free
from transforms.figures.excluded import is_excluded, serials
from transforms.figures.numerals import (
    ENGLISH_NUMBER,
    ENGLISH_SCALES,
    GERMAN_NUMBER,
    GERMAN_SCALES,
    GERMAN_WORDS,
    alternatives,
    english_value,
    german_value,
)
from transforms.figures.ratios import ratios

AMOUNT, PERCENTAGE, COUNT, RATIO = "amount", "percentage", "count", "ratio"
KINDS = (AMOUNT, PERCENTAGE, COUNT, RATIO)
BARE_FROM = 1_000  # a number that counts nothing by name is a figure from here on
MOST_VALUE = Decimal(10) ** 24

# A digit or one of these words: what has neither has no figure but a ratio in one word.
_DIGIT = re.compile(r"[\d½¼¾]")
_NUMBER_WORDS = {*NUMBER_WORDS, *ENGLISH_SCALES, *GERMAN_WORDS, "one", "half", "quarter", "hundred", "dozen", "percent"}


RANGE = re.compile(r"(?: ?- ?| to | and | or | bis | und | oder )", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|from|zwischen|von)\s(?:about |around |some |roughly |rund |etwa )?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Figure:
    """One figure of a sentence. `moves`: the figure is itself a movement ("doubled", "halved")."""

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str | None = None
    currency: str | None = None
    moves: bool = False


@dataclass(frozen=True)
class _Atom:
    """A number with what touches it. written: before the scale is multiplied in."""

    start: int
    end: int
    written: Decimal
    scale: int
    is_spelled: bool
    currency: str | None = None
    share: str | None = None
    unit: str | None = None
    is_whole: bool = False  # a figure as it stands; else its unit may come from the second number of a range

    @property
    def value(self) -> Decimal:
        return self.written * self.scale


def figures(flat: str, is_german: bool = False) -> list[Figure]:
    """The figures of one sentence, in order, without overlap. `flat` is translated by numerals.FLAT."""
    is_hinted = bool(_DIGIT.search(flat)) or not _NUMBER_WORDS.isdisjoint(flat.casefold().replace("-", " ").split())
    found = [
        Figure(each.start, each.end, RATIO, each.value, each.unit, moves=each.moves)
        for each in ratios(flat, is_german, is_hinted)
    ]
    if not is_hinted:
        return found
    taken = [*serials(flat), *((each.start, each.end) for each in found)]
    atoms = [atom for atom in _atoms(flat, is_german) if not any(_touches(atom, span) for span in taken)]
    for atom in _shared(flat, atoms):
        made = _figure(flat, atom)
        if made and made.value <= MOST_VALUE:
            found.append(made)
    return sorted(found, key=lambda each: each.start)


def _touches(atom: _Atom, span: tuple[int, int]) -> bool:
    return atom.start < span[1] and span[0] < atom.end


@cache
def _pattern(is_german: bool) -> re.Pattern[str]:
    number, scales = (GERMAN_NUMBER, GERMAN_SCALES) if is_german else (ENGLISH_NUMBER, ENGLISH_SCALES)
    per = (
        rf"(?:[ ](?:je|pro)[ ](?:{units.GERMAN_PER}))"
        if is_german
        else rf"(?:[ -](?:an?|per|every|each)[ -]|/)(?:{units.PER})\b(?! (?:ago|earlier|later|before|after|old|since))"
    )
    plural = "(?:s(?![A-Za-z]))?"
    return re.compile(
        rf"(?<![\w.,/:&])(?<![A-Za-z]-)(?P<minus>(?:\bminus )|(?<![\w)])-)?"
        rf"(?:(?-i:(?P<sign>{alternatives(units.SIGNED)})) ?(?P<under>-)?)?"
        rf"(?P<number>{number})"
        rf"(?:[ -]?(?P<scale>{alternatives(scales)})(?![A-Za-z]))?"
        rf"(?:[ -]?(?:(?P<share>{alternatives(units.SHARES)}){plural}"
        rf"|(?P<hundredth>{alternatives(units.HUNDREDTHS)}){plural}"
        rf"|(?-i:(?P<code>{'|'.join(sorted(units.CODES))}))"
        rf"|(?P<word>{alternatives(units.WORDS)}){plural}(?![ -]?(?:zone|area))"
        rf"|(?-i:(?P<measure>{alternatives(units.MEASURES)})))(?![A-Za-zäöüß]))?"
        rf"(?P<per>{per})?(?![\wäöüß]|[.,:/]\d)",
        re.IGNORECASE,
    )


def _atoms(flat: str, is_german: bool) -> list[_Atom]:
    read = counted_in_german if is_german else counted_in_english
    atoms = []
    for match in _pattern(is_german).finditer(flat):
        atom = _atom(match, is_german)
        if atom and not atom.is_whole:
            atom = _counting(
                atom, read(flat, atom.start, atom.end, int(atom.value) if atom.is_spelled else None), match
            )
        if atom:
            atoms.append(atom)
    return atoms


def _atom(match: re.Match[str], is_german: bool) -> _Atom | None:
    written, scale = match["number"], (match["scale"] or "").casefold()
    value = (german_value if is_german else english_value)(written)
    is_spelled = written[0].isalpha()
    if len(scale) == 1 and not match["sign"] and (is_spelled or scale in "bt"):
        return None
    if written.casefold() in _ARTICLES and not (scale or match["share"]):
        return None
    money = _money(match, is_german)
    if _is_idiom(match) or (not (money.currency or money.share or is_spelled) and is_excluded(*_digits(match))):
        return None
    is_whole = bool(money.currency or money.share or money.unit or match["measure"])
    end = match.end() if is_whole else match.end("scale" if match["scale"] else "number")
    if money.share and match["per"]:
        end = match.start("per")
    if match["minus"] or match["under"]:
        value = -value
    factor = ((GERMAN_SCALES if is_german else ENGLISH_SCALES).get(scale, 1)) if scale else 1
    unit = _unit(match, money.unit) if is_whole and not money.share else None
    return _Atom(
        match.start(), end, value / money.divided, factor, is_spelled, money.currency, money.share, unit, is_whole
    )


def _digits(match: re.Match[str]) -> tuple[str, int, int]:
    return match.string, match.start("number"), match.end("number")


def _is_idiom(match: re.Match[str]) -> bool:
    """ "A trillion-dollar detour" states no amount."""
    return match["number"].casefold() == "a" and match["word"] is not None and match[0].endswith(f"-{match['word']}")


_ARTICLES = frozenset(("a", "an", "one", "half", "half a", "half an", "ein", "eine", "einer", "einen", "einem"))


def _unit(match: re.Match[str], named: str | None) -> str | None:
    """What an amount or a measure is counted in beside its currency: "per share", "megawatts", "pesos"."""
    per = re.sub(r"^(?:/|[ -](?:an?|per|every|each|je|pro)[ -])", "per ", match["per"]) if match["per"] else None
    return " ".join(part for part in (units.MEASURES.get(match["measure"] or "", named), per) if part) or None


@dataclass(frozen=True)
class _Money:
    """What stands beside a number. divided: cents are hundredths. unit: a currency that many countries have."""

    currency: str | None = None
    share: str | None = None
    unit: str | None = None
    divided: int = 1


def _money(match: re.Match[str], is_german: bool) -> _Money:
    if match["share"]:
        return _Money(share=_by_name(units.SHARES, match["share"]))
    if match["hundredth"]:
        return _Money(_by_name(units.HUNDREDTHS, match["hundredth"]), divided=100)
    if match["sign"] or match["code"]:
        return _Money(units.SIGNED[match["sign"] or match["code"]])
    word = match["word"]
    if not word or (word.casefold() in units.WITH_SCALE_ONLY and not match["scale"] and word.casefold() != "pound"):
        return _Money()
    if word.casefold() == "pound" and not match["scale"] and not is_german:
        return _Money(unit="pounds")  # of weight as well as of money
    code = _by_name(units.WORDS, word)
    return _Money(code) if code else _Money(unit=f"{word.casefold()}s")


def _by_name(table: Mapping[str, str | None], written: str) -> str | None:
    """The table's word for what was written: as written, else whatever its case."""
    if written in table:
        return table[written]
    return next(value for name, value in table.items() if name.casefold() == written.casefold())


def _counting(atom: _Atom, noun: Counted | None, match: re.Match[str]) -> _Atom:
    """The number with the noun that it counts. A single letter is a scale only before a noun: "2.3m barrels"."""
    if noun:
        return replace(atom, end=noun.end, unit=noun.unit, is_whole=True)
    return replace(atom, scale=0) if len(match["scale"] or "") == 1 else atom


def _shared(flat: str, atoms: Sequence[_Atom]) -> list[_Atom]:
    """What the numbers of a range leave to each other: "between 5 and 7 percent", "$5-7 billion", "3 or 4 people"."""
    made = list(atoms)
    for place in range(len(made) - 1):
        first, second = made[place : place + 2]
        between = flat[first.end : second.start]
        if not RANGE.fullmatch(between) or first.share or first.unit:
            continue
        is_and = between.strip().casefold() in ("and", "und")
        if is_and and not (_BETWEEN.search(flat[: first.start]) or second.share):
            continue
        if first.currency is None and second.is_whole:
            first = replace(first, currency=second.currency, share=second.share, unit=second.unit, is_whole=True)
        elif first.currency and not second.is_whole and second.scale > 1:
            second = replace(second, currency=first.currency, is_whole=True)
        if first.scale == 1 < second.scale and first.written < second.written and first.currency == second.currency:
            first = replace(first, scale=second.scale)
        made[place : place + 2] = first, second
    return made


def _figure(flat: str, atom: _Atom) -> Figure | None:
    if atom.share:
        return Figure(atom.start, atom.end, PERCENTAGE, atom.value, atom.share)
    if atom.currency or atom.unit in units.NAMELESS:
        return Figure(atom.start, atom.end, AMOUNT, atom.value, atom.unit, atom.currency)
    if atom.is_whole:
        return Figure(atom.start, atom.end, COUNT, atom.value, atom.unit)
    is_large = atom.scale > 1 or (atom.scale == 1 and abs(atom.value) >= BARE_FROM and not atom.is_spelled)
    return Figure(atom.start, atom.end, COUNT, atom.value) if is_large and is_free(flat, atom.start) else None
