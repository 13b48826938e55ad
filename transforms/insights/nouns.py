"""Noun phrases that name an event, a dispute or a project, word for word: "LeCun's departure", "the rift at Meta"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.insights.phrases import (
    ADVERBS,
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
from transforms.insights.verbs import DISPUTES, FORMS, HAPPENINGS, PROJECTS

MOST_BEFORE, MOST_AFTER = 4, 5
MORE_THAN_A_NOUN = 2  # words after it that tell which one is meant, where no name does
_HEADS = HAPPENINGS | DISPUTES | PROJECTS
_NO_PART = BOUNDARIES | PREPOSITIONS | PRONOUNS | DETERMINERS | AUXILIARIES
_ARTICLES = ("the", "a", "an")
FORMS_TOO = frozenset(
    {"plans", "plan", "bid", "cut", "cuts", "forecast", "drop", "rise", "shift", "spread", "retreat", "exit", "ban"}
)
_AFTER_VERBS = frozenset({"to", "the", "a", "an", "its", "his", "her", "their", "that"})
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
        if (
            word.text not in _HEADS or _is_verb(words, at) or _goes_on(words, at + 1)
        ):  # with a capital it is a part of a name
            continue
        first = _first(words, at)
        if first is None:
            continue
        last = _last(words, at)
        start, end = words[first].start, words[last].end
        article = words[first].folded if words[first].folded in _ARTICLES else ""
        if not article and start not in named:
            continue
        entities = tuple(entity for begin, (_, entity) in named.items() if start <= begin < end)
        if not entities and (article != "the" or last < at + MORE_THAN_A_NOUN):
            continue
        shown = " ".join(text[start:end].split())
        if article:
            shown = "the" + shown[len(article) :]
        found.append(NounPhrase(shown, word.folded, is_plural(word.folded), entities, place, start, end))
    return found


def _is_verb(words: Sequence[Word], head: int) -> bool:
    """Whether "plans" may be what somebody does: a noun stands before it, and "to" or an article after it."""
    if not head or head + 1 >= len(words) or words[head - 1].folded in DETERMINERS or "'" in words[head - 1].text:
        return False
    return words[head].folded in FORMS_TOO and words[head + 1].folded in _AFTER_VERBS


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether the noun is only the first of two: "the law enforcement officials"."""
    if at >= len(words) or not words[at].text.islower() or words[at].folded in _NO_PART | ADVERBS | TIMES:
        return False
    return words[at].text.isalpha() and not words[at].folded.endswith("ly") and words[at].folded not in FORMS


def _first(words: Sequence[Word], head: int) -> int | None:
    """Where the phrase begins: at its "the", or at the name whose possessive stands before the noun."""
    for at in range(head - 1, max(head - 1 - MOST_BEFORE, -1), -1):
        word = words[at]
        if word.folded in _ARTICLES:
            return at
        if word.text in ("'s", "’s", "'", "’") or word.text.endswith(("'s", "’s")):
            return _name_before(words, at)
        form = FORMS.get(word.folded)
        if not word.text[0].isalnum() or word.folded in _NO_PART or word.folded in ADVERBS:
            return None
        if form and form.is_past and not form.is_participle:
            return None
    return None


def _name_before(words: Sequence[Word], at: int) -> int | None:
    """The first word of the capitalised name that ends here."""
    first = at if words[at].text[0].isalnum() else at - 1
    if not words[first].text[0].isupper():
        return None
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
    at = head + 1
    for at in range(head + 2, min(head + 2 + MOST_AFTER + 2 * is_between, len(words))):
        word = words[at]
        joins = (is_between and word.folded == "and") or (word.folded == "of" and words[at - 1].text[0].isalpha())
        form = FORMS.get(word.folded)
        if not joins and (
            not word.text[0].isalnum()
            or word.folded in BOUNDARIES | PREPOSITIONS | PRONOUNS
            or word.folded in TIMES
            or word.text[0].isdigit()
            or word.folded.endswith("ly")
            or may_be_verb(words, at)
            or (form is not None and form.is_present)
        ):
            break
        if word.folded not in DETERMINERS and not joins:
            last = at
    else:
        if at + 1 < len(words) and words[at + 1].text[0].isalnum() and words[at + 1].folded not in _NO_PART:
            return head  # there is more of it: "the bid for an unbeaten season"
    return last
