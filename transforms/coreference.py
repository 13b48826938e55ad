"""Which mentions of a text name the same thing: full names, short forms, possessives, acronyms.

Rules, not a model: a person's surname after the full name, a company without its legal form, an acronym introduced in
brackets or made of initials. What fits two full names goes to the one named last before it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transforms.gazetteer import companies
from transforms.names import (
    is_acronym_of,
    name_key,
    trimmed,
    without_descriptor,
    without_honorific,
    without_legal_form,
)
from transforms.reader.reading import ENTITY_TYPES, Mention

CLEARLY_A_PERSON = 0.7  # share of the votes of a surname at which its other mentions are slips of the reader
_BRACKETED = re.compile(r"[\s\w]{0,12}?\s?[(（]\s*[\"“]?([A-Z][A-Za-z.&]{1,9})[\"”]?\s*[)）]")


@dataclass(frozen=True)
class Named:
    """A mention without quotation marks and possessive. `key`: its name_key. `source`: its place in the reading."""

    start: int
    end: int
    text: str
    type: str
    score: float
    key: str
    source: int


@dataclass(frozen=True)
class Group:
    """The mentions of one thing, in text order. agreement: share of their weight that voted for `type`."""

    name: str
    type: str
    agreement: float
    mentions: tuple[Named, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The distinct names as written, in order of appearance."""
        return tuple(dict.fromkeys(mention.text for mention in self.mentions))


_Unit = tuple[str, str]  # name_key, type
_Merge = Callable[[dict[_Unit, list["Named"]]], list[tuple[_Unit, _Unit]]]


def cleaned(text: str, mentions: Sequence[Mention]) -> list[Named]:
    """The mentions with exact offsets of the bare name; those without a letter or digit are left out."""
    named = []
    for source, mention in enumerate(mentions):
        start, end = trimmed(text, mention.start, mention.end)
        name = text[start:end]
        key = name_key(name)
        if key and any(letter.isalnum() for letter in key):
            named.append(Named(start, end, name, mention.type, mention.score, key, source))
    return named


def voted_type(mentions: Sequence[Named]) -> tuple[str, float]:
    """The type with the greatest sum of scores, and its share of the whole; ties go by the order of ENTITY_TYPES."""
    votes = {kind: sum(mention.score for mention in mentions if mention.type == kind) for kind in ENTITY_TYPES}
    best = max(ENTITY_TYPES, key=lambda kind: votes[kind])
    whole = sum(votes.values())
    return best, votes[best] / whole if whole else 1.0


def grouped(text: str, mentions: Sequence[Mention]) -> list[Group]:
    """One group per thing named, in order of first mention; every cleaned mention is in exactly one."""
    named = cleaned(text, mentions)
    units = _units(named)
    parents: dict[_Unit, _Unit] = {unit: unit for unit in units}
    for merge in (_same_firm, _acronyms(text), _short_firm, _one_person):
        for short, full in merge(units):
            parents[_root(parents, short)] = _root(parents, full)
    members: dict[_Unit, list[Named]] = defaultdict(list)
    for unit, its_mentions in units.items():
        candidates = _full_names(unit, units) if unit[1] == "PER" else []
        for mention in its_mentions:
            owner = _nearest_before(mention, candidates, units) if len(candidates) > 1 else unit
            members[_root(parents, owner)].append(mention)
    groups = [group_of(sorted(found, key=lambda each: each.start)) for found in members.values()]
    return sorted(groups, key=lambda group: group.mentions[0].start)


def _units(named: Sequence[Named]) -> dict[_Unit, list[Named]]:
    """Mentions by spelling and by the type that the spelling's mentions vote for.

    A surname may be another thing's name too (Washington, Ford): where the votes are split, so are the mentions.
    """
    spelled: dict[str, list[Named]] = defaultdict(list)
    for mention in named:
        spelled[mention.key].append(mention)
    surnames = {key.split()[-1] for key, found in spelled.items() if " " in key and voted_type(found)[0] == "PER"}
    units: dict[_Unit, list[Named]] = {}
    for key, found in spelled.items():
        kind, agreement = voted_type(found)
        people = [mention for mention in found if mention.type == "PER"]
        others = [mention for mention in found if mention.type != "PER"]
        is_shared = without_honorific(key) in surnames and people and others
        if is_shared and not (kind == "PER" and agreement >= CLEARLY_A_PERSON):
            units[(key, "PER")] = people
            units[(key, voted_type(others)[0])] = others
        else:
            units[(key, kind)] = found
    return units


def _root(parents: dict[_Unit, _Unit], unit: _Unit) -> _Unit:
    while parents[unit] != unit:
        unit = parents[unit]
    return unit


def _same_firm(units: dict[_Unit, list[Named]]) -> list[tuple[_Unit, _Unit]]:
    """Spellings that differ by a legal form or a word like Group: "Siemens" and "Siemens AG"."""
    pairs = []
    firms = [unit for unit in units if unit[1] == "ORG"]
    for short in firms:
        for full in firms:
            bare = {without_legal_form(full[0]), without_descriptor(full[0])}
            if len(full[0]) > len(short[0]) and short[0] in bare:
                pairs.append((short, full))
                break
    return pairs


def _short_firm(units: dict[_Unit, list[Named]]) -> list[tuple[_Unit, _Unit]]:
    """First words of one longer name, used only after it: "Scale" after "Scale AI"; never "Siemens" for its energy arm.

    A short form that the gazetteer knows as a company of its own is left alone.
    """
    pairs = []
    firms = [unit for unit in units if unit[1] == "ORG"]
    for short in firms:
        longer = [full for full in firms if full[0].startswith(short[0] + " ")]
        introduced = [full for full in longer if units[full][0].start < units[short][0].start]
        if len(longer) == 1 and introduced and short[0] not in companies():
            pairs.append((short, longer[0]))
    return pairs


def _acronyms(text: str) -> _Merge:
    def merge(units: dict[_Unit, list[Named]]) -> list[tuple[_Unit, _Unit]]:
        """ "Advanced Machine Intelligence Labs (AMI)" and, without brackets, ECB for European Central Bank."""
        introduced = {
            (match.group(1), unit)
            for unit, found in units.items()
            for mention in found
            if (match := _BRACKETED.match(text, mention.end))
        }
        pairs = []
        for short, short_mentions in units.items():
            written = short_mentions[0].text
            for full, full_mentions in units.items():
                if short == full or " " in short[0] or short[1] in ("PER", "LOC") or full[1] in ("PER", "LOC"):
                    continue
                in_brackets = (written, full) in introduced and written[0].casefold() == full[0][0]
                same_type = short[1] == full[1] and len(written.replace(".", "")) >= 3
                if is_acronym_of(written, full_mentions[0].text) and (in_brackets or same_type):
                    pairs.append((short, full))
                    break
        return pairs

    return merge


def _full_names(unit: _Unit, units: dict[_Unit, list[Named]]) -> list[_Unit]:
    """The people whose full name `unit` may be short for, by surname, or by first name where no surname fits."""
    bare = without_honorific(unit[0])
    people = [other for other in units if other[1] == "PER" and other != unit]
    full = [other for other in people if without_honorific(other[0]).endswith(" " + bare)]
    if full:
        return [other for other in full if not any(_is_longer(third[0], other[0]) for third in full)]
    words = bare.split()
    if len(words) >= 3:  # a middle name or initial: the same first and last name
        return [other for other in people if without_honorific(other[0]).split() == [words[0], words[-1]]]
    first = [
        other
        for other in people
        if without_honorific(other[0]).startswith(bare + " ") and units[other][0].start < units[unit][0].start
    ]
    return first if len(first) == 1 and len(words) == 1 else []


def _is_longer(long: str, short: str) -> bool:
    return long != short and without_honorific(long).endswith(" " + without_honorific(short))


def _one_person(units: dict[_Unit, list[Named]]) -> list[tuple[_Unit, _Unit]]:
    """Short forms that fit one full name, and titles before the same name: "Mr Wang" and "Wang"."""
    pairs = []
    for unit in units:
        if unit[1] != "PER":
            continue
        candidates = _full_names(unit, units)
        if len(candidates) == 1:
            pairs.append((unit, candidates[0]))
        elif not candidates:
            same = [other for other in units if other[1] == "PER" and other[0] == without_honorific(unit[0])]
            pairs += [(unit, other) for other in same if other != unit]
    return pairs


def _nearest_before(mention: Named, candidates: Sequence[_Unit], units: dict[_Unit, list[Named]]) -> _Unit:
    """The candidate named last before the mention; before any of them, the one named first."""
    before = [
        (other.start, candidate)
        for candidate in candidates
        for other in units[candidate]
        if other.start < mention.start
    ]
    return max(before)[1] if before else min(candidates, key=lambda candidate: units[candidate][0].start)


def group_of(mentions: Sequence[Named]) -> Group:
    """The group of these mentions (at least one): its type by vote, its name the fullest form of that type."""
    kind, agreement = voted_type(mentions)
    count: dict[str, int] = defaultdict(int)
    for mention in mentions:
        count[mention.text] += 1
    fitting = [mention for mention in mentions if mention.type == kind] or list(mentions)
    name = max(
        fitting,
        key=lambda each: (
            len(without_honorific(each.key).split()),
            not each.text.isupper(),
            count[each.text],
            len(each.key),
            -each.start,
        ),
    ).text
    return Group(name, kind, agreement, tuple(mentions))
