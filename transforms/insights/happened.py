"""What is asked of a clause: why, how and when it happened, how much of it, what else and what follows."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from transforms.insights import facets
from transforms.insights.amounts import asked_amount
from transforms.insights.article import Article
from transforms.insights.clauses import Clause
from transforms.insights.events import DECISIONS, LEAVING, REMOVAL, following
from transforms.insights.question import Entity, Question
from transforms.insights.verbs import BY_SOME_MEANS, FOR_NO_REASON, UP_OR_DOWN
from transforms.names import word_set
from transforms.reader.reading import Span

UNNAMED = 0.75  # of the worth of a question whose subject is no name
LEAST_OPEN = 0.5  # worth above which it may be asked why without an answer here
# What somebody did who may have to say why, of what one may ask how, and what has a day of its own: of these a question
# may wait for later news. Of what merely happened in a match or a film nobody asks.
DECIDED = (
    DECISIONS
    | LEAVING
    | REMOVAL
    | word_set(
        "accuse arrest attack appoint approve ask back ban bar blame boycott charge clear close collapse complain "
        "condemn criticise criticize cut defend delay deny detain end expand extend fail fine grant halt increase "
        "invade investigate jail join kill launch merge object open oppose order postpone probe protest raid recall "
        "reopen reverse revise rule seize sentence sign split stop strike sue switch threaten throw tighten urge veto "
        "vote warn"
    )
)
NOT_PLAIN_HOW = word_set("detect develop discover escape identify rescue restore smuggle solve steal survive uncover")
DATED = word_set(
    "announce begin close come debut decide deliver end expire face finish introduce launch leave meet open publish "
    "release reopen return rule sign start stand step unveil vote"
)
_GROUPS = re.compile(
    r"\b(?:investors|analysts|residents|customers|rivals|economists|farmers|parents|neighbours|neighbors|unions|"
    r"workers|shareholders|voters|doctors|researchers|critics|suppliers|shoppers|importers|growers|engineers)\b",
    re.IGNORECASE,
)
_MARKET = re.compile(
    r"\b(?:shares?|prices?|sales|profits?|index|stocks?|revenues?|exports?|imports?|demand|inflation|rates?|output|orders|"
    r"production|unemployment|euro|dollar|pound|yen|oil|gold|copper|earnings|turnover|losses|costs?|value|market)\b",
    re.IGNORECASE,
)


def asked_of_clause(article: Article, clause: Clause, named: Mapping[int, Any]) -> Iterator[Question]:
    """Every question that a clause calls for."""
    if clause.predicate.is_future:
        yield from _of_plan(article, clause)
    else:
        yield from _of_reason(article, clause)
        if clause.predicate.finite and clause.predicate.auxiliary != "had":
            yield from _of_time(article, clause)
            yield from _of_sequel(article, clause)
            yield from _of_meaning(article, clause)
    yield from _of_event(article, clause, named)


def _of_plan(article: Article, clause: Clause) -> Iterator[Question]:
    about, place, told = _named_by(article, clause), clause.place, (clause.start, clause.end)
    asked, only = f"When {clause.inverted}?", frozenset({place})
    is_open = _is_of_somebody(article, clause) and clause.predicate.verb in DATED
    if not facets.TIME.cue(asked):
        yield Question(asked, "outlook", facets.TIME, place, 0.6, about, told, only, is_open=is_open)
    if not facets.TIME.cue(article.sentence(place)):
        yield Question(f"Why {clause.inverted}?", "origins", facets.REASON, place, 0.6, about, told)


def _of_reason(article: Article, clause: Clause) -> Iterator[Question]:
    """Why it happened, or how it was done, and how much of it there was."""
    said, name, place, told = clause.predicate, clause.subject.name, clause.place, (clause.start, clause.end)
    about = _named_by(article, clause)
    is_open = _is_of_somebody(article, clause) or facets.AMOUNT.cue(said.rest) > 0
    if amount := asked_amount(clause):
        yield figure(*amount, place, about)
    worth = {"does": 0.45, "had": 0.5, "may": 0.6, "might": 0.6, "could": 0.6}.get(said.auxiliary, 0.9)
    worth = worth if clause.subject.entity else worth * UNNAMED
    facet = "market_trend" if _is_market(clause) else "origins"
    is_done = (said.finite or said.base) and not said.is_passive
    if said.verb in BY_SOME_MEANS and is_done and not name.endswith(("study", "survey", "report")):
        is_open = is_open and said.verb in NOT_PLAIN_HOW
        yield Question(f"How {clause.inverted}?", facet, facets.MEANS, place, worth - 0.1, about, told, is_open=is_open)
    elif said.verb not in FOR_NO_REASON or not said.finite:
        is_open = is_open and worth > LEAST_OPEN and (said.verb in DECIDED or _is_market(clause))
        yield Question(f"Why {clause.inverted}?", facet, facets.REASON, place, worth, about, told, is_open=is_open)


def _is_market(clause: Clause) -> bool:
    """Whether a price, a quantity or the like went up or down by a figure."""
    said = clause.predicate
    moved = said.verb in UP_OR_DOWN and facets.AMOUNT.cue(said.rest) > 0
    return moved and _MARKET.search(clause.subject.name) is not None


def _of_time(article: Article, clause: Clause) -> Iterator[Question]:
    """When it happened, and when it last did."""
    said, name, place, told = clause.predicate, clause.subject.name, clause.place, (clause.start, clause.end)
    about, sentence, only = _named_by(article, clause), article.sentence(clause.place), frozenset({clause.place})
    asked = f"When {clause.inverted}?"
    if facets.TIME.cue(sentence) and not facets.TIME.cue(asked) and said.auxiliary in ("did", "was", "were"):
        yield Question(asked, "recent_developments", facets.TIME, place, 0.4, about, told, only)
    if said.auxiliary != "did":
        return
    if facets.PAST.cue(sentence) == 1.0 and not name.startswith(("a ", "an ")):
        asked = f"When did {name} last {said.rest}?"
        yield Question(asked, "precedents", facets.PAST, place, 0.5, about, told, only)
    elif _is_market(clause):
        asked = f"When did {name} last {said.verb} as much?"
        yield Question(asked, "precedents", facets.PAST, place, 0.5, about, told, only, is_open=True)


def _of_sequel(article: Article, clause: Clause) -> Iterator[Question]:
    """How those concerned reacted, what is expected next, and what has happened since."""
    name, place, told = clause.subject.name, clause.place, (clause.start, clause.end)
    happened = f"{name} {clause.predicate.finite}"
    about, sentence = _named_by(article, clause), article.sentence(place)
    group = _GROUPS.search(sentence, max(0, clause.end - article.document.sentences[place].start))
    if group and group[0].casefold() not in happened.casefold():
        asked, only = f"How did {group[0].casefold()} react when {happened}?", frozenset({place})
        yield Question(asked, "reactions", facets.REACTION, place, 0.8, about, told, only)
    if _is_market(clause):
        asked = f"What do analysts expect next for {name}?"
        yield Question(asked, "outlook", facets.EXPECTATION, place, 0.5, about, told, is_open=True)
    if _is_of_somebody(article, clause) and place == 0 and clause.predicate.verb in DECIDED:
        asked = f"What has happened since {happened}?"
        yield Question(asked, "latest_updates", facets.NEWS, place, 0.5, about, told, is_later=True, is_open=True)


def _of_meaning(article: Article, clause: Clause) -> Iterator[Question]:
    """What an event means for a firm or body that is named beside it and is no part of it."""
    about, verb = _named_by(article, clause), clause.predicate.verb
    near = {clause.place, clause.place + 1}
    concerned = [
        each
        for each in article.main
        if each["type"] == "ORG" and each not in about and article.may_speak(each) and near & set(article.places(each))
    ]
    if not about or not concerned or verb in FOR_NO_REASON:
        return
    asked = f"What does it mean for {concerned[0]['name']} that {clause.subject.name} {clause.predicate.finite}?"
    told, entities = (clause.start, clause.end), (*about, concerned[0])
    yield Question(asked, "impact", facets.EFFECT, clause.place, 0.5, entities, told, frozenset(), is_open=True)


def _of_event(article: Article, clause: Clause, named: Mapping[int, Any]) -> Iterator[Question]:
    told, about = (clause.start, clause.end), _named_by(article, clause)
    for each in following(clause, named, article.document.text):
        entities, is_open = (*about, *each.others), bool(about)
        yield Question(
            each.text, each.facet, each.need, clause.place, each.worth, entities, told, each.only, is_open=is_open
        )


def _named_by(article: Article, clause: Clause) -> tuple[Entity, ...]:
    """What a clause names: its subject, and what stands in the rest of it; else the main thing of the article."""
    inside = [entity for _, entity in article.named_in(Span(clause.start, clause.end)).values()]
    return tuple(([clause.subject.entity] if clause.subject.entity else []) + inside) or tuple(article.main[:1])


def _is_of_somebody(article: Article, clause: Clause) -> bool:
    """Whether somebody or something is named up to the end of the clause, its subject or in it."""
    opens = article.document.sentences[clause.place].start
    return bool(clause.subject.entity or article.named_in(Span(opens, clause.end)))


def figure(facet: str, asked: str, place: int, about: tuple[Entity, ...] = ()) -> Question:
    """The question after a figure that stands in one sentence."""
    return Question(asked, facet, facets.AMOUNT, place, 0.65, about, None, frozenset({place}))
