"""Noun phrases that name an event, a dispute or a project, word for word: "LeCun's departure", "the rift at Meta"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.insights.phrases import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    Word,
    is_plural,
    may_be_verb,
)
from transforms.insights.verbs import DISPUTES, HAPPENINGS, PROJECTS

MOST_BEFORE, MOST_AFTER = 4, 5
MORE_THAN_A_NOUN = 2  # words after it that tell which one is meant, where no name does
_HEADS = HAPPENINGS | DISPUTES | PROJECTS
_NO_PART = BOUNDARIES | PREPOSITIONS | PRONOUNS | DETERMINERS | AUXILIARIES
_LINKS = frozenset({"of", "in", "at", "over", "between", "with", "on", "against", "about"})
_LINKS_OF_PROJECTS = _LINKS | {"for", "to"}


@dataclass(frozen=True)
class NounPhrase:
    """A phrase as it may follow a verb, its head noun, and the entities that it names."""

    text: str
    head: str
    is_plural: bool
    entities: tuple[Mapping[str, Any], ...]
    place: int
    start: int
    end: int


def noun_phrases(text: str, words: Sequence[Word], place: int, named: Mapping[int, Any]) -> list[NounPhrase]:
    """The phrases of a sentence whose head names something that happened or is planned, and who is part of it."""
    found = []
    for at, word in enumerate(words):
        if word.folded not in _HEADS:
            continue
        first = _first(words, at)
        if first is None:
            continue
        last = _last(words, at)
        start, end = words[first].start, words[last].end
        if words[first].folded != "the" and start not in named:
            continue
        entities = tuple(entity for begin, (_, entity) in named.items() if start <= begin < end)
        if not entities and last < at + MORE_THAN_A_NOUN:
            continue
        shown = " ".join(text[start:end].split())
        if words[first].folded == "the":
            shown = "the" + shown[3:]
        found.append(NounPhrase(shown, word.folded, is_plural(word.folded), entities, place, start, end))
    return found


def _first(words: Sequence[Word], head: int) -> int | None:
    """Where the phrase begins: at its "the", or at the name whose possessive stands before the noun."""
    for at in range(head - 1, max(head - 1 - MOST_BEFORE, -1), -1):
        word = words[at]
        if word.folded == "the":
            return at
        if word.text in ("'s", "’s", "'", "’") or word.text.endswith(("'s", "’s")):
            return _name_before(words, at)
        if not word.text[0].isalnum() or word.folded in _NO_PART:
            return None
    return None


def _name_before(words: Sequence[Word], at: int) -> int | None:
    """The first word of the capitalised name that ends here."""
    first = at if words[at].text[0].isalnum() else at - 1
    while first > 0 and words[first - 1].text[0].isupper() and words[first - 1].end + 1 == words[first].start:
        first -= 1
    if first > 0 and words[first].start == words[first - 1].end:
        return None
    return first if words[first].text[0].isupper() and words[first].folded not in DETERMINERS else None


def _last(words: Sequence[Word], head: int) -> int:
    """Where it ends: at the noun, or after what "of" and the like add to it."""
    last = head
    if head + 1 >= len(words) or words[head + 1].folded not in (
        _LINKS_OF_PROJECTS if words[head].folded in PROJECTS else _LINKS
    ):
        return last
    is_between = words[head + 1].folded == "between"
    for at in range(head + 2, min(head + 2 + MOST_AFTER + 2 * is_between, len(words))):
        word = words[at]
        joins = is_between and word.folded == "and"
        if not joins and (
            not word.text[0].isalnum()
            or word.folded in BOUNDARIES | PREPOSITIONS | PRONOUNS
            or word.folded in TIMES
            or word.text[0].isdigit()
            or word.folded.endswith("ly")
            or may_be_verb(words, at)
        ):
            break
        if word.folded not in DETERMINERS and not joins:
            last = at
    return last
