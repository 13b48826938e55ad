"""What is asked of something that happened, is planned or is in dispute, by the noun that names it."""

import re
from collections.abc import Iterator

from transforms.insights import facets
from transforms.insights.article import Article
from transforms.insights.events import Following
from transforms.insights.nouns import NounPhrase
from transforms.insights.verbs import (
    ACCIDENTS,
    ATTACKS,
    CHOICES,
    DEALS,
    DISPUTES,
    HAPPENINGS,
    INQUIRIES,
    MISHAPS,
    PROJECTS,
)

_OF_SPORT = frozenset({"strike", "strikes", "cut", "cuts", "fall", "rise", "spread"})
_OF_ONE = frozenset({"murder", "killing", "robbery", "kidnapping"})  # who was hurt is told with it
_IN_FORCE = frozenset({"ban", "law", "reform", "reforms"})
_RECURRING = ACCIDENTS | ATTACKS | frozenset({"outage", "shortage", "flood", "strike", "recall", "riot", "earthquake"})


def asked_of(article: Article, phrase: NounPhrase) -> Iterator[Following]:
    """The questions that a noun phrase calls for, the one most wanted first."""
    yield from _of_cause(phrase)
    if phrase.head in HAPPENINGS:
        yield from _of_effect(article, phrase)
    if phrase.head in INQUIRIES | DEALS | _IN_FORCE | CHOICES | PROJECTS:
        yield from _of_plan(phrase)


def _of_cause(phrase: NounPhrase) -> Iterator[Following]:
    the, head = phrase.text, phrase.head
    is_of_somebody = bool(phrase.entities) and phrase.entities[0]["type"] == "PER"
    if head in ACCIDENTS | MISHAPS:
        yield Following(f"What caused {the}?", "origins", facets.REASON, 0.8)
    elif head in ATTACKS:
        yield Following(f"Who was behind {the}?", "origins", facets.BEHIND, 0.7)
    elif head in HAPPENINGS and not (head in _OF_SPORT and is_of_somebody):
        yield Following(f"What led to {the}?", "origins", facets.REASON, 0.8)
    elif head in DISPUTES - INQUIRIES:
        be = "are" if phrase.is_plural else "is"
        yield Following(f"What {be} {the} about?", "controversies", facets.OPPOSITION, 0.8)


def _of_effect(article: Article, phrase: NounPhrase) -> Iterator[Following]:
    the, head, do = phrase.text, phrase.head, "do" if phrase.is_plural else "does"
    is_somewhere = any(each["type"] in ("LOC", "ORG") for each in phrase.entities)
    if is_somewhere and head in ACCIDENTS | ATTACKS - _OF_ONE:
        yield Following(f"How many people were hurt in {the}?", "impact", facets.HURT, 0.6)
    concerned = [each for each in article.main if each not in phrase.entities and each["type"] == "ORG"]
    if concerned and concerned[0]["name"] not in the and head not in ATTACKS | _OF_SPORT:
        asked = f"What {do} {the} mean for {concerned[0]['name']}?"
        only = frozenset(article.places(concerned[0]))
        yield Following(asked, "impact", facets.EFFECT, 0.6, (concerned[0],), only)
    if is_somewhere and head in _RECURRING and (kind := _kind(the)):
        yield Following(f"When was the last {kind} before this one?", "precedents", facets.PREVIOUS, 0.45)


def _of_plan(phrase: NounPhrase) -> Iterator[Following]:
    the, head = phrase.text, phrase.head
    if head in INQUIRIES:
        has = "have" if phrase.is_plural else "has"
        yield Following(f"What {has} {the} found so far?", "latest_updates", facets.FINDINGS, 0.6)
    if head in DEALS:
        yield Following(f"What are the terms of {the}?", "stakes", facets.TERMS, 0.6)
    if head in _IN_FORCE:
        yield Following(f"When will {the} take effect?", "policy", facets.IN_FORCE, 0.5)
    if head in CHOICES:
        yield Following(f"What alternatives to {the} are there?", "alternatives", facets.ALTERNATIVE, 0.5)
    if head in PROJECTS - INQUIRIES - HAPPENINGS:
        yield Following(f"What comes next for {the}?", "outlook", facets.FUTURE, 0.6, (), frozenset({phrase.place}))


def _kind(the: str) -> str:
    """ "the strike at Airbus" without its article; empty where it is somebody's, or one of several."""
    return (
        the[4:] if the.startswith("the ") and not re.search(r"['’]|\b(?:first|second|third|last|latest)\b", the) else ""
    )
