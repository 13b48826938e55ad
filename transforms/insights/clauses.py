"""Who did what: the plain clauses of a sentence, as far as rules can be sure of them.

A clause is taken where a subject (a named thing, or "the" with its noun) is followed by a verb that is known, and cut
where the next clause, an aside or a mere time begins. Whatever is doubtful gives no clause.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from transforms.insights.phrases import ADVERBS, OPENERS, WORD, Word, has_other_verb, is_plural, subject_phrase
from transforms.insights.predicates import Predicate, predicate
from transforms.insights.verbs import REPORTING

_CLAUSE_STARTERS = frozenset({"while", "when", "after", "because", "although", "though"})
MOST_WORDS_OF_ASIDE = 18
MOST_WORDS_OF_TITLE = 4  # before a name, which the first of them may also be: "France coach Bernard Laporte"
MOST_ADVERBS = 2
MOST_WORDS_OF_OPENING, MOST_WORDS_BEFORE_THAT = 22, 4
_ASIDE = re.compile(
    r"(?:\d{1,3}$|an?|the|its|his|her|their|one of|which|who|whose|based|part of|maker|founder|owner)\b", re.I
)


@dataclass(frozen=True)
class Subject:
    """How the subject is called in a question, the entity it is, and the words of the sentence after it."""

    name: str
    entity: Mapping[str, Any] | None
    after: int
    is_plural: bool
    aside: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause ready to be asked about. place: its sentence. start, end: where it stands in the text."""

    subject: Subject
    predicate: Predicate
    place: int
    start: int
    end: int

    @property
    def inverted(self) -> str:
        """The words of a question after its first: "did Yann LeCun leave Meta"."""
        return f"{self.predicate.auxiliary} {self.subject.name} {self.predicate.rest}"


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words and signs of text[start:end] with their places in the text."""
    found = []
    for match in WORD.finditer(text, start, end):
        word = match[0]
        found.append(Word(word, word.casefold(), *match.span()))
    return found


def clauses(
    text: str, words: Sequence[Word], place: int, named: Mapping[int, Any], names: Container[str] = frozenset()
) -> list[Clause]:
    """The clauses of a sentence by its words.

    named: by the place of a mention, its (end, entity). names: the words that names begin with, wherever they stand.
    """
    found = [
        clause
        for subject in _subjects_of_relatives(words, named)
        if (clause := _clause(text, words, subject, place, is_reported=False))
    ]
    speaker: Subject | None = None
    for opening, is_reported in _openings(words, named):
        if is_reported and speaker and words[opening].folded == "it":
            subjects = [replace(speaker, after=opening + 1)]
        else:
            subjects = list(_subjects(text, words, opening, named, names))
        first = subjects[0] if subjects else None
        if not is_reported and first and first.entity and first.entity["type"] == "ORG":
            speaker = first
        made = (_clause(text, words, subject, place, is_reported) for subject in subjects)
        if clause := next(filter(None, made), None):
            found.append(clause)
    return found


def _subjects_of_relatives(words: Sequence[Word], named: Mapping[int, Any]) -> Iterator[Subject]:
    """Those of whom a relative clause tells: "Rosberg, who won the race last year"."""
    ends = {end: entity for end, entity in named.values() if entity["type"] in ("PER", "ORG")}
    for at in range(len(words) - 3):
        entity = ends.get(words[at].end)
        if entity and words[at + 1].text == "," and words[at + 2].folded in ("who", "which"):
            yield Subject(str(entity["name"]), entity, at + 3, False)


def _openings(words: Sequence[Word], named: Container[int]) -> Iterator[tuple[int, bool]]:
    """Where a subject may begin, and whether somebody reports it.

    At the sentence's first word, after the comma of its first phrase, after "said that", at the "it" of "said it",
    and at a name after a word that begins a clause.
    """
    if not words:
        return
    yield 0, False
    if words[0].folded in OPENERS:
        for place, word in enumerate(words[:MOST_WORDS_OF_OPENING]):
            if word.text == "," and place + 1 < len(words):
                yield place + 1, False
    for place in range(1, len(words) - 1):
        if words[place].folded == "that" and any(
            word.folded in REPORTING for word in words[max(place - MOST_WORDS_BEFORE_THAT, 0) : place]
        ):
            yield place + 1, True
        elif (words[place].folded == "it" and _is_said(words, place)) or (
            words[place].start in named and words[place - 1].folded in REPORTING
        ):
            yield place, True
        elif words[place].start in named and _begins_clause(words, place):
            yield place, False


def _is_said(words: Sequence[Word], place: int) -> bool:
    """Whether what begins here is what somebody says: after "said", or after "said on Tuesday"."""
    before = place - 3 if place > 2 and words[place - 2].folded == "on" else place - 1
    return words[before].folded in REPORTING


def _begins_clause(words: Sequence[Word], place: int) -> bool:
    """Whether a new clause may begin here: after "while", or after "and" where a comma stands before it."""
    before = words[place - 1].folded
    return before in _CLAUSE_STARTERS or (before in ("and", "but") and place > 1 and words[place - 2].text == ",")


def _subjects(
    text: str, words: Sequence[Word], at: int, named: Mapping[int, Any], names: Container[str]
) -> Iterator[Subject]:
    """What may be the subject that begins at a word: a mention, a mention after a title, or a phrase with its noun.

    Of "France coach Bernard Laporte" the first name is none: the next one is, before whose verb nothing stands.
    """
    for skipped in range(MOST_WORDS_OF_TITLE):
        place = at + skipped
        if place >= len(words):
            break
        mention = named.get(words[place].start)
        if mention and (found := _named_subject(text, words, place, mention)):
            yield found
        if not words[place].is_plain or (skipped == 0 and words[place].folded in ("the", "a", "an")):
            break
    phrase = subject_phrase(words, at)
    if phrase is None:
        return
    last, plural = phrase
    name = text[words[at].start : words[last].end]
    first = words[at].text.removesuffix("'s").removesuffix("’s")
    if words[at].folded in ("the", "a", "an") or (first not in names and _is_written_small(text, words[at].text)):
        name = name[0].lower() + name[1:]
    yield Subject(" ".join(name.split()), None, last + 1, plural)


def _is_written_small(text: str, word: str) -> bool:
    """Whether the first word of a sentence has its capital from there: it has none inside a sentence."""
    if word.casefold() in ("the", "a", "an"):
        return True
    return word[1:].islower() and re.search(rf"[a-z,] {re.escape(word)}\b", text) is None


def _named_subject(text: str, words: Sequence[Word], place: int, mention: tuple[int, Any]) -> Subject | None:
    end, entity = mention
    after = next((number for number in range(place, len(words)) if words[number].start >= end), len(words))
    if after < len(words) and words[after].start == end and words[after].text in ("'s", "’s"):
        return None
    if after and words[after - 1].end > end:  # the mention is a piece of a longer word: a possessive, a compound
        return None
    aside = ""
    if after + 1 < len(words) and words[after].text == ",":
        close = next((n for n in range(after + 1, len(words)) if words[n].text == ","), None)
        if close is None or close - after > MOST_WORDS_OF_ASIDE:
            return None
        aside = text[words[after + 1].start : words[close].start].strip()
        if not _ASIDE.match(aside):
            return None
        after = close + 1
    elif after < len(words) and words[after].text == "(":
        after = next((n + 1 for n in range(after, min(after + 8, len(words))) if words[n].text == ")"), len(words))
    name = str(entity["name"])
    return Subject(name, entity, after, entity["type"] == "MISC" and is_plural(name) and " " not in name, aside)


def _clause(text: str, words: Sequence[Word], subject: Subject, place: int, is_reported: bool) -> Clause | None:
    at = subject.after
    while at < len(words) and words[at].folded in ADVERBS and at < subject.after + MOST_ADVERBS:
        at += 1
    if at + 1 >= len(words) or has_other_verb(words, at + 1):
        return None
    made = predicate(text, words, at, subject.is_plural, is_reported)
    if made is None:
        return None
    return Clause(subject, made, place, words[subject.after - 1].start, words[made.last].end)
