"""The gate: whether a line may be shown for the span it cites. One judge for every writer, rules or model.

A line passes when each number, date, quotation and name in it is in its span, and when enough of its other words are.
It is strict: what it cannot verify it refuses, and the refusal is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts import Number, dates, is_amount_or_date, numbers, plain, quotations, tokens, weekdays
from transforms.names import word_set

LEAST_SUPPORT = 0.6

_FUNCTION_WORDS = word_set(
    "a about above according after again against all also although am an and any are as at be because been before "
    "being below between both but by can could did do does during each even few for from further had has have he her "
    "here him his how however i if in instead into is it its itself just many may meanwhile might more most much must "
    "my no nor not now of off on once one only or other our out over own said says same she should since so some still "
    "such than that the their them then there these they this those though through to too under until up upon us very "
    "was we were what when where which while who whom whose why will with within without would yet you your"
)
_ENDINGS = re.compile(r"(?:ies|ied|ing|ed|es|s|ly|e|y)$")


@dataclass(frozen=True)
class Verdict:
    """support: share of the line's words that its span has, 0 to 1. missing: the facts the span lacks, in words."""

    passed: bool
    support: float
    missing: tuple[str, ...]


def judge(line: str, span: str, least_support: float = LEAST_SUPPORT) -> Verdict:
    """Whether `span` bears out every checkable fact of `line` and at least `least_support` of its words."""
    claim, source = plain(line), plain(span)
    missing = (
        *_missing_numbers(claim, source),
        *_missing_dates(claim, source),
        *_missing_quotations(claim, source),
        *_missing_names(claim, source),
    )
    support = _support(claim, source)
    return Verdict(not missing and bool(claim) and support >= least_support, support, missing)


def _missing_numbers(claim: str, source: str) -> list[str]:
    known = set(numbers(source))
    return [f"number {_shown(number)}" for number in numbers(claim) if number not in known]


def _shown(number: Number) -> str:
    return f"{number.value:f}{number.unit}"


def _missing_dates(claim: str, source: str) -> list[str]:
    known = dates(source)
    missing = [f"date {stated}" for stated in dates(claim) if not any(stated.is_within(other) for other in known)]
    return missing + [f"date {day}" for day in sorted(weekdays(claim) - weekdays(source))]


def _missing_quotations(claim: str, source: str) -> list[str]:
    """A quotation must stand within quotation marks in the span: words moved into marks become someone's words."""
    known = quotations(source)
    return [f"quotation {said}" for said in quotations(claim) if not any(said in other for other in known)]


def _is_name(word: str) -> bool:
    """Words with a capital or with letters and digits mixed: "Meta", "GPT-4", "iPhone", "5G"."""
    has_letter = any(letter.isalpha() for letter in word) and not is_amount_or_date(word)
    return has_letter and (any(letter.isupper() for letter in word) or any(letter.isdigit() for letter in word))


def _missing_names(claim: str, source: str) -> list[str]:
    """Names of the claim that the span lacks, and pairs such as "Mark Wang" made of two people of the span.

    The first word of a sentence is a name unless it is a function word or the span has its stem.
    """
    said = tokens(source)
    words = {word.casefold() for word, _ in said}
    stems = {_stem(word) for word in words}
    missing = []
    claimed = tokens(claim)
    firsts = _sentence_firsts(claim)
    for place, (word, follows) in enumerate(claimed):
        folded = word.casefold()
        if not _is_name(word):
            continue
        if folded in words or (place in firsts and (folded in _FUNCTION_WORDS or _stem(folded) in stems)):
            before = claimed[place - 1][0] if place and follows else ""
            if _is_name(before) and before.casefold() not in _FUNCTION_WORDS and not _may_join(before, word, said):
                missing.append(f"name {before} {word}")
        else:
            missing.append(f"name {word}")
    return missing


def _sentence_firsts(claim: str) -> set[int]:
    """Places in `tokens(claim)` of the words that open a sentence or a quotation."""
    starts = {match.end() for match in re.finditer(r'(?:^|[.!?:]\s)["(\[]*|"', claim)}
    place, firsts = 0, set()
    for position, (word, _) in enumerate(tokens(claim)):
        place = claim.index(word, place)
        if place in starts:
            firsts.add(position)
        place += len(word)
    return firsts


def _may_join(first: str, second: str, said: Sequence[tuple[str, bool]]) -> bool:
    """Whether the span allows "first second": it has them so, or `first` ends a name there and `second` begins one.

    A word that the span writes small is no name: "Founder Wang" of "the founder, Wang".
    """
    ends = begins = False
    if any(word == first.casefold() for word, _ in said):
        return True
    for place, (word, follows) in enumerate(said):
        folded = word.casefold()
        is_last = place + 1 == len(said) or not (said[place + 1][1] and _is_name(said[place + 1][0]))
        if folded == first.casefold():
            if place + 1 < len(said) and said[place + 1][0].casefold() == second.casefold():
                return True
            ends = ends or is_last
        if folded == second.casefold():
            begins = begins or not (follows and place and _is_name(said[place - 1][0]))
    return ends and begins


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 4 else word


def _support(claim: str, source: str) -> float:
    """The share of the claim's content words, by stem, that the span has; 0 for a claim without words."""
    stems = {_stem(word.casefold()) for word, _ in tokens(source)}
    words = [word.casefold() for word, _ in tokens(claim)]
    content = [word for word in words if word not in _FUNCTION_WORDS] or words
    return sum(_stem(word) in stems for word in content) / len(content) if content else 0.0
