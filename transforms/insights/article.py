"""An article as questions see it: its sentences, its names by their places, and what it is about."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from transforms.reader.reading import Document, Span

LEAST_NAMED, LEAST_OF_PLURAL = 2, 3  # times
# Whose reporters are quoted and not written about, as a rule.
_AGENCIES = frozenset(
    ("CNN", "Reuters", "AP", "Associated Press", "AFP", "BBC", "Bloomberg", "Fox News", "NBC", "CBS", "ABC", "Sky News")
)
_ADJECTIVE = re.compile(r"^\w+(?:ian|ish|ese|yan|can|man|ench|utch|iss|eek)s?$")
_PLURAL = re.compile(
    r"(?<!\d )\b(?!years|months|weeks|days|hours|minutes|times|metres|miles|cases|states|lives|others|things)"
    r"[a-z]{3,}(?<!s)s\b"
)
_THE_NOUN = re.compile(r"\bthe ([a-z]{4,})(?=[.,;:]| (?:is|was|has|had|will|of|in|on|at|to|for|and|that|which|with)\b)")


@dataclass(frozen=True)
class Topic:
    """What an article is about, as it may follow a preposition."""

    name: str
    entity: Mapping[str, Any] | None


def is_subject(entity: Mapping[str, Any]) -> bool:
    """Whether an article is about this: a main entity, firmly written as a name, and no adjective such as Kenyan."""
    name = str(entity["name"]).removeprefix("the ")
    if name in _AGENCIES:
        return False
    is_named = entity["relevance"] == "main" and len(entity["mentions"]) >= LEAST_NAMED and name[0].isupper()
    return is_named and not (entity["type"] == "MISC" and _ADJECTIVE.search(name))


def _called(text: str, entity: Mapping[str, Any]) -> str:
    """The name as it stands in a sentence: "the European Space Agency", where the text mostly says so."""
    mentions, name = entity["mentions"], str(entity["name"])
    with_the = sum(text[max(each["start"] - 4, 0) : each["start"]].casefold() == "the " for each in mentions)
    return f"the {name}" if 2 * with_the > len(mentions) and entity["type"] != "PER" else name


@dataclass
class Article:
    """A document with what the questions are built of. named: by the place of a mention, its end and its entity."""

    document: Document
    title: str
    entities: Sequence[Mapping[str, Any]]
    named: dict[int, tuple[int, Mapping[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entities = [{**entity, "name": _called(self.document.text, entity)} for entity in self.entities]
        for entity in self.entities:
            for mention in entity["mentions"]:
                self.named[mention["start"]] = (mention["end"], entity)

    def sentence(self, place: int) -> str:
        span = self.document.sentences[place]
        return self.document.text[span.start : span.end]

    def named_in(self, span: Span) -> dict[int, tuple[int, Mapping[str, Any]]]:
        """The mentions that begin in a span, in the order of the text."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return {at: self.named[at] for at in self._starts[first:last]}

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The first words of everything named, as written: a sentence that begins with one begins with a name."""
        return frozenset(each["text"].split()[0] for entity in self.entities for each in entity["mentions"])

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self.named)

    def around(self, place: int) -> str:
        """The sentence with the ones beside it, which a question built from it may draw on."""
        first, last = max(place - 1, 0), min(place + 1, len(self.document.sentences) - 1)
        return self.document.text[self.document.sentences[first].start : self.document.sentences[last].end]

    @property
    def topic_name(self) -> str:
        return self.topic.name if self.topic else ""

    @property
    def main(self) -> list[Mapping[str, Any]]:
        """The entities that may be a subject of questions, the most salient first."""
        return [entity for entity in self.entities if is_subject(entity)]

    @cached_property
    def topic(self) -> Topic | None:
        """What the article is about: its main thing, or the noun that its title and its text share."""
        things = [entity for entity in self.main if entity["type"] in ("ORG", "MISC")]
        if things:
            return Topic(str(things[0]["name"]), things[0])
        titled = {word.casefold() for word in re.findall(r"\w{4,}", self.title)}
        counted = Counter(match[1] for match in _THE_NOUN.finditer(self.document.text) if match[1] in titled)
        noun = max(counted, key=lambda each: counted[each], default="")
        if counted[noun] >= LEAST_NAMED:
            return Topic(f"the {noun}", None)
        plural = Counter(match[0] for match in _PLURAL.finditer(self.document.text) if match[0] in titled)
        noun = max(plural, key=lambda each: plural[each], default="")
        return Topic(noun, None) if plural[noun] >= LEAST_OF_PLURAL else None
