"""An article as questions see it: its sentences, its names by their places, and what it is about."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from transforms.reader.reading import Document

LEAST_NAMED = 2  # times
_THE_NOUN = re.compile(r"\bthe ([a-z]{4,})(?=[.,;:]| (?:is|was|has|had|will|of|in|on|at|to|for|and|that|which|with)\b)")


@dataclass(frozen=True)
class Topic:
    """What an article is about, as it may follow a preposition."""

    name: str
    entity: Mapping[str, Any] | None


def is_subject(entity: Mapping[str, Any]) -> bool:
    """Whether an article is about this: a main entity, firmly written as a name."""
    name = str(entity["name"])
    return entity["relevance"] == "main" and len(entity["mentions"]) >= LEAST_NAMED and name[0].isupper()


@dataclass
class Article:
    """A document with what the questions are built of. named: by the place of a mention, its end and its entity."""

    document: Document
    title: str
    entities: Sequence[Mapping[str, Any]]
    named: dict[int, tuple[int, Mapping[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.entities:
            for mention in entity["mentions"]:
                self.named[mention["start"]] = (mention["end"], entity)

    def sentence(self, place: int) -> str:
        span = self.document.sentences[place]
        return self.document.text[span.start : span.end]

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
        counted = Counter(
            match[1]
            for match in _THE_NOUN.finditer(self.document.text)
            if re.search(rf"\b{match[1]}\b", self.title, re.IGNORECASE)
        )
        noun = max(counted, key=lambda each: counted[each], default=None)
        return Topic(f"the {noun}", None) if noun and counted[noun] >= LEAST_NAMED else None
