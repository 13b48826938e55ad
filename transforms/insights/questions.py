"""What to ask of an article: each question is built of its own words, because something in it calls for the question.

A question comes from a clause ("Why did ... ?"), from a noun for what happened ("What led to ... ?"), from an aside
that says who somebody is, from somebody who is quoted, or from a sentence with a facet's words about a main entity.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.insights import facets
from transforms.insights.amounts import asked_amount, asked_price
from transforms.insights.answers import stems
from transforms.insights.article import Article, is_subject
from transforms.insights.clauses import Clause, clauses, words_of
from transforms.insights.facets import Need
from transforms.insights.nouns import NounPhrase, noun_phrases
from transforms.insights.people import Speaker, asides, speakers, terms
from transforms.insights.verbs import DISPUTES, HAPPENINGS, UP_OR_DOWN

_GROUPS = re.compile(
    r"\b(?:investors|analysts|residents|customers|rivals|economists|farmers|parents|neighbours|neighbors|unions|"
    r"workers|shareholders|voters|doctors|researchers|critics|suppliers|shoppers|importers|growers|engineers)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b[Tt]he ((?:(?:space|finance|health|city|town|foreign|interior|transport|central|justice|trade) )?"
    r"(?:ministry|government|regulator|court|parliament|council|commission|"
    r"board|agency|authority|union|president|administration|bank))(?! of\b)(?=[ ,](?:also |has |had )?(?:said|"
    r"says|answered|wants?|warned|asked|announced|decided|agreed|proposed|ruled|voted|approved|rejected|plans?))"
)
Entity = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """A question before its answer is looked for.

    place: the sentence that calls for it. told: what of that sentence the question repeats, as [start, end); only the
    rest may answer. only: the sentences that may answer, where not all may. is_later: only later news can answer.
    worth: 0 to 1, how much a reader would want it. is_open: whether it is worth asking without an answer here.
    """

    text: str
    facet: str
    need: Need
    place: int
    worth: float
    entities: tuple[Entity, ...] = ()
    told: tuple[int, int] | None = None
    only: frozenset[int] | None = None
    is_later: bool = False
    is_open: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to search for: one sentence may answer, or none of this article.

        What somebody says is searched for all the same: it may be about anything.
        """
        is_only = self.only is not None and len(self.only) == 1 and self.need is not facets.SPEECH
        return self.is_later or is_only


def questions(article: Article, places: Sequence[int]) -> list[Question]:
    """Every question that the sentences at `places` call for, in no order of worth; many are of one kind."""
    found: list[Question] = []
    text = article.document.text
    spoken: dict[str, tuple[Speaker, list[int]]] = {}
    for place in places:
        span = article.document.sentences[place]
        named = article.named_in(span)
        words = words_of(text, span.start, span.end)
        for clause in clauses(text, words, place, named, article.name_words):
            found += _of_clause(article, clause)
        for phrase in noun_phrases(text, words, place, named):
            found += _of_noun(article, phrase)
        found += [_what_is(aside.name, aside.entity, place) for aside in asides(text, span, named)]
        found += [_what_is(term, None, place) for term in terms(text, span)]
        for speaker in speakers(text, span, named):
            first = spoken.setdefault(speaker.entity["entity_id"], (speaker, []))
            first[1].append(place)
        if price := asked_price(text, span, named):
            found.append(_figure("stakes", price, place))
        found += _of_sentence(article, place, named)
    for speaker, said in spoken.values():
        found += _of_speaker(article, speaker, said)
    return found


def _of_clause(article: Article, clause: Clause) -> Iterator[Question]:
    said, name = clause.predicate, clause.subject.name
    place, told = clause.place, (clause.start, clause.end)
    sentence = article.sentence(place)
    about = (clause.subject.entity,) if clause.subject.entity else ()
    is_open = bool(about) or facets.AMOUNT.cue(said.rest) > 0
    if said.is_future:
        dated = facets.TIME.cue(sentence) > 0
        asked, facet, need = ("When", "outlook", facets.TIME) if dated else ("Why", "origins", facets.REASON)
        only = frozenset({place}) if dated else None
        yield Question(f"{asked} {clause.inverted}?", facet, need, place, 0.6, about, told, only)
        return
    if figure := asked_amount(clause):
        yield _figure(*figure, place, about)
    is_market = said.verb in UP_OR_DOWN and facets.AMOUNT.cue(said.rest) > 0
    worth = {"does": 0.45, "had": 0.5, "may": 0.6, "might": 0.6, "could": 0.6}.get(said.auxiliary, 0.9)
    facet = "market_trend" if is_market else "origins"
    asked = f"Why {clause.inverted}?"
    yield Question(asked, facet, facets.REASON, place, worth, about, told, is_open=is_open and worth > 0.5)
    if not said.finite or said.auxiliary == "had":
        return
    happened = f"{name} {said.finite}"
    if facets.TIME.cue(sentence) and said.auxiliary in ("did", "was", "were"):
        asked = f"When {clause.inverted}?"
        yield Question(asked, "recent_developments", facets.TIME, place, 0.4, about, told, frozenset({place}))
    group = _GROUPS.search(sentence, max(0, clause.end - article.document.sentences[place].start))
    if group and group[0].casefold() not in happened.casefold():
        asked = f"How did {group[0].casefold()} react when {happened}?"
        yield Question(asked, "reactions", facets.REACTION, place, 0.8, about, told, frozenset({place}))
    if facets.PAST.cue(sentence) == 1.0 and said.auxiliary == "did" and not name.startswith(("a ", "an ")):
        asked = f"When did {name} last {said.rest}?"
        yield Question(asked, "precedents", facets.PAST, place, 0.5, about, told, frozenset({place}))
    if about:
        asked = f"What has happened since {happened}?"
        yield Question(asked, "latest_updates", facets.NEWS, place, 0.5, about, told, is_later=True, is_open=is_open)


def _figure(facet: str, asked: str, place: int, about: tuple[Entity, ...] = ()) -> Question:
    return Question(asked, facet, facets.AMOUNT, place, 0.65, about, None, frozenset({place}))


def _of_noun(article: Article, phrase: NounPhrase) -> Iterator[Question]:
    entities, place, told = phrase.entities, phrase.place, (phrase.start, phrase.end)
    be, do = ("are", "do") if phrase.is_plural else ("is", "does")
    if phrase.head in HAPPENINGS:
        asked = f"What led to {phrase.text}?"
        yield Question(asked, "origins", facets.REASON, place, 0.8, entities, told, is_open=True)
        others = [each for each in article.main if each not in entities and each["type"] == "ORG"]
        if others:
            asked = f"What {do} {phrase.text} mean for {others[0]['name']}?"
            yield Question(asked, "impact", facets.EFFECT, place, 0.7, (*entities, others[0]), is_open=True)
    elif phrase.head in DISPUTES:
        asked = f"What {be} {phrase.text} about?"
        yield Question(asked, "controversies", facets.OPPOSITION, place, 0.8, entities, told, is_open=True)
    else:
        yield Question(f"What comes next for {phrase.text}?", "outlook", facets.FUTURE, place, 0.6, entities)


def _what_is(name: str, entity: Entity | None, place: int) -> Question:
    be = "Who is" if entity and entity["type"] == "PER" else "What is"
    about = (entity,) if entity else ()
    worth = 0.45 if entity else 0.7
    return Question(f"{be} {name}?", "concept", facets.DEFINITION, place, worth, about, None, frozenset({place}))


def _of_speaker(article: Article, speaker: Speaker, places: Sequence[int]) -> Iterator[Question]:
    topic = article.topic
    if topic is None or topic.entity is speaker.entity or stems(topic.name) & stems(speaker.name):
        return
    has_role = speaker.role and topic.name not in speaker.role
    called = f"{speaker.name}, {speaker.role}," if has_role else speaker.name
    about = (speaker.entity, topic.entity) if topic.entity else (speaker.entity,)
    asked = f"What does {called} say about {topic.name}?"
    yield Question(asked, "reactions", facets.SPEECH, places[0], 0.65, about, None, frozenset(places))


def _of_sentence(article: Article, place: int, named: Mapping[int, Any]) -> Iterator[Question]:
    """Questions about the main entity that a sentence names, by the words of a facet."""
    known = [entity for _, entity in named.values() if is_subject(entity) and entity["type"] in ("ORG", "MISC")]
    if not known:
        return
    entity, sentence = known[0], article.sentence(place)
    name = entity["name"]
    for facet, need, asked, worth in (
        ("competitors", facets.RIVALS, f"Which rivals does {name} face?", 0.6),
        ("challenges", facets.TROUBLE, _trouble(name, sentence), 0.5),
        ("long_term", facets.LONG_RUN, f"What is the long-term outlook for {name}?", 0.45),
        ("stakes", facets.STAKE, f"What is at stake for {name}?", 0.4),
    ):
        if need.cue(sentence) == 1.0:
            yield Question(asked, facet, need, place, worth, (entity,))
    for end, named_there in named.values():
        after = article.document.text[end : end + NEXT_WITHIN]
        if named_there is entity and _NEXT.search(after):
            asked = f"What is next for {name}?"
            yield Question(asked, "outlook", facets.FUTURE, place, 0.5, (entity,), None, frozenset({place}))
    body = _BODIES.search(sentence)
    if body:
        asked = f"What does the {body[1]} say about {name}?"
        yield Question(asked, "policy", facets.SPEECH, place, 0.6, (entity,), None, frozenset({place}))


NEXT_WITHIN = 30  # characters from a name to what it is about to do
_NEXT = re.compile(r"^ (?:[\w ]{0,20} )?(?:will|plans? to|aims? to|expects? to|intends? to|is to|are to|hopes? to)\b")
_TROUBLES = (
    (re.compile(r"\brisks?\b"), "What risks does {} face?"),
    (re.compile(r"\bdoubts?\b"), "What doubts are there about {}?"),
    (re.compile(r"\b(?:worr(?:y|ies|ied)|concerns?)\b"), "What worries are there about {}?"),
)


def _trouble(name: str, sentence: str) -> str:
    """The question after what is wrong, in the sentence's own word for it."""
    fitting = (asked for pattern, asked in _TROUBLES if pattern.search(sentence))
    return next(fitting, "What problems does {} face?").format(name)
