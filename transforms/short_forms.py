"""Which spelling of a text is short for which other one. Rules, each a list of (short, full) pairs of spellings.

Every rule looks spellings up in an index instead of comparing all with all: a page may name thousands of things.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from transforms.ambiguous_names import GENERIC_LAST_WORDS
from transforms.gazetteer import companies
from transforms.mentions import Named
from transforms.names import (
    acronym_letters,
    initials_of,
    is_acronym_of,
    without_country,
    without_descriptor,
    without_honorific,
    without_legal_form,
)

MOST_WORDS = 8  # of a name that others may be short for
MOST_NAMESAKES = 50  # of a surname that are compared
SHORTEST_NICKNAME = 3  # letters
_BRACKETED = re.compile(r"[\s\w]{0,12}?\s?[(（]\s*[\"“]?([A-Z][A-Za-z.&]{1,9})[\"”]?\s*[)）]")


Unit: TypeAlias = tuple[str, str]  # name_key, type
Units: TypeAlias = Mapping[Unit, Sequence[Named]]  # each spelling's mentions in text order; units in order of the first
Pairs: TypeAlias = list[tuple[Unit, Unit]]


def same_firms(units: Units) -> Pairs:
    """Spellings that differ by a legal form, a word like Group or a country: "Siemens" and "Siemens AG"."""
    firms = [unit for unit in units if unit[1] == "ORG"]
    known_as: dict[str, list[Unit]] = defaultdict(list)
    for full in firms:
        for bare in {without_legal_form(full[0]), without_descriptor(full[0]), without_country(full[0])} - {full[0]}:
            known_as[bare].append(full)
    return [(short, known_as[short[0]][0]) for short in firms if short[0] in known_as]


def short_firms(units: Units) -> Pairs:
    """First words of one longer name, used only after it: "Scale" after "Scale AI"; never "Siemens" for its energy arm.

    A short form that the gazetteer knows as a company of its own is left alone.
    """
    firms = [unit for unit in units if unit[1] == "ORG"]
    longer: dict[str, list[Unit]] = defaultdict(list)
    for full in firms:
        for start in first_words(full[0]):
            longer[start].append(full)
    return [
        (short, longer[short[0]][0])
        for short in firms
        if len(longer.get(short[0], ())) == 1
        and units[longer[short[0]][0]][0].start < units[short][0].start
        and short[0] not in companies()
    ]


def last_words_of_firms(units: Units) -> Pairs:
    """The last word of one longer name, used only after it: "Lakers" after "Los Angeles Lakers"; never "the Bank"."""
    firms = [unit for unit in units if unit[1] == "ORG"]
    longer: dict[str, list[Unit]] = defaultdict(list)
    for full in firms:
        if " " in full[0]:
            longer[full[0].rpartition(" ")[2]].append(full)
    return [
        (short, longer[short[0]][0])
        for short in firms
        if len(longer.get(short[0], ())) == 1
        and units[longer[short[0]][0]][0].start < units[short][0].start
        and short[0] not in GENERIC_LAST_WORDS
        and short[0] not in companies()
    ]


def acronyms(text: str, units: Units) -> Pairs:
    """ "Advanced Machine Intelligence Labs (AMI)" and, without brackets, ECB for European Central Bank."""
    spelled_out: dict[str, list[Unit]] = defaultdict(list)
    for full, mentions in units.items():
        if full[1] not in ("PER", "LOC"):
            initials = initials_of(mentions[0].text)
            for start in {initials, initials[:-1]}:
                spelled_out[start].append(full)
    introduced = {
        (match.group(1), unit)
        for unit, found in units.items()
        for mention in found
        if (match := _BRACKETED.match(text, mention.end))
    }
    pairs = []
    for short, mentions in units.items():
        written = mentions[0].text
        letters = acronym_letters(written)
        if letters is None or " " in short[0]:
            continue
        for full in spelled_out.get(letters, ()):
            in_brackets = (written, full) in introduced and written[0].casefold() == full[0][0]
            same_type = short[1] == full[1] not in ("PER", "LOC") and len(written.replace(".", "")) >= 3
            if short != full and (in_brackets or same_type) and is_acronym_of(written, units[full][0].text):
                pairs.append((short, full))
                break
    return pairs


@dataclass(frozen=True)
class People:
    """The people of a text by the ways in which they may be spoken of; names are without honorifics."""

    units: Units
    by_name: Mapping[str, Sequence[Unit]]
    by_last_words: Mapping[str, Sequence[Unit]]
    by_first_name: Mapping[str, Sequence[Unit]]

    def full_names(self, unit: Unit) -> Sequence[Unit]:
        """Whom `unit` may be short for, by surname, or by first name where no surname fits."""
        bare = without_honorific(unit[0])
        if full := self.by_last_words.get(bare):
            return [other for other in full if without_honorific(other[0]) not in self.by_last_words]
        words = bare.split()
        if len(words) >= 3:  # a middle name or initial: the same first and last name
            return self.by_name.get(f"{words[0]} {words[-1]}", ())
        if len(words) == 2 and (nick := self._same_but_shorter(words)):
            return nick
        started = self.units[unit][0].start
        first = [other for other in self.by_first_name.get(bare, ()) if self.units[other][0].start < started]
        return first if len(first) == 1 else []

    def _same_but_shorter(self, words: Sequence[str]) -> Sequence[Unit]:
        """The one person of this surname whose first name goes on where this one ends: "Brad" for "Bradley"."""
        first, last = words
        found = [
            other
            for other in self.by_last_words.get(last, ())[:MOST_NAMESAKES]
            if len(first) >= SHORTEST_NICKNAME
            and other[0].startswith(first)
            and other[0].split()[0] != first
            and len(other[0].split()) == len(words)
        ]
        return found if len(found) == 1 else []

    def pairs(self) -> Pairs:
        """Short forms that fit one full name, and titles before the same name: "Mr Wang" and "Wang"."""
        pairs = []
        for unit in self.units:
            if unit[1] != "PER":
                continue
            candidates = self.full_names(unit)
            untitled = (without_honorific(unit[0]), "PER")
            if len(candidates) == 1:
                pairs.append((unit, candidates[0]))
            elif not candidates and untitled != unit and untitled in self.units:
                pairs.append((unit, untitled))
        return pairs


def people_of(units: Units) -> People:
    """The people among the units, indexed."""
    by_name: dict[str, list[Unit]] = defaultdict(list)
    by_last_words: dict[str, list[Unit]] = defaultdict(list)
    by_first_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit[1] == "PER":
            name = without_honorific(unit[0])
            by_name[name].append(unit)
            for last in _last_words(name):
                by_last_words[last].append(unit)
            for first in [*first_words(name)][:1]:
                by_first_name[first].append(unit)
    return People(units, by_name, by_last_words, by_first_name)


def first_words(key: str) -> Iterator[str]:
    """The one, two, … words that a key begins with, itself left out."""
    words = key.split()
    yield from (" ".join(words[:count]) for count in range(1, min(len(words), MOST_WORDS)))


def _last_words(key: str) -> Iterator[str]:
    """The one, two, … words that a key ends with, itself left out."""
    words = key.split()
    yield from (" ".join(words[-count:]) for count in range(1, min(len(words), MOST_WORDS)))
