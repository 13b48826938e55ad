"""The sentiment column: the tone of an article, of its sentences and towards each of its entities.

Every label comes with its three probabilities. The reader was trained on English tone: an article in another language
gets nulls, not a guess.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.contract import KEYS, SPAN, Transform
from transforms.documents import READ, readings
from transforms.entities import ENTITY_LIST
from transforms.models import Models
from transforms.reader.reading import SENTIMENT_LABELS, Document, Mention, Reading

SUPPORTED_LANGUAGES = ("en",)
# A sentence counts for the article by its salience; this much it counts whatever its salience.
BASE_WEIGHT = 0.1
DECIMALS = 4
PARAMETERS = f"languages={','.join(SUPPORTED_LANGUAGES)} base_weight={BASE_WEIGHT} decimals={DECIMALS}"

_LABEL = pa.field("label", pa.string(), nullable=False)
_SCORE = pa.field("score", pa.float32(), nullable=False)
_PROBABILITIES = [pa.field(f"p_{label}", pa.float32(), nullable=False) for label in SENTIMENT_LABELS]
SENTENCES = pa.list_(pa.struct([*SPAN, _LABEL, _SCORE]))
TOWARDS = pa.list_(
    pa.struct(
        [
            pa.field("entity_id", pa.string(), nullable=False),
            _LABEL,
            _SCORE,
            *_PROBABILITIES,
            pa.field("mentions", pa.int32(), nullable=False),
        ]
    )
)
READS = pa.schema([*READ, pa.field("language", pa.string()), pa.field("entities", ENTITY_LIST)])
WRITES = pa.schema(
    [
        *KEYS,
        pa.field("label", pa.string()),
        pa.field("score", pa.float32()),
        *(field.with_nullable(True) for field in _PROBABILITIES),
        pa.field("sentences", SENTENCES, nullable=False),
        pa.field("entities", TOWARDS, nullable=False),
        pa.field("is_language_supported", pa.bool_(), nullable=False),
    ]
)


def shares(weights: NDArray[np.float64]) -> tuple[float, float, float]:
    """Three weights as probabilities of four decimals whose sum is 1 to the last one (largest remainder)."""
    whole = float(weights.sum())
    unit = 10**DECIMALS
    exact = weights / whole * unit if whole > 0 else np.full(3, unit / 3)
    floored = np.floor(exact)
    short = unit - int(floored.sum())
    for place in np.argsort(floored - exact, kind="stable")[:short]:
        floored[place] += 1
    negative, neutral, positive = (floored / unit).tolist()
    return negative, neutral, positive


def tone(weights: NDArray[np.float64]) -> dict[str, Any]:
    """label (the likeliest; neutral where tied), score = p_positive - p_negative, and the three probabilities."""
    negative, neutral, positive = shares(weights)
    best = max((neutral, "neutral"), (negative, "negative"), (positive, "positive"), key=lambda pair: pair[0])
    return {
        "label": best[1],
        "score": round(positive - negative, DECIMALS),
        "p_negative": negative,
        "p_neutral": neutral,
        "p_positive": positive,
    }


def of_document(reading: Reading) -> dict[str, Any]:
    """The mean over the sentences, each weighted by its salience; a text without a sentence is neutral."""
    if not len(reading.sentence_sentiment):
        return tone(np.array([0.0, 1.0, 0.0]))
    weights = reading.sentence_salience.astype(np.float64) + BASE_WEIGHT
    return tone(weights @ reading.sentence_sentiment.astype(np.float64) / weights.sum())


def of_sentences(document: Document, reading: Reading) -> list[dict[str, Any]]:
    """Label and score of each sentence, in order."""
    return [
        {"start": span.start, "end": span.end, "label": found["label"], "score": found["score"]}
        for span, row in zip(document.sentences, reading.sentence_sentiment, strict=True)
        for found in [tone(row.astype(np.float64))]
    ]


def towards(entities: Sequence[dict[str, Any]], reading: Reading) -> list[dict[str, Any]]:
    """The tone towards each entity: the mean over its mentions, weighted by how sure the reader is of each.

    A mention of the entities column is the reader's mention that covers it: its edges may have been trimmed.
    """
    found = []
    for entity in entities:
        own = [mention for each in entity["mentions"] if (mention := _covering(each["start"], reading))]
        if own:
            weighted = np.array([[mention.score * share for share in mention.sentiment] for mention in own])
            found.append({"entity_id": entity["entity_id"], **tone(weighted.sum(axis=0)), "mentions": len(own)})
    return found


def _covering(position: int, reading: Reading) -> Mention | None:
    """The reader's mention at a position; None where this reading has none there (another reader's entities)."""
    place = bisect_right(reading.mentions, position, key=lambda mention: mention.start) - 1
    return reading.mentions[place] if place >= 0 and position < reading.mentions[place].end else None


def is_supported(language: str | None) -> bool:
    """Whether the reader knows the tone of this language; not where the language is unknown."""
    return (language or "").partition("-")[0].casefold() in SUPPORTED_LANGUAGES


def sentiment(table: pa.Table, models: Models) -> pa.Table:
    """The tone of each article; nulls and empty lists where its language is not supported."""
    rows = []
    given = table.select([*KEYS.names, "language", "entities"]).to_pylist()
    for (document, reading), article in zip(readings(table, models), given, strict=True):
        row: dict[str, Any] = {**{key: article[key] for key in KEYS.names}, "sentences": [], "entities": []}
        supported = is_supported(article["language"])
        if supported:
            row |= of_document(reading)
            row["sentences"] = of_sentences(document, reading)
            row["entities"] = towards(article["entities"] or [], reading)
        rows.append(row | {"is_language_supported": supported})
    return pa.Table.from_pylist(rows, schema=WRITES)


SENTIMENT = Transform(
    "sentiment", 4, ("content", "entities"), READS, WRITES, sentiment, uses_reader=True, parameters=PARAMETERS
)
