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
from itertools import zip_longest

from transforms.figures.amounts import RANGE, Figure
from transforms.figures.carried import FIRM, OTHER, PERSON, PLACE, Carried, Named
from transforms.figures.clauses import (
    ATTRIBUTION,
    DESCRIBED,
    Clause,
    clause_at,
    firm_spoken_of,
    group_before,
    has_own_subject,
    is_about_a_person,
    is_adjunct,
    is_governed,
    is_of_the_firm,
    opens_with_pronoun,
)
from transforms.figures.units import STOPS

_POSSESSIVE = re.compile(r"'s?(?= )")
_PLAIN_WORDS = re.compile(r"(?: [a-z][a-z-]*){1,3} ")
_HAPPENED_IN = re.compile(r"(?:ed|dead|died|missing|\d) (?:in|at|near|through|into|across|from|to) (?:the )?$")
_STEP = re.compile(r"[\w&'./-]+")
_AFTER = re.compile(r"(?: [\w'-]+){0,3}? (?:of|at|in|for|from|by|against|bei|von|in) (?:the |der |den )?$")


@dataclass(frozen=True)
class Owner:
    """entity_id: of the article's entity. group: where a group that is no entity is named ("rivals"), in the sentence.

    Neither where nobody is sure.
    """

    entity_id: str | None = None
    group: tuple[int, int] | None = None


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
        named = [each for each in named if not any(f.start <= each.start and each.end <= f.end for f in found)]
        sentence = _Sentence(flat, named, self._carried)
        owners = [sentence.owner(figure) for figure in found]
        for place in range(len(found) - 2, -1, -1):  # a range has one owner
            if owners[place] == Owner() and RANGE.fullmatch(flat, found[place].end, found[place + 1].start):
                owners[place] = owners[place + 1]
        self._carried.take(sentence.subject_of(Clause(0, len(flat))), bool(named))
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
        is_last = group is not None and not any(each.start >= group.end for each in before)
        if group and is_last and (subject is None or group.is_agent):
            return Owner(group=(group.start, group.end))
        if subject:
            return Owner(self._rather(subject, before, figure).entity_id)
        antecedent = self._antecedent(clause)
        if antecedent:
            return Owner(antecedent.entity_id)
        return self._around(figure, clause, before)

    def subject_of(self, clause: Clause) -> Named | None:
        """The first name of a clause that no preposition governs and that is not said of another ("German rival X")."""
        own = [each for each in self.named if clause.start <= each.start < clause.end]
        for each, following in zip_longest(own, own[1:]):
            if not is_governed(self.flat, each.start) and not self._is_said_of(each, following):
                return each
        return None

    def _is_said_of(self, named: Named, following: Named | None) -> bool:
        """ "US giant", "German rival Deutsche Boerse": a place or a nationality that only describes."""
        if named.type in (PERSON, FIRM):
            return False
        if DESCRIBED.match(self.flat, named.end):
            return True
        return following is not None and _PLAIN_WORDS.fullmatch(self.flat, named.end, following.start) is not None

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
        firms = [each for each in before if each.type == FIRM]
        if subject.type == PERSON and firms and is_adjunct(self.flat, figure.start):
            return self._holder(firms[-1])
        return self._holder(subject)

    def _holder(self, named: Named) -> Named:
        """Of "Meta's new Superintelligence Labs", Meta."""
        for each in self.named:
            mark = _POSSESSIVE.match(self.flat, each.end)
            if mark and each.type != PERSON and named.type != PERSON and mark.end() <= named.start:
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
        if is_of_the_firm(self.flat, figure.end):
            return Owner(self.carried.firm)
        if opens_with_pronoun(self.flat, clause, figure.start):
            carried = self._carried_on(clause, is_about_a_person(self.flat, clause, figure.start))
            if carried:
                return Owner(carried)
        after = [each for each in self.named if figure.end <= each.start < clause.end]
        if after and _AFTER.fullmatch(self.flat, figure.end, after[0].start):
            describes = len(after) > 1 and self._is_said_of(after[0], after[1])
            return Owner(after[1 if describes else 0].entity_id)
        attributed = self._attributed(figure)
        if attributed:
            return Owner(attributed.entity_id)
        if firm_spoken_of(self.flat, clause.start, figure.start):
            return Owner(self.carried.firm or self.carried.thing)
        near = [each for each in before if each.type != OTHER and ", " not in self.flat[each.end : figure.start]]
        if near:
            return Owner(self._holder(near[-1]).entity_id)
        if has_own_subject(self.flat, clause, figure.start):
            return Owner(self._only_place(figure))
        return Owner(self._carried_on(clause, is_about_a_person(self.flat, clause, figure.start)))

    def _carried_on(self, clause: Clause, wants_person: bool) -> str | None:
        """The subject of the sentence so far, else of the sentences before."""
        main = self.subject_of(Clause(0, clause.start))
        firms = [each for each in self.named if each.end <= clause.start and each.type == FIRM]
        if main and main.type == PERSON and firms and not wants_person:
            return firms[-1].entity_id  # "Moritz, head of Caldera, said profit fell 10%"
        if main and (wants_person or main.type != PERSON or not self.carried.thing):
            return main.entity_id
        return self.carried.person if wants_person else self.carried.thing or self.carried.person

    def _only_place(self, figure: Figure) -> str | None:
        """ "Some 25,000 people marched through Madrid": the one place that the sentence names, where it happened."""
        if len({each.entity_id for each in self.named}) != 1 or self.named[0].start < figure.end:
            return None
        only = self.named[0]
        happened = _HAPPENED_IN.search(self.flat, figure.start, only.start)
        return only.entity_id if only.type == PLACE and happened else None

    def _attributed(self, figure: Figure) -> Named | None:
        """ "Revenue rose 5%, Apple said": a firm speaks of itself."""
        for each in self.named:
            is_after = each.start > figure.end and self.flat[: each.start].endswith((", ", '" '))
            if each.type == FIRM and is_after and ATTRIBUTION.match(self.flat, each.end):
                return each
        return None
