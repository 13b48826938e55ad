"""What a reader asks next after an event: who replaces the one who left, how the accused answers, what else was open.

Each form belongs to verbs after which it makes sense, and is filled with words of the clause alone. Most of these
questions stay open in the article itself; they are for the archive and for later news.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transforms.insights import facets
from transforms.insights.clauses import Clause
from transforms.insights.facets import Need
from transforms.insights.phrases import PREPOSITIONS
from transforms.insights.verbs import INTRANSITIVE, gerund
from transforms.names import word_set

Named = Mapping[int, tuple[int, Mapping[str, Any]]]

ANSWERED_BY = {
    "accuse": "accusations", "attack": "attack", "ban": "ban", "blame": "accusations", "charge": "charges",
    "condemn": "criticism", "criticise": "criticism", "criticize": "criticism", "expel": "expulsion", "fine": "fine",
    "indict": "indictment", "investigate": "investigation", "rebuke": "criticism", "sanction": "sanctions",
    "sue": "lawsuit", "suspend": "suspension", "threaten": "threats", "warn": "warning",
}  # fmt: skip
HARM = word_set(
    "arrest charge convict detain evacuate hurt indict infect injure jail kill rescue sanction suspend wound"
)
LEAVING = word_set("depart leave quit resign retire")
REMOVAL = word_set("dismiss fire oust remove sack")
DECISIONS = word_set(
    "abandon abolish acquire ban block build buy cancel close cut demolish deploy drop eliminate evacuate expel "
    "freeze halt hire impose leave lower merge move nationalise order postpone privatise quit raise reduce "
    "refuse reject remove replace restrict sack scrap sell send shut suspend withdraw"
)
OFFERS = word_set("launch unveil release introduce cut raise buy acquire recall")
_WORKS = re.compile(
    r"(?:an?|the) (?:[\w-]+ ){0,3}?(?:plant|factory|mine|mill|shipyard|refinery|branch|store|foundry|brewery|smelter)\b"
)
_RULE = re.compile(
    r"(?:an?|the) (?:[\w-]+ ){0,3}?(?:law|bill|ban|tax|tariff|levy|fee|surcharge|limit|cap|embargo|moratorium)\b(?! of)"
)


@dataclass(frozen=True)
class Following:
    """A question after an event. others: entities beside those of the clause. only: the sentences that may answer."""

    text: str
    facet: str
    need: Need
    worth: float
    others: tuple[Mapping[str, Any], ...] = ()
    only: frozenset[int] | None = None


def following(clause: Clause, named: Named, text: str) -> Iterator[Following]:
    """The questions that a clause calls for by what its verb says."""
    said = clause.predicate
    if said.auxiliary in ("does", "do", "had") or said.rest.startswith("not "):
        return
    if said.is_passive:
        yield from _of_passive(clause)
    elif said.is_future or said.finite:
        yield from _of_choice(clause)
        if said.finite:
            yield from _of_deed(clause, _object(clause, named, text))


def _kind(clause: Clause) -> str:
    return str(clause.subject.entity["type"]) if clause.subject.entity else ""


def _of_passive(clause: Clause) -> Iterator[Following]:
    said, name = clause.predicate, clause.subject.name
    kind, has = _kind(clause), "have" if clause.subject.is_plural else "has"
    if not kind:
        return
    if said.verb in ANSWERED_BY and kind != "LOC":
        asked = f"How {has} {name} responded to the {ANSWERED_BY[said.verb]}?"
        yield Following(asked, "reactions", facets.REACTION, 0.65)
    if said.verb in HARM and kind == "PER":
        asked = f"Who besides {name} {_without_agent(said.finite)}?"
        yield Following(asked, "impact", facets.OTHERS, 0.5, only=frozenset())
    if said.verb in ("charge", "indict") and kind == "PER":
        yield Following(f"When will {name} stand trial?", "outlook", facets.TRIAL, 0.65)
    if said.verb in REMOVAL and kind == "PER":
        yield Following(f"Who will replace {name}?", "outlook", facets.SUCCESSION, 0.65)
    if said.verb in ("appoint", "elect") and kind == "PER":
        yield Following(f"Who held the post before {name}?", "precedents", facets.SUCCESSION, 0.6)


def _without_agent(said: str) -> str:
    """ "was charged with fraud by police" as "was charged with fraud"."""
    return re.split(r" (?:by|on|at|as) ", said)[0]


def _of_choice(clause: Clause) -> Iterator[Following]:
    """What else the one who decides could do; what merely happens is nobody's choice."""
    said, name = clause.predicate, clause.subject.name
    verb, _, rest = said.base.partition(" ")
    if verb not in DECISIONS or not rest or _kind(clause) in ("LOC", "MISC") or rest.split()[0] in PREPOSITIONS:
        return
    do = "do" if said.is_future else "have done"
    asked = f"What could {name} {do} instead of {gerund(verb)} {rest}?"
    yield Following(asked, "alternatives", facets.ALTERNATIVE, 0.55)
    if works := _WORKS.match(rest):
        asked = f"How many people work at {_the(rest, works.end())}?"
        yield Following(asked, "stakes", facets.STAFF, 0.6)


def _of_deed(clause: Clause, aimed_at: Mapping[str, Any] | None) -> Iterator[Following]:
    said, name, kind = clause.predicate, clause.subject.name, _kind(clause)
    rest = said.base.partition(" ")[2]
    if (rule := _RULE.match(rest)) and said.verb in ("adopt", "approve", "impose", "introduce", "pass"):
        yield Following(f"When will {_the(rest, rule.end())} take effect?", "policy", facets.IN_FORCE, 0.65)
        yield Following(f"Who is affected by {_the(rest, rule.end())}?", "impact", facets.AFFECTED, 0.6)
    if kind == "PER" and said.verb in LEAVING and (aimed_at or (said.verb in INTRANSITIVE and not rest)):
        at = f" at {aimed_at['name']}" if aimed_at else ""
        others = (aimed_at,) if aimed_at else ()
        yield Following(f"Who will replace {name}{at}?", "outlook", facets.SUCCESSION, 0.65, others)
    if aimed_at is None:
        if kind == "ORG" and clause.subject.entity and clause.subject.entity.get("ticker") and said.verb in OFFERS:
            asked = f"How have rivals responded since {name} {said.finite}?"
            yield Following(asked, "competitors", facets.RIVALS, 0.55)
        return
    target, others = str(aimed_at["name"]), (aimed_at,)
    if said.verb in ("leave", "quit", "join") and kind in ("PER", "ORG") and aimed_at["type"] == "ORG":
        done = said.perfect.partition(" ")[2].split(" ")[0]
        asked = f"Who else has {done} {target}?"
        yield Following(asked, "latest_updates", facets.OTHERS, 0.5, others, only=frozenset())
    if said.verb in ("buy", "acquire") and kind == "ORG" and aimed_at["type"] == "ORG":
        asked = f"What does {name} plan to do with {target}?"
        yield Following(asked, "outlook", facets.FUTURE, 0.65, others)
    if said.verb in ("appoint", "elect", "hire") and aimed_at["type"] == "PER":
        yield Following(f"Who held the post before {target}?", "precedents", facets.SUCCESSION, 0.6, others)
    if said.verb in ANSWERED_BY and aimed_at["type"] in ("PER", "ORG") and kind:
        asked = f"How has {target} responded to {possessive(name)} {ANSWERED_BY[said.verb]}?"
        yield Following(asked, "reactions", facets.REACTION, 0.65, others)


def possessive(name: str) -> str:
    """ "Acme's", "the Lakers'"."""
    return name + ("'" if name.endswith("s") and not name.endswith("ss") else "'s")


def _the(rest: str, end: int) -> str:
    """The first words of what follows a verb, as what is known: "a plant in Ohio" is "the plant" afterwards."""
    return re.sub(r"^an?\b", "the", rest[:end])


def _object(clause: Clause, named: Named, text: str) -> Mapping[str, Any] | None:
    """The entity that what follows the verb begins with, where it is the whole object."""
    rest = clause.predicate.base.partition(" ")[2].removeprefix("the ")
    for start, (end, entity) in named.items():
        shown = text[start:end]
        if clause.start < start < clause.end and rest.startswith(shown):
            after = rest[len(shown) :].split()
            is_whole = not rest[len(shown) :].strip() or (
                rest[len(shown)] == " " and after[0].casefold() in PREPOSITIONS
            )
            return entity if is_whole else None
    return None
