"""An article as questions see it: its sentences, its names by their places, and what it is about."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from transforms.reader.reading import Document, Span

LEAST_NAMED, LEAST_OF_PLURAL = 2, 3  # times
EARLY = 250  # characters at the beginning in which to be named once is enough
# Whose reporters are quoted and not written about, as a rule.
_AGENCIES = frozenset(
    ("CNN", "Reuters", "AP", "Associated Press", "AFP", "BBC", "Bloomberg", "Fox News", "NBC", "CBS", "ABC", "Sky News")
)
_ADJECTIVE = re.compile(r"^\w+(?:ian|ish|ese|yan|can|man|ench|utch|iss|eek)s?$")
_PLURAL = re.compile(
    r"(?<!\d )\b(?!years|months|weeks|days|hours|minutes|times|metres|miles|cases|states|lives|others|things)"
    r"[a-z]{3,}(?<!s)s\b"
)
_MEDIA = frozenset(
    ("Twitter", "Facebook", "Instagram", "YouTube", "Daily Mail", "MailOnline", "New York Times", "Guardian")
)
_BODY = re.compile(
    r"\b(?:Agency|Army|Association|Authority|Bank|Board|Commission|Committee|Company|Corp|Council|Court|Department|"
    r"Federation|Government|Group|Hospital|Inc|Institute|Ltd|Ministry|Navy|Office|Party|Police|School|Service|Union|"
    r"University)\b"
)
_DEATH = re.compile(r"\b(?:dead|died|dies|death|killed|murder(?:ed)?|slain|body|funeral|drowned|the late)\b")
_OWNS = re.compile(r"['’]s?\b")
_TOLD = re.compile(r"\b(?:told|tells|interview with|speaking to|according to) (?:the )?$")
_OF_SPEAKER = re.compile(r",? (?:an?|the|who|which|whose|of|from|at|in)\b")
_SAYS = re.compile(r"\b(?:said|says|told|added|that|because|as|when|while|after)\b")
WITHIN_TITLE = 40  # characters from a firm to the name of somebody who speaks for it
_PRONOUN = re.compile(r"(?:He|She)\b")
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
    is_told_of = len(entity["mentions"]) >= LEAST_NAMED or entity["mentions"][0]["start"] < EARLY
    is_named = entity["relevance"] == "main" and is_told_of and name[0].isupper()
    return is_named and not (entity["type"] == "MISC" and _ADJECTIVE.search(name))


def _called(text: str, entity: Mapping[str, Any]) -> str:
    """The name as it stands in a sentence: "the European Space Agency", where the text mostly says so."""
    name = str(entity["name"])
    mentions = [each for each in entity["mentions"] if each["text"] == name] or entity["mentions"]
    with_the = sum(text[max(each["start"] - 4, 0) : each["start"]].casefold() == "the " for each in mentions)
    return f"the {name}" if 2 * with_the > len(mentions) and entity["type"] != "PER" else name


def _is_of_speaker(text: str, thing: Mapping[str, Any], speaker: Mapping[str, Any]) -> bool:
    """Whether a thing is named to tell who speaks: "Lufthansa CEO Carsten Spohr", "said Prasad, who speaks for CBI"."""
    if thing["start"] < speaker["start"]:
        between = text[thing["end"] : speaker["start"]]
        return len(between) < WITHIN_TITLE and "," not in between and not _SAYS.search(between)
    return _OF_SPEAKER.match(text, speaker["end"], thing["start"]) is not None


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

    def places(self, entity: Mapping[str, Any]) -> list[int]:
        """The sentences that name an entity."""
        starts = [span.start for span in self.document.sentences]
        return [max(bisect_right(starts, each["start"]) - 1, 0) for each in entity["mentions"]]

    def tells_of_topic(self, place: int) -> bool:
        """Whether a sentence or one beside it has the noun that the article is about, where it is about no name."""
        topic = self.topic
        return topic is not None and topic.entity is None and topic.name.removeprefix("the ") in self.around(place)

    def is_spoken_of(self, thing: Mapping[str, Any], speaker: Mapping[str, Any], place: int) -> bool:
        """Whether a sentence names a thing in what is said: but not to tell who speaks or listens."""
        span, text = self.document.sentences[place], self.document.text
        spoke = [each for each in speaker["mentions"] if span.start <= each["start"] < span.end]
        return any(
            not _TOLD.search(text[max(each["start"] - 20, 0) : each["start"]])
            and not any(_is_of_speaker(text, each, who) for who in spoke)
            for each in thing["mentions"]
            if span.start <= each["start"] < span.end
        )

    def may_speak(self, entity: Mapping[str, Any]) -> bool:
        """Whether one may ask what somebody says: a person alive as far as is told, or a firm or body."""
        if entity["type"] not in ("PER", "ORG") or entity["name"].removeprefix("the ") in _AGENCIES | _MEDIA:
            return False
        if entity["type"] == "ORG":
            return bool(entity["ticker"] or _BODY.search(entity["name"])) and len(entity["mentions"]) >= LEAST_NAMED
        owning = [_OWNS.match(self.document.text, each["end"]) is not None for each in entity["mentions"]]
        is_dead = any(_DEATH.search(self.sentence(place)) for place in self.places(entity))
        return " " in entity["name"] and owning.count(False) >= LEAST_NAMED and not is_dead

    def stands_for(self, place: int) -> dict[int, tuple[int, Mapping[str, Any]]]:
        """Whom the pronoun means that a sentence begins with, as a mention.

        Somebody, where the sentence before begins with them and neither names another person.
        """
        span = self.document.sentences[place]
        pronoun = _PRONOUN.match(self.document.text, span.start, span.end)
        if not pronoun or place == 0:
            return {}
        before = self.document.sentences[place - 1]
        named = self.named_in(before)
        people = {entity["entity_id"]: entity for _, entity in named.values() if entity["type"] == "PER"}
        first = named.get(before.start)
        others = any(entity["type"] == "PER" for _, entity in self.named_in(span).values())
        if len(people) != 1 or others or first is None or first[1]["entity_id"] not in people:
            return {}
        return {span.start: (pronoun.end(), first[1])}

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
