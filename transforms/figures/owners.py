"""Whose a figure is, by simple syntax: null where nothing says so.

In order: the possessive that holds the figure ("Meta's $14 billion deal"), the name it directly follows ("fined Google
$5bn"), the subject of its clause, whom a relative clause is about, a name after it ("12,000 jobs at Siemens"), the
nearest name before it in its clause, and last, where the clause has no subject of its own, the subject carried on from
before.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.figures.amounts import RANGE, Figure
from transforms.figures.clauses import (
    ATTRIBUTION,
    Clause,
    clause_at,
    group_before,
    has_own_subject,
    is_about_a_person,
    is_adjunct,
    is_governed,
)
from transforms.figures.units import STOPS

CARRIED_FOR = 3  # sentences without a name
_POSSESSIVE = re.compile(r"'s?(?= )")
_STEP = re.compile(r"[\w&'./-]+")
_AFTER = re.compile(r"(?: [\w'-]+){0,3}? (?:of|at|in|for|from|by|against|bei|von|in) (?:the |der |den )?$")


@dataclass(frozen=True)
class Named:
    """A mention of an entity in the text."""

    start: int
    end: int
    type: str
    entity_id: str


@dataclass
class Carried:
    """The last subjects: of a person, and of anything else; `age` in sentences."""

    person: str | None = None
    other: str | None = None
    age: int = 0

    def take(self, named: Named | None) -> None:
        """Make `named` the last subject of its sort, the other sort forgotten only by age."""
        if named is None:
            self.age += 1
            if self.age > CARRIED_FOR:
                self.person = self.other = None
            return
        self.age = 0
        if named.type == "PER":
            self.person = named.entity_id
        else:
            self.other = named.entity_id


@dataclass(frozen=True)
class Owner:
    """entity_id: of the article's entity. words: a group that is no entity ("rivals"); both None where unsure."""

    entity_id: str | None = None
    words: str | None = None


class Owners:
    """The owners of an article's figures, asked for sentence by sentence in order."""

    def __init__(self, mentions: Sequence[Named]) -> None:
        self._mentions = sorted(mentions, key=lambda each: each.start)
        self._starts = [each.start for each in self._mentions]
        self._carried = Carried()

    def of(self, flat: str, offset: int, found: Sequence[Figure]) -> list[Owner]:
        """The owner of each figure of the sentence `flat`, which starts at `offset` in the text."""
        first, last = bisect_left(self._starts, offset), bisect_left(self._starts, offset + len(flat))
        named = [
            Named(each.start - offset, min(each.end - offset, len(flat)), each.type, each.entity_id)
            for each in self._mentions[first:last]
        ]
        sentence = _Sentence(flat, named, self._carried)
        owners = [sentence.owner(figure) for figure in found]
        for place in range(len(found) - 2, -1, -1):  # a range has one owner
            if owners[place] == Owner() and RANGE.fullmatch(flat, found[place].end, found[place + 1].start):
                owners[place] = owners[place + 1]
        self._carried.take(sentence.subject_of(Clause(0, len(flat))))
        return owners


class _Sentence:
    def __init__(self, flat: str, named: Sequence[Named], carried: Carried) -> None:
        self.flat = flat
        self.named = named
        self.carried = carried

    def owner(self, figure: Figure) -> Owner:
        clause = clause_at(self.flat, figure.start)
        before = [each for each in self.named if clause.start <= each.start and each.end <= figure.start]
        tight = self._possessor(figure, before) or self._next_to(figure, before)
        if tight:
            return Owner(tight.entity_id)
        group = group_before(self.flat, clause, figure.start)
        subject = self.subject_of(Clause(clause.start, figure.start))
        if group and not any(each.start > group.start for each in before):
            if subject is None or group.is_agent:
                return Owner(words=group.words)
        if subject:
            return Owner(self._rather(subject, before, figure).entity_id)
        antecedent = self._antecedent(clause)
        if antecedent:
            return Owner(antecedent.entity_id)
        return self._around(figure, clause, before)

    def subject_of(self, clause: Clause) -> Named | None:
        """The first name of a clause that no preposition governs."""
        for each in self.named:
            if clause.start <= each.start < clause.end and not is_governed(self.flat, each.start):
                return each
        return None

    def _possessor(self, figure: Figure, before: Sequence[Named]) -> Named | None:
        """ "Meta's $14 billion deal", "Apple's net profit rose 5%": at most four words, none a preposition."""
        for each in reversed(before):
            mark = _POSSESSIVE.match(self.flat, each.end)
            if mark:
                steps = _STEP.findall(self.flat, mark.end(), figure.start)
                crossed = any(other.start >= mark.end() and other.end <= figure.start for other in before)
                is_tight = len(steps) <= 4 and not crossed and "," not in self.flat[mark.end() : figure.start]
                return each if is_tight and not STOPS & {step.casefold() for step in steps[:-1]} else None
        return None

    def _next_to(self, figure: Figure, before: Sequence[Named]) -> Named | None:
        last = before[-1] if before else None
        if last and self.flat[last.end : figure.start] == " " and not is_governed(self.flat, last.start):
            return last
        return None

    def _rather(self, subject: Named, before: Sequence[Named], figure: Figure) -> Named:
        """In "Wang was hired to lead Meta's new labs after a $14 billion deal" the deal is no person's."""
        firms = [each for each in before if each.type == "ORG"]
        if subject.type == "PER" and firms and is_adjunct(self.flat, figure.start):
            return self._holder(firms[-1])
        return self._holder(subject)

    def _holder(self, named: Named) -> Named:
        """Of "Meta's new Superintelligence Labs", Meta."""
        for each in self.named:
            mark = _POSSESSIVE.match(self.flat, each.end)
            if mark and each.type != "PER" and named.type != "PER" and mark.end() <= named.start:
                between = _STEP.findall(self.flat, mark.end(), named.start)
                if len(between) <= 1 and "," not in self.flat[mark.end() : named.start]:
                    return each
        return named

    def _antecedent(self, clause: Clause) -> Named | None:
        """Whom ", which employs 300 people," is about: the name right before it."""
        if not clause.is_relative:
            return None
        before = [each for each in self.named if each.end <= clause.opens]
        return before[-1] if before and clause.opens - before[-1].end <= 30 else None

    def _around(self, figure: Figure, clause: Clause, before: Sequence[Named]) -> Owner:
        after = [each for each in self.named if figure.end <= each.start < clause.end]
        if after and _AFTER.fullmatch(self.flat, figure.end, after[0].start):
            return Owner(after[0].entity_id)
        attributed = self._attributed(figure)
        if attributed:
            return Owner(attributed.entity_id)
        if before:
            return Owner(self._holder(before[-1]).entity_id)
        if has_own_subject(self.flat, clause, figure.start):
            return Owner(self._only_place(figure))
        main = self.subject_of(Clause(0, clause.start))
        wants_person = is_about_a_person(self.flat, clause, figure.start)
        if main and (wants_person or main.type != "PER" or not self.carried.other):
            return Owner(main.entity_id)
        return Owner(self.carried.person if wants_person else self.carried.other or self.carried.person)

    def _only_place(self, figure: Figure) -> str | None:
        """ "Some 25,000 people marched through Madrid": the one place that the sentence names, in a circumstance."""
        if len({each.entity_id for each in self.named}) != 1 or self.named[0].start < figure.end:
            return None
        only = self.named[0]
        return only.entity_id if only.type == "LOC" and is_governed(self.flat, only.start) else None

    def _attributed(self, figure: Figure) -> Named | None:
        """ "Revenue rose 5%, Apple said": a firm speaks of itself."""
        for each in self.named:
            if each.start > figure.end and each.type == "ORG":
                if self.flat[: each.start].endswith((", ", '" ')) and ATTRIBUTION.match(self.flat, each.end):
                    return each
        return None
