"""The gate: whether a line may be shown for the span it cites. One judge for every writer, rules or model.

A line passes when each number, date, quotation and name in it is in its span, and when the span bears out enough of the
rest (`support.py`). How much is enough depends on the writer: who copies is held to the letter.
It is strict: what it cannot verify it refuses, and the refusal is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.facts import Number, dates, is_amount_or_date, numbers, plain, quotations, tokens, weekdays
from transforms.support import FUNCTION_WORDS, stem, support

LEAST_SUPPORT = 0.95  # of a line in the source's own words: fewer are two sentences spliced into one
REWORDED_SUPPORT = 0.55  # of a line in the writer's words, such as a language model's


@dataclass(frozen=True)
class Verdict:
    """support: how far the span bears out the line's words and their order, 0 to 1. missing: the facts it lacks."""

    passed: bool
    support: float
    missing: tuple[str, ...]


def judge(line: str, span: str, least_support: float = LEAST_SUPPORT) -> Verdict:
    """Whether `span` has every checkable fact of `line` and bears out the rest of it by at least `least_support`."""
    claim, source = plain(line), plain(span)
    if claim == source and tokens(claim):  # a sentence bears itself out
        return Verdict(True, 1.0, ())
    missing = (
        *_missing_numbers(claim, source),
        *_missing_dates(claim, source),
        *_missing_quotations(claim, source),
        *_missing_names(claim, source),
    )
    borne_out = round(support(claim, source), 4)
    return Verdict(not missing and bool(claim) and borne_out >= least_support, borne_out, missing)


def is_borne_out(line: str, span: str) -> bool:
    """Whether a stored line may be shown for the span it cites, whoever wrote it."""
    return line == span or judge(line, span, REWORDED_SUPPORT).passed


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
    stems = {stem(word) for word in words}
    missing = []
    claimed = tokens(claim)
    firsts = _sentence_firsts(claim)
    for place, (word, follows) in enumerate(claimed):
        folded = word.casefold()
        if not _is_name(word):
            continue
        if folded in words or (place in firsts and (folded in FUNCTION_WORDS or stem(folded) in stems)):
            before = claimed[place - 1][0] if place and follows else ""
            if _is_name(before) and before.casefold() not in FUNCTION_WORDS and not _may_join(before, word, said):
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
