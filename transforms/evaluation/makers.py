"""Whose reading is measured: the reader itself, or the columns that a backend writes.

Both answer the same four questions; where a model says nothing about a target, its row is nan.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.catalog import TRANSFORMS
from transforms.content import CONTENT
from transforms.contract import Transform, run_transform
from transforms.entities import rows
from transforms.evaluation.measures import Marked
from transforms.models import Models
from transforms.reader.heads import softmax
from transforms.reader.reader import Reader
from transforms.reader.reading import SENTIMENT_LABELS, Document, Reading, Span
from transforms.reader.training.articles import Article
from transforms.reader.training.calibration import judge
from transforms.reader.training.labelled import Labelled
from transforms.sentences import sentence_spans
from transforms.summary import summarise

Item = TypeVar("Item")
Chances = NDArray[np.float64]
BATCH = 32  # texts in memory at once
FETCHED = datetime(2000, 1, 1, tzinfo=UTC)


class Maker(Protocol):
    """A model that can be measured."""

    @property
    def label(self) -> str:
        """How it is called in tables."""

    def names(self, items: Sequence[Labelled]) -> list[set[Marked]]:
        """The names of each text."""

    def towards(self, items: Sequence[Labelled]) -> Chances:
        """float[targets, 3]: the probabilities of the sentiments towards all targets of all texts, in order."""

    def tones(self, items: Sequence[Labelled]) -> Chances:
        """float[sentences, 3]: those of all sentences that have a label."""

    def points(self, articles: Sequence[Article], count: int) -> list[list[str]]:
        """Up to `count` key points of each article."""


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, BATCH at a time."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def sentences_of(article: Article) -> Labelled:
    """The article's text, cut into sentences."""
    return Labelled(article.text, tuple(Span(*span) for span in sentence_spans(article.text, [(0, len(article.text))])))


@dataclass(frozen=True)
class OfReader:
    """The reader, asked directly: a target's place is given to it, whether it would have named it or not."""

    label: str
    reader: Reader

    def readings(self, items: Sequence[Labelled]) -> Iterator[tuple[Labelled, Reading]]:
        """Each text with its reading."""
        for some in batches(items):
            documents = [Document(item.text, item.sentences) for item in some]
            yield from zip(some, self.reader.read(documents), strict=True)

    def names(self, items: Sequence[Labelled]) -> list[set[Marked]]:
        return [{(m.start, m.end, m.type) for m in reading.mentions} for _, reading in self.readings(items)]

    def towards(self, items: Sequence[Labelled]) -> Chances:
        return softmax(judge(self.reader, items)[0].logits).astype(np.float64)

    def tones(self, items: Sequence[Labelled]) -> Chances:
        return softmax(judge(self.reader, items)[1].logits).astype(np.float64)

    def points(self, articles: Sequence[Article], count: int) -> list[list[str]]:
        found = []
        for item, reading in self.readings([sentences_of(article) for article in articles]):
            document = Document(item.text, item.sentences)
            entities = rows(document, reading, None)
            made = summarise(document, reading, entities, trusts_salience=True, points=count)
            found.append([line.text for line in made.key_points])
        return found


@dataclass(frozen=True)
class OfColumns:
    """A backend, by the columns that it writes. transforms: its own, by the column's name; the others are the reader's.

    A target is answered by what the sentiment column says of the first entity that touches it, the tone of a sentence
    by that of the text.
    """

    label: str
    models: Models
    transforms: Mapping[str, Transform]

    def made(self, items: Sequence[Labelled], name: str) -> Iterator[dict[str, list[dict[str, Any]]]]:
        """For each batch the rows of the column and of all those that it reads, by column."""
        for some in batches(items):
            tables = {"content": content_of(some)}
            for transform in TRANSFORMS:
                if transform.name in _needed(name):
                    ours = self.transforms.get(transform.name, transform)
                    given = {c: tables[i][c] for i in reversed(ours.inputs) for c in tables[i].column_names}
                    wanted = pa.table({column: given[column] for column in ours.reads.names})
                    tables[transform.name] = run_transform(ours, wanted, self.models)
            self.models.forget()
            yield {column: table.to_pylist() for column, table in tables.items()}

    def names(self, items: Sequence[Labelled]) -> list[set[Marked]]:
        return [
            {(m["start"], m["end"], entity["type"]) for entity in row["entities"] for m in entity["mentions"]}
            for tables in self.made(items, "entities")
            for row in tables["entities"]
        ]

    def towards(self, items: Sequence[Labelled]) -> Chances:
        found: list[list[float]] = []
        for some, tables in zip(batches(items), self.made(items, "sentiment"), strict=True):
            for item, entities, sentiment in zip(some, tables["entities"], tables["sentiment"], strict=True):
                said = {each["entity_id"]: _chances(each) for each in sentiment["entities"]}
                for target in item.targets:
                    touching = [
                        said[entity["entity_id"]]
                        for entity in entities["entities"]
                        if entity["entity_id"] in said
                        and any(m["start"] < target.end and target.start < m["end"] for m in entity["mentions"])
                    ]
                    found.append(touching[0] if touching else [np.nan] * 3)
        return np.array(found, dtype=np.float64).reshape(-1, 3)

    def tones(self, items: Sequence[Labelled]) -> Chances:
        made = [_chances(row) for tables in self.made(items, "sentiment") for row in tables["sentiment"]]
        known = [row for row, item in zip(made, items, strict=True) if item.sentiments[0] is not None]
        return np.array(known, dtype=np.float64).reshape(-1, 3)

    def points(self, articles: Sequence[Article], count: int) -> list[list[str]]:
        items = [sentences_of(article) for article in articles]
        found = []
        for tables in self.made(items, "summary"):
            for row in tables["summary"]:
                best = sorted(row["key_points"], key=lambda point: -point["score"])[:count]
                found.append([point["text"] for point in sorted(best, key=lambda point: point["start"])])
        return found


def _needed(name: str) -> set[str]:
    """The column and all those before it that it reads, content left out."""
    inputs = {transform.name: set(transform.inputs) for transform in TRANSFORMS}
    needed, open_ = set(), {name}
    while open_:
        each = open_.pop()
        needed.add(each)
        open_ |= inputs[each] - needed - {"content"}
    return needed


def _chances(row: Mapping[str, Any]) -> list[float]:
    return [float("nan") if row[f"p_{label}"] is None else row[f"p_{label}"] for label in SENTIMENT_LABELS]


def content_of(items: Sequence[Labelled]) -> pa.Table:
    """The texts as rows of the content column: English, free to read, without a title or a date."""
    empty: dict[str, Any] = {field.name: [] if pa.types.is_list(field.type) else None for field in CONTENT.writes}
    numbers = {f.name: 0 for f in CONTENT.writes if pa.types.is_integer(f.type) or pa.types.is_floating(f.type)}
    words = {f.name: "" for f in CONTENT.writes if pa.types.is_string(f.type) and not f.nullable}
    made = [
        {
            **empty, **numbers, **words,
            "article_id": f"{place:016x}", "revision_id": f"{place:016x}", "language": "en", "fetched_at": FETCHED,
            "text": item.text, "sentences": [{"start": s.start, "end": s.end} for s in item.sentences],
            "paragraphs": [{"start": 0, "end": len(item.text)}], "words": len(item.text.split()),
        }
        for place, item in enumerate(items)
    ]  # fmt: skip
    return pa.Table.from_pylist(made, schema=CONTENT.writes)
