"""The summary column: a gist of one sentence and three to five key points, each a sentence of the text or a trim of it.

Sentences are scored by what they are worth (`worth.py`), then chosen one by one against redundancy (maximal marginal
relevance, Carbonell and Goldstein 1998), and against taking all from one long paragraph. Of five points one is the
outlook, where the article announces one (`outlook.py`). start and end are those of the source sentence, which may say a
little more than is shown (`trims.py`). The gate judges every line that is shown; a trim that it refuses is shown
untrimmed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.candidates import FEWEST_WORDS, MOST_WORDS, Candidate, candidates
from transforms.contract import KEYS, SPAN, Transform
from transforms.documents import READ, readings
from transforms.entities import ENTITY_LIST
from transforms.gate import LEAST_SUPPORT, judge
from transforms.models import Models
from transforms.outlook import LATE, with_outlook
from transforms.reader.reading import Document, Reading
from transforms.sentiment import is_supported
from transforms.worth import STEEPNESS, WEIGHTS, worth

FEWEST_POINTS, MOST_POINTS = 3, 5
WORDS_PER_POINT = 110
NOVELTY = 0.13  # how much likeness to what is already chosen costs
SAID_ALREADY = 0.85  # likeness from which a sentence is shown only where nothing else is left
SAME_PARAGRAPH = 0.2  # what each sentence already chosen from a long paragraph costs the others of it
LONG_PARAGRAPH = 3  # sentences from which a paragraph is about something of its own
MOST_COMPARED = 300  # candidates; all with all would cost memory with the square of a text's length
GIST_EARLY_WEIGHT = 0.5
PARAMETERS = (
    f"points={FEWEST_POINTS}-{MOST_POINTS}/{WORDS_PER_POINT} words={FEWEST_WORDS}-{MOST_WORDS} "
    f"worth={list(WEIGHTS.values())}/{STEEPNESS} novelty={NOVELTY}/{SAID_ALREADY}/{MOST_COMPARED} "
    f"paragraph={SAME_PARAGRAPH}/{LONG_PARAGRAPH} outlook={LATE}/{MOST_POINTS} "
    f"gist_early={GIST_EARLY_WEIGHT} support={LEAST_SUPPORT}"
)

_TEXT = pa.field("text", pa.string(), nullable=False)
_SCORE = pa.field("score", pa.float32(), nullable=False)
GIST = pa.struct([_TEXT, *SPAN, _SCORE])
KEY_POINTS = pa.list_(pa.struct([_TEXT, *SPAN, _SCORE, pa.field("support", pa.float32(), nullable=False)]))
READS = pa.schema([*READ, pa.field("language", pa.string()), pa.field("entities", ENTITY_LIST)])
WRITES = pa.schema(
    [
        *KEYS,
        pa.field("gist", GIST),
        pa.field("key_points", KEY_POINTS, nullable=False),
        pa.field("candidates", pa.int32(), nullable=False),
        pa.field("dropped", pa.int32(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Line:
    """What is shown of the sentence [start, end), with its score and the gate's support, both 0 to 1."""

    text: str
    start: int
    end: int
    score: float
    support: float


@dataclass(frozen=True)
class Summary:
    """candidates: sentences that could have been shown. dropped: lines that the gate refused."""

    gist: Line | None
    key_points: tuple[Line, ...]
    candidates: int
    dropped: int


def points_for(found: Sequence[Candidate]) -> int:
    """How many key points an article of these candidates gets: three to five by its length, fewer if it has fewer."""
    words = sum(candidate.words for candidate in found)
    return min(len(found), max(FEWEST_POINTS, min(MOST_POINTS, round(words / WORDS_PER_POINT))))


def paragraphs(document: Document, found: Sequence[Candidate]) -> NDArray[np.int64]:
    """int64[n]: which long paragraph each candidate stands in, counted from 0; -1 for one in a short paragraph."""
    spans = document.sentences
    breaks = ["\n" in document.text[one.end : next_one.start] for one, next_one in pairwise(spans)]
    of_sentence = np.concatenate([[0], np.cumsum(breaks)]).astype(np.int64)
    is_long = np.bincount(of_sentence) >= LONG_PARAGRAPH
    own = of_sentence[[candidate.place for candidate in found]]
    return np.where(is_long[own], own, -1)


def ranked(
    value: NDArray[np.float64], vectors: NDArray[np.float64], paragraph: NDArray[np.int64] | None = None
) -> list[int]:
    """All candidates, the one to show first in front: each next one is good, and unlike those before it.

    paragraph: by candidate, the long paragraph that it stands in, or -1. Only the best MOST_COMPARED are compared with
    each other; the others follow by value.
    """
    by_value = np.argsort(-value, kind="stable")
    pool = np.sort(by_value[:MOST_COMPARED])
    order: list[int] = []
    likest = np.zeros(len(pool))
    left = np.ones(len(pool), dtype=bool)
    own = np.full(len(pool), -1) if paragraph is None else paragraph[pool]
    taken = np.zeros(len(pool))  # how many are chosen from the paragraph of each
    for _ in pool:
        gain = (1 - NOVELTY) * value[pool] - NOVELTY * likest - (likest > SAID_ALREADY) - SAME_PARAGRAPH * taken
        gain = np.where(left, gain, -np.inf)
        best = int(np.argmax(gain.round(6)))
        order.append(int(pool[best]))
        left[best] = False
        taken += (own == own[best]) & (own >= 0)
        likest = np.maximum(likest, np.clip(vectors[pool] @ vectors[pool[best]], 0.0, 1.0))
    return order + [int(place) for place in by_value[MOST_COMPARED:]]


def summarise(
    document: Document,
    reading: Reading,
    entities: Sequence[dict[str, Any]],
    trusts_salience: bool,
    points: int | None = None,
) -> Summary:
    """Gist and key points of a document, `points` of them where said. Without a sentence that may stand: neither."""
    found = candidates(document)
    if not found:
        return Summary(None, (), 0, 0)
    value = worth(found, reading, entities, trusts_salience)
    vectors = reading.sentence_vectors[[candidate.place for candidate in found]].astype(np.float64)
    wanted = points_for(found) if points is None else points
    paragraph = paragraphs(document, found)
    order = ranked(value, vectors, paragraph)
    if wanted >= MOST_POINTS:
        order = with_outlook(order, wanted, found, document, paragraph.tolist())
    shown, dropped = _passing(document, found, value, order, wanted)
    gist_value = GIST_EARLY_WEIGHT * np.exp2(-np.array([each.place for each in found]) / 2) + value
    by_gist = np.argsort(-gist_value, kind="stable").tolist()
    gist, dropped_gists = _passing(document, found, value, by_gist, 1)
    key_points = tuple(sorted(shown, key=lambda line: line.start))
    return Summary(gist[0] if gist else None, key_points, len(found), dropped + dropped_gists)


def _passing(
    document: Document, found: Sequence[Candidate], value: NDArray[np.float64], order: Sequence[int], wanted: int
) -> tuple[list[Line], int]:
    """The first `wanted` candidates of `order` that pass the gate, and how many it refused on the way."""
    lines: list[Line] = []
    dropped = 0
    for place in order:
        if len(lines) == wanted:
            break
        line = _line(document, found[place], float(value[place]))
        if line:
            lines.append(line)
        else:
            dropped += 1
    return lines, dropped


def _line(document: Document, candidate: Candidate, score: float) -> Line | None:
    """The candidate as shown: trimmed, else whole; None where the gate refuses both."""
    span = candidate.span
    whole = document.text[span.start : span.end]
    for shown in dict.fromkeys((candidate.shown, whole)):
        verdict = judge(shown, whole)
        if verdict.passed:
            return Line(shown, span.start, span.end, score, verdict.support)
    return None


def summary(table: pa.Table, models: Models) -> pa.Table:
    """The summary of each article; in a language the reader was not trained for, by centrality and place alone."""
    rows = []
    given = table.select([*KEYS.names, "language", "entities"]).to_pylist()
    for (document, reading), article in zip(readings(table, models), given, strict=True):
        made = summarise(document, reading, article["entities"] or [], is_supported(article["language"]))
        gist = {key: value for key, value in vars(made.gist).items() if key != "support"} if made.gist else None
        rows.append(
            {
                **{key: article[key] for key in KEYS.names},
                "gist": gist,
                "key_points": [vars(line) for line in made.key_points],
                "candidates": made.candidates,
                "dropped": made.dropped,
            }
        )
    return pa.Table.from_pylist(rows, schema=WRITES)


SUMMARY = Transform(
    "summary", 5, ("content", "entities"), READS, WRITES, summary, uses_reader=True, parameters=PARAMETERS
)
