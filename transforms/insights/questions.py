"""What to ask of an article: each question is built of its own words, because something in it calls for the question.

A question comes from a clause ("Why did ... ?"), from a noun for what happened ("What led to ... ?"), from an aside
that says who somebody is, from somebody who is quoted, or from a sentence with a facet's words about a main entity.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.insights import facets
from transforms.insights.article import Article, is_subject
from transforms.insights.clauses import Clause, clauses, words_of
from transforms.insights.facets import Need
from transforms.insights.nouns import NounPhrase, noun_phrases
from transforms.insights.people import Aside, Speaker, asides, speakers
from transforms.insights.verbs import DISPUTES, HAPPENINGS, UP_OR_DOWN

_GROUPS = re.compile(
    r"\b(?:investors|analysts|residents|customers|rivals|economists|farmers|parents|neighbours|neighbors|unions|"
    r"workers|shareholders|voters|doctors|researchers|critics|suppliers|shoppers|importers|growers|engineers)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b[Tt]he (?:(?!of\b|in\b|and\b)[a-z]+ ){0,2}(?:ministry|government|regulator|court|parliament|council|commission|"
    r"board|agency|authority|union|president|administration|central bank)\b(?! of\b)(?=[ ,](?:also |has |had )?(?:said|"
    r"says|answered|wants?|warned|asked|announced|decided|agreed|proposed|ruled|voted|approved|rejected|plans?))"
)


@dataclass(frozen=True)
class Question:
    """A question before its answer is looked for.

    place: the sentence that calls for it. outside: what of that sentence may answer, as [start, end) that may not; the
    whole of it where None. mentions: words of which one must stand in an answer. is_later: only later news can answer.
    worth: 0 to 1, how much a reader would want it.
    """

    text: str
    facet: str
    need: Need
    place: int
    worth: float
    entities: tuple[Mapping[str, Any], ...]
    outside: tuple[int, int] | None = None
    mentions: tuple[str, ...] = ()
    is_later: bool = False


def questions(article: Article, places: Sequence[int]) -> list[Question]:
    """Every question that the sentences at `places` call for, in no order of worth; many are of one kind."""
    found: list[Question] = []
    text = article.document.text
    for place in places:
        span = article.document.sentences[place]
        named = {at: known for at, known in article.named.items() if span.start <= at < span.end}
        words = words_of(text, span.start, span.end)
        for clause in clauses(text, span.start, span.end, place, named):
            found += _of_clause(article, clause)
        for phrase in noun_phrases(text, words, place, named):
            found += _of_noun(article, phrase)
        found += [_of_aside(aside, place) for aside in asides(text, span, named)]
        found += [question for each in speakers(text, span, named) for question in _of_speaker(article, each, place)]
        found += _of_sentence(article, place, named)
    return found


def _of_clause(article: Article, clause: Clause) -> Iterator[Question]:
    said, name = clause.predicate, clause.subject.name
    place, span = clause.place, (clause.start, clause.end)
    sentence = article.sentence(place)
    about = (clause.subject.entity,) if clause.subject.entity else ()
    if said.is_future:
        is_dated = facets.TIME.cue(sentence) > 0
        asked, facet, need = ("When", "outlook", facets.TIME) if is_dated else ("Why", "origins", facets.REASON)
        yield Question(f"{asked} {clause.inverted}?", facet, need, place, 0.6, about, span)
        return
    is_market = said.verb in UP_OR_DOWN and facets.AMOUNT.cue(said.rest) > 0
    worth = {"does": 0.45, "had": 0.5}.get(said.auxiliary, 0.9)
    facet = "market_trend" if is_market else "origins"
    yield Question(f"Why {clause.inverted}?", facet, facets.REASON, place, worth, about, span)
    if not said.finite or said.auxiliary == "had":
        return
    told = f"{name} {said.finite}"
    if said.perfect and not is_market:
        yield Question(
            f"What happens now that {name} {said.perfect}?", "impact", facets.EFFECT, place, 0.7, about, span
        )
    group = _GROUPS.search(sentence, max(0, clause.end - article.document.sentences[place].start))
    if group and group[0].casefold() not in told.casefold():
        who = group[0].casefold()
        yield Question(
            f"How did {who} react when {told}?", "reactions", facets.REACTION, place, 0.8, about, span, (who,)
        )
    if facets.PAST.cue(sentence) == 1.0 and said.auxiliary == "did":
        yield Question(f"When did {name} last {said.rest}?", "precedents", facets.PAST, place, 0.5, about, span)
    yield Question(f"What has happened since {told}?", "latest_updates", facets.NEWS, place, 0.5, about, span, (), True)


def _of_noun(article: Article, phrase: NounPhrase) -> Iterator[Question]:
    entities, place = phrase.entities, phrase.place
    be = "are" if phrase.is_plural else "is"
    if phrase.head in HAPPENINGS:
        yield Question(f"What led to {phrase.text}?", "origins", facets.REASON, place, 0.8, entities)
        others = [each for each in article.main if each not in entities and each["type"] == "ORG"]
        if others:
            do = "do" if phrase.is_plural else "does"
            asked = f"What {do} {phrase.text} mean for {others[0]['name']}?"
            yield Question(asked, "impact", facets.EFFECT, place, 0.7, (*entities, others[0]))
    elif phrase.head in DISPUTES:
        yield Question(f"What {be} {phrase.text} about?", "controversies", facets.OPPOSITION, place, 0.8, entities)
    else:
        yield Question(f"What comes next for {phrase.text}?", "outlook", facets.FUTURE, place, 0.6, entities)


def _of_aside(aside: Aside, place: int) -> Question:
    be = "Who is" if aside.entity["type"] == "PER" else "What is"
    return Question(
        f"{be} {aside.name}?", "concept", facets.DEFINITION, place, 0.45, (aside.entity,), None, aside.forms
    )


def _of_speaker(article: Article, speaker: Speaker, place: int) -> Iterator[Question]:
    topic = article.topic
    if topic and topic.entity is not speaker.entity:
        called = f"{speaker.name}, {speaker.role}," if speaker.role else speaker.name
        known = (speaker.entity, topic.entity) if topic.entity else (speaker.entity,)
        asked = f"What does {called} say about {topic.name}?"
        yield Question(asked, "reactions", facets.SPEECH, place, 0.65, known, None, speaker.forms)


def _of_sentence(article: Article, place: int, named: Mapping[int, Any]) -> Iterator[Question]:
    """Questions about the main entity that a sentence names, by the words of a facet."""
    known = [entity for _, entity in named.values() if is_subject(entity) and entity["type"] != "PER"]
    if not known:
        return
    entity, sentence = known[0], article.sentence(place)
    name = entity["name"]
    for facet, need, asked, worth in (
        ("competitors", facets.RIVALS, f"Which rivals does {name} face?", 0.6),
        ("challenges", facets.TROUBLE, _trouble(name, sentence), 0.5),
        ("long_term", facets.LONG_RUN, f"What is the long-term outlook for {name}?", 0.45),
        ("alternatives", facets.OPTION, f"What alternatives does {name} have?", 0.35),
        ("stakes", facets.STAKE, f"What is at stake for {name}?", 0.4),
        ("outlook", facets.FUTURE, f"What is next for {name}?", 0.5),
    ):
        if need.cue(sentence) == 1.0:
            yield Question(asked, facet, need, place, worth, (entity,))
    body = _BODIES.search(sentence)
    if body:
        asked = f"What does the {body[0][4:]} say about {name}?"
        yield Question(asked, "policy", facets.SPEECH, place, 0.6, (entity,), None, (body[0][4:],))


_TROUBLES = (
    (re.compile(r"\brisks?\b"), "What risks does {} face?"),
    (re.compile(r"\bdoubts?\b"), "What doubts are there about {}?"),
    (re.compile(r"\b(?:worr(?:y|ies|ied)|concerns?)\b"), "What worries are there about {}?"),
    (re.compile(r"\bdelay(?:s|ed)?\b"), "What is delaying {}?"),
)


def _trouble(name: str, sentence: str) -> str:
    """The question after what is wrong, in the sentence's own word for it."""
    fitting = (asked for pattern, asked in _TROUBLES if pattern.search(sentence))
    return next(fitting, "What problems does {} face?").format(name)
