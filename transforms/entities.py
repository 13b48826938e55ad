"""The entities column: who and what an article is about, one row per thing, with every place it is named.

Salience is a share of what could speak for an entity: being in the title, being named early, often, and in sentences
that carry the article. Datelines and bylines count for nothing.
"""

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pyarrow as pa

from transforms.contract import KEYS, SPAN, Transform
from transforms.coreference import Group, group_of, grouped
from transforms.datelines import after_dateline
from transforms.documents import READ, readings
from transforms.evidence import Witness, sentence_at
from transforms.geography import is_people
from transforms.linking import LEAST_CONFIDENCE, POINTS_NEEDED, Link, link_all
from transforms.mentions import Named
from transforms.models import Models
from transforms.names import name_key
from transforms.own_names import NO_OWN_NAMES, OwnNames
from transforms.reader.reading import Document, Reading

TITLE_WEIGHT, EARLY_WEIGHT, OFTEN_WEIGHT, CARRYING_WEIGHT = 0.3, 0.25, 0.25, 0.2
EARLY_HALVES_AFTER = 3.0  # sentences
MAIN_FROM, PASSING_BELOW = 0.55, 0.3
LEAST_MENTIONS_OF_MAIN = 2
MENTIONED_FROM = 3  # mentions: who is named so often is not named in passing
PARAMETERS = (
    f"title={TITLE_WEIGHT} early={EARLY_WEIGHT}/{EARLY_HALVES_AFTER} often={OFTEN_WEIGHT} carrying={CARRYING_WEIGHT} "
    f"main={MAIN_FROM}/{LEAST_MENTIONS_OF_MAIN} passing={PASSING_BELOW}/{MENTIONED_FROM} "
    f"link={LEAST_CONFIDENCE}/{POINTS_NEEDED}"
)
_WORD = r"(?:[A-ZÀ-Þ][\w.'’\-]*|\d{1,2})[,/]?"
# "By Anna Berg": who reports
_BYLINE = re.compile(rf"(?:By|Von|Par|Por)\b[.:]?\s+{_WORD}(?:[ ]{_WORD}){{1,3}}")

_MENTIONS = pa.list_(
    pa.struct(
        [pa.field("text", pa.string(), nullable=False), *SPAN, pa.field("score", pa.float32(), nullable=False)],
    )
)
ENTITY_LIST = pa.list_(
    pa.struct(
        [
            pa.field("entity_id", pa.string(), nullable=False),
            pa.field("name", pa.string(), nullable=False),
            pa.field("type", pa.string(), nullable=False),
            pa.field("score", pa.float32(), nullable=False),
            pa.field("salience", pa.float32(), nullable=False),
            pa.field("relevance", pa.string(), nullable=False),
            pa.field("linked_kind", pa.string()),
            pa.field("linked_id", pa.string()),
            pa.field("linked_name", pa.string()),
            pa.field("ticker", pa.string()),
            pa.field("exchange", pa.string()),
            pa.field("country", pa.string()),
            pa.field("link_confidence", pa.float32()),
            pa.field("mentions", _MENTIONS, nullable=False),
        ]
    )
)
READS = pa.schema([*READ, pa.field("title", pa.string())])
WRITES = pa.schema([*KEYS, pa.field("entities", ENTITY_LIST, nullable=False)])


@dataclass(frozen=True)
class Entity:
    """A group of mentions with its link; `entity_id` is the same in every article."""

    group: Group
    link: Link | None

    @property
    def type(self) -> str:
        """PER, ORG, LOC or MISC: what it is linked to decides, else the reader's votes."""
        return {"company": "ORG", "place": "LOC"}[self.link.kind] if self.link else self.group.type

    @property
    def entity_id(self) -> str:
        """16 hex digits: of the link where there is one, of type and name elsewhere."""
        known_as = (
            f"{self.link.kind}\n{self.link.id}" if self.link else f"{self.group.type}\n{self.group.name.casefold()}"
        )
        return hashlib.sha256(known_as.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def find(document: Document, reading: Reading, own: OwnNames = NO_OWN_NAMES) -> list[Entity]:
    """The things a document names, linked; those that turn out to be the same company or place are one."""
    groups = grouped(document.text, reading.mentions)
    witness = Witness(document)
    named = frozenset(own.names)
    links = link_all([witness.evidence(group, named) for group in groups], own)
    found: dict[str, Entity] = {}
    for entity in map(Entity, groups, links):
        same = found.get(entity.entity_id)
        if same:
            mentions = sorted((*same.group.mentions, *entity.group.mentions), key=lambda each: each.start)
            link = max((same.link, entity.link), key=lambda each: each.confidence if each else 0.0)
            found[entity.entity_id] = Entity(group_of(mentions), link)
        else:
            found[entity.entity_id] = entity
    return list(found.values())


def _mean_score(mentions: Sequence[Named]) -> float:
    return sum(mention.score for mention in mentions) / len(mentions)


def salience(group: Group, document: Document, reading: Reading, title: str | None, most_mentions: int) -> float:
    """0 to 1; without a title the other three weights share the whole."""
    told = told_mentions(group, document)
    places = [place for each in told if (place := sentence_at(each.start, document)) is not None]
    first = min(places, default=len(document.sentences))
    top = float(reading.sentence_salience.max()) if len(reading.sentence_salience) else 0.0
    carried = max((float(reading.sentence_salience[place]) for place in places), default=0.0)
    parts: list[tuple[float, float]] = [
        (EARLY_WEIGHT, math.exp2(-first / EARLY_HALVES_AFTER)),
        (OFTEN_WEIGHT, math.log1p(len(told)) / math.log1p(most_mentions)),
        (CARRYING_WEIGHT, carried / top if top > 0 else 0.0),
    ]
    if title:
        parts.append((TITLE_WEIGHT, float(any(_stands_in(form, title) for form in group.forms))))
    return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)


def told_mentions(group: Group, document: Document) -> list[Named]:
    """The mentions without those in the dateline or byline at the head of the text; a dateline's places stay."""
    opening = document.text[:120]
    byline = _BYLINE.match(opening)
    end = max(after_dateline(opening), byline.end() if byline else 0)
    return [each for each in group.mentions if each.start >= end or (each.type == "LOC" and not byline)]


def _stands_in(form: str, title: str) -> bool:
    place = title.find(form)
    while place >= 0:
        end = place + len(form)
        if not (title[place - 1 : place].isalnum() or title[end : end + 1].isalnum()):
            return True
        place = title.find(form, place + 1)
    return False


def relevance(value: float, mentions: int, in_short_text: bool) -> str:
    """main, mentioned or passing; a single mention is main in a short text alone, and none at all is passing."""
    if value >= MAIN_FROM and (mentions >= LEAST_MENTIONS_OF_MAIN or (mentions and in_short_text)):
        return "main"
    return "passing" if not mentions or (value < PASSING_BELOW and mentions < MENTIONED_FROM) else "mentioned"


def rows(document: Document, reading: Reading, title: str | None, own: OwnNames = NO_OWN_NAMES) -> list[dict[str, Any]]:
    """The entities of one document as rows of the column, the most salient first."""
    entities = find(document, reading, own)
    most = max((len(entity.group.mentions) for entity in entities), default=1)
    scored = [(salience(entity.group, document, reading, title, most), entity) for entity in entities]
    scored.sort(key=lambda pair: (-round(pair[0], 4), pair[1].group.mentions[0].start))
    return [_row(entity, value, document) for value, entity in scored]


def _row(entity: Entity, value: float, document: Document) -> dict[str, Any]:
    mentions, link = entity.group.mentions, entity.link
    level = relevance(value, len(told_mentions(entity.group, document)), len(document.sentences) <= 5)
    if level == "main" and entity.group.type == "MISC" and is_people(name_key(entity.group.name)):
        level = "mentioned"  # "Russian" says of something else that it is Russian
    return {
        "entity_id": entity.entity_id,
        "name": entity.group.name,
        "type": entity.type,
        "score": round(_mean_score(mentions), 4),
        "salience": round(value, 4),
        "relevance": level,
        "linked_kind": link and link.kind,
        "linked_id": link and link.id,
        "linked_name": link and link.name,
        "ticker": link and link.ticker,
        "exchange": link and link.exchange,
        "country": link and link.country,
        "link_confidence": link and round(link.confidence, 4),
        "mentions": [
            {"text": each.text, "start": each.start, "end": each.end, "score": round(each.score, 4)}
            for each in mentions
        ],
    }


def entities(table: pa.Table, models: Models, own: OwnNames = NO_OWN_NAMES) -> pa.Table:
    """The entities of each article; `own` are the names of the user's gazetteer."""
    found = [
        rows(document, reading, title, own)
        for (document, reading), title in zip(readings(table, models), table["title"].to_pylist(), strict=True)
    ]
    return pa.table([table["article_id"], table["revision_id"], pa.array(found, ENTITY_LIST)], schema=WRITES)


def with_own_names(own: OwnNames) -> Transform:
    """ENTITIES as the user's gazetteer decides them; its content's hash is one of the parameters."""
    return replace(ENTITIES, apply=partial(entities, own=own), parameters=f"{PARAMETERS} own={own.digest}")


ENTITIES = Transform(
    "entities",
    4,
    ("content",),
    READS,
    WRITES,
    entities,
    uses_reader=True,
    parameters=f"{PARAMETERS} own={NO_OWN_NAMES.digest}",
)
