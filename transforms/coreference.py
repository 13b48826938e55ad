"""Which mentions of a text name the same thing: full names, short forms, possessives, acronyms.

Rules, not a model: a person's surname after the full name, a company without its legal form, an acronym introduced in
brackets or made of initials. What fits two full names goes to the one named last before it.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.ambiguous_names import is_ambiguous
from transforms.gazetteer import possessive_names
from transforms.known_firms import is_listed
from transforms.mentions import Named, cleaned, is_known
from transforms.names import without_honorific
from transforms.reader.reading import ENTITY_TYPES, Mention
from transforms.short_forms import Unit, acronyms, first_words, last_words_of_firms, people_of, same_firms, short_firms

SURELY = 0.9  # the reader's mean score from which a single word is what it says, whatever company is called so
LEAST_OF_FIRM = 0.25  # share of the votes of a known company's name from which it is one
CLEARLY_A_PERSON = 0.7  # share of the votes of a surname at which its other mentions are slips of the reader

_PLACING = re.compile(
    r"(?:\b(?:in|from|to|near|across|of|at|into|around|outside|through|via|over|for|off|between|and|or|north|south|east"
    r"|west|northern|southern|eastern|western|central)(?: the)?|,) $",
    re.IGNORECASE,
)


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


def voted_type(mentions: Sequence[Named]) -> tuple[str, float]:
    """The type with the greatest sum of scores, and its share of the whole; ties go by the order of ENTITY_TYPES."""
    votes = {kind: sum(mention.score for mention in mentions if mention.type == kind) for kind in ENTITY_TYPES}
    best = max(ENTITY_TYPES, key=lambda kind: votes[kind])
    whole = sum(votes.values())
    return best, votes[best] / whole if whole else 1.0


def grouped(text: str, mentions: Sequence[Mention]) -> list[Group]:
    """One group per thing named, in order of first mention; every cleaned mention is in exactly one."""
    named = cleaned(text, mentions)
    units = _units(text, named)
    parents: dict[Unit, Unit] = {unit: unit for unit in units}
    people = people_of(units)
    short_forms = (*same_firms(units), *acronyms(text, units), *short_firms(units), *last_words_of_firms(units))
    for short, full in (*short_forms, *people.pairs()):
        parents[_root(parents, short)] = _root(parents, full)
    members: dict[Unit, list[Named]] = defaultdict(list)
    for unit, its_mentions in units.items():
        candidates = people.full_names(unit) if unit[1] == "PER" else ()
        owners = sorted((other.start, full) for full in candidates for other in units[full])
        for mention in its_mentions:
            owner = _nearest_before(mention, owners) if len(candidates) > 1 else unit
            members[_root(parents, owner)].append(mention)
    groups = [group_of(sorted(found, key=lambda each: each.start)) for found in members.values()]
    return sorted(groups, key=lambda group: group.mentions[0].start)


def _units(text: str, named: Sequence[Named]) -> dict[Unit, list[Named]]:
    """Mentions by spelling and by the type that the spelling's mentions vote for.

    A person's surname alone is that person, whatever the reader takes it for, unless it is known to be another thing's
    name too (Washington, Ford): there the mentions are split as the votes are. A place is one where a word like "in"
    says so; else the name of somebody who is named in full is that person's.
    """
    spelled: dict[str, list[Named]] = defaultdict(list)
    for mention in _as_named_before(text, named):
        spelled[mention.key].append(mention)
    votes = {key: voted_type(found) for key, found in spelled.items()}
    surnames = {key.split()[-1] for key in spelled if " " in key and votes[key][0] == "PER"}
    firms = {word for key in spelled if votes[key][0] == "ORG" for word in first_words(key)}
    units: dict[Unit, list[Named]] = {}
    for key, found in spelled.items():
        kind, agreement = votes[key]
        bare = without_honorific(key)
        if bare not in surnames and _is_firm_after_all(key, kind, found):
            units[(key, "ORG")] = [replace(mention, type="ORG") for mention in found]
            continue
        people = [mention for mention in found if mention.type == "PER"]
        others = [mention for mention in found if mention.type != "PER"]
        if bare not in surnames or not others:
            units[(key, kind)] = found
        elif not is_known(bare) and bare not in firms:
            units[(key, "PER")] = [replace(mention, type="PER") for mention in found]
        elif people and not (kind == "PER" and agreement >= CLEARLY_A_PERSON):
            units[(key, "PER")] = people
            units[(key, voted_type(others)[0])] = others
        else:
            units[(key, kind)] = found
    return units


def _is_firm_after_all(key: str, kind: str, found: Sequence[Named]) -> bool:
    """Whether a listed company's name, which the reader takes for something else, is the company's all the same.

    Nobody of the text bears it as a surname, and no place is called so. A name that is a word or a person's as well
    needs a part of the votes, and another one of a single word a reader that is not sure.
    """
    if kind == "ORG" or not is_listed(key):
        return False
    whole = sum(mention.score for mention in found)
    if sum(mention.score for mention in found if mention.type == "ORG") >= LEAST_OF_FIRM * whole:
        return kind in ("PER", "LOC")
    is_common = is_ambiguous(key, key) or key in possessive_names()
    return not is_common and (" " in key or whole < SURELY * len(found))


def _as_named_before(text: str, named: Sequence[Named]) -> Iterator[Named]:
    """The mentions; a single name has the type that the full names of the text give it.

    What the reader takes for a place is a person's name where somebody is named so in full. What it takes for a person
    is a firm's where nobody is, and a firm before it begins so: "Tidewell" after "Tidewell Air".
    """
    full = [mention.key.split() for mention in named if mention.type == "PER" and " " in mention.key]
    of_people = {words[0] for words in full} | {words[-1] for words in full}
    of_firms: set[str] = set()
    for mention in named:
        if mention.type == "LOC" and mention.key in of_people and not _is_placed(text, mention):
            yield replace(mention, type="PER")
        elif mention.type == "PER" and mention.key in of_firms and mention.key not in of_people:
            yield replace(mention, type="ORG")
        else:
            yield mention
        if mention.type == "ORG":
            of_firms.update([*first_words(mention.key)][:1])


def _is_placed(text: str, mention: Named) -> bool:
    """Whether a word before the mention, or a comma on either side, says that it is a place."""
    before, after = text[max(mention.start - 24, 0) : mention.start], text[mention.end : mention.end + 2]
    return _PLACING.search(before) is not None or re.match(r",? [A-ZÀ-Þ]|, ", after) is not None


def _root(parents: dict[Unit, Unit], unit: Unit) -> Unit:
    while parents[unit] != unit:
        parents[unit] = parents[parents[unit]]  # halves the way for the next one
        unit = parents[unit]
    return unit


def _nearest_before(mention: Named, candidates: Sequence[tuple[int, Unit]]) -> Unit:
    """Of candidates by place, the one named last before the mention; before any of them, the one named first."""
    place = bisect_left(candidates, mention.start, key=lambda candidate: candidate[0])
    return candidates[max(place - 1, 0)][1]


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
            count[each.text],
            not each.text.isupper(),
            len(each.key),
            -each.start,
        ),
    ).text
    return Group(name, kind, agreement, tuple(mentions))
