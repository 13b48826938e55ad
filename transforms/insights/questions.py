"""What to ask of an article: each question is built of its own words, because something in it calls for the question.

A question comes from a clause ("Why did ... ?"), from a noun for what happened ("What led to ... ?"), from an aside
that says who somebody is, from somebody who is quoted, or from a sentence with a facet's words about a main entity.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from transforms.insights import facets
from transforms.insights.amounts import asked_count, asked_price
from transforms.insights.article import Article, is_subject
from transforms.insights.clauses import clauses, words_of
from transforms.insights.happened import asked_of_clause, figure
from transforms.insights.happenings import asked_of
from transforms.insights.nouns import NounPhrase, noun_phrases
from transforms.insights.people import Speaker, asides, speakers, terms
from transforms.insights.phrases import Word, is_plural
from transforms.insights.question import Entity, Question
from transforms.insights.speaking import asked_of_silent, asked_of_speaker
from transforms.insights.statements import stated
from transforms.reader.reading import Span

__all__ = ["Question", "questions"]

_BODIES = re.compile(
    r"\b[Tt]he ((?:(?:space|finance|health|city|town|foreign|interior|transport|central|justice|trade) )?"
    r"(?:ministry|government|regulator|court|parliament|council|commission|"
    r"board|agency|authority|union|president|administration|bank))(?! of\b)(?=[ ,](?:also |has |had )?(?:said|"
    r"says|answered|wants?|warned|asked|announced|decided|agreed|proposed|ruled|voted|approved|rejected|plans?))"
)
Named = Mapping[int, tuple[int, Entity]]


def questions(article: Article, places: Sequence[int], starts: Mapping[int, int] | None = None) -> list[Question]:
    """Every question that the sentences at `places` call for, in no order of worth; many are of one kind.

    starts: by place, where a sentence begins after its dateline.
    """
    found: list[Question] = []
    text = article.document.text
    spoken: dict[str, tuple[Speaker, list[int]]] = {}
    phrases: list[NounPhrase] = []
    for place in places:
        span = article.document.sentences[place]
        span = Span((starts or {}).get(place, span.start), span.end)
        words, named = words_of(text, span.start, span.end), article.named_in(span)
        meant = named | article.stands_for(place)
        for clause in clauses(text, words, place, meant, article.name_words):
            found += asked_of_clause(article, clause, named)
        phrases += noun_phrases(text, words, place, named)
        found += _of_things(text, span, place, named, meant)
        found += _of_figures(text, span, place, named, words)
        for speaker in speakers(text, span, meant):
            first = spoken.setdefault(speaker.entity["entity_id"], (speaker, []))
            first[1].append(place)
        found += _of_sentence(article, place, named)
    found += [question for phrase in phrases for question in _of_noun(article, phrase)]
    for speaker, said in spoken.values():
        found += asked_of_speaker(article, speaker, said)
    found += asked_of_silent(article, phrases, spoken)
    return found


def _of_things(text: str, span: Span, place: int, named: Named, meant: Named) -> Iterator[Question]:
    """Who or what is introduced in a sentence, and what somebody states there."""
    for aside in asides(text, span, named):
        yield _what_is(aside.name, aside.entity, place)
    for term in terms(text, span):
        yield _what_is(term, None, place)
    for each in stated(text, span, meant):
        only = frozenset({place})
        yield Question(each.text, each.facet, each.need, place, each.worth, each.others, None, only)


def _of_figures(text: str, span: Span, place: int, named: Named, words: Sequence[Word]) -> Iterator[Question]:
    if price := asked_price(text, span, named):
        yield figure("stakes", price, place)
    if counted := asked_count(text, words):
        yield figure("recent_developments", counted, place)


def _of_noun(article: Article, phrase: NounPhrase) -> Iterator[Question]:
    told = (phrase.start, phrase.end)
    is_news = phrase.place < EARLY or phrase.head in article.title.casefold()
    for each in asked_of(article, phrase):
        about = (*phrase.entities, *each.others)
        yield Question(
            each.text,
            each.facet,
            each.need,
            phrase.place,
            each.worth,
            about,
            told,
            each.only,
            is_open=is_news or each.facet not in OF_THE_NEWS,
        )


def _what_is(name: str, entity: Entity | None, place: int) -> Question:
    is_many = name.startswith("the ") and is_plural(name) and " of " not in name
    be = "Who is" if entity and entity["type"] == "PER" else "What are" if is_many else "What is"
    about = (entity,) if entity else ()
    worth = 0.45 if entity else 0.7
    return Question(f"{be} {name}?", "concept", facets.DEFINITION, place, worth, about, None, frozenset({place}))


def _of_sentence(article: Article, place: int, named: Mapping[int, Any]) -> Iterator[Question]:
    """Questions about the main entity that a sentence names, by the words of a facet."""
    first = article.document.sentences[place].start
    known = [entity for start, (_, entity) in named.items() if start <= first + NEAR_START]
    if not known or not is_subject(known[0]) or known[0]["type"] != "ORG":
        return
    entity, sentence = known[0], article.sentence(place)
    name = entity["name"]
    for pattern, trouble in _TROUBLES:
        if pattern.search(sentence):
            yield Question(trouble.format(name), "challenges", facets.TROUBLE, place, 0.5, (entity,))
    for facet, need, asked, worth in (
        ("competitors", facets.RIVALS, f"Which rivals does {name} face?", 0.6),
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


EARLY = 3  # sentences in which what happened is the news
OF_THE_NEWS = ("outlook", "stakes", "latest_updates")  # facets that later news answers of what is the news alone
NEAR_START = 15  # characters of a sentence before its subject
NEXT_WITHIN = 30  # characters from a name to what it is about to do
_NEXT = re.compile(r"^ (?:[\w ]{0,20} )?(?:will|plans? to|aims? to|expects? to|intends? to|is to|are to|hopes? to)\b")
_TROUBLES = (
    (re.compile(r"\brisks?\b"), "What risks does {} face?"),
    (re.compile(r"\bdoubts?\b"), "What doubts are there about {}?"),
    (re.compile(r"\b(?:worr(?:y|ies|ied)|concerns?)\b"), "What worries are there about {}?"),
)
