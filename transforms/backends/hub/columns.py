"""The columns as checkpoints write them: the same names, versions, types, merging, links and gate as the reader's.

The reader is asked besides for what such models do not say: how much a sentence carries, and what is near to what.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.backends.hub.checkpoint import TASKS, Checkpoint
from transforms.backends.hub.labels import tones
from transforms.backends.hub.tagging import UNKNOWN_TONE, mentions_of
from transforms.backends.hub.windows import run_batches, windows
from transforms.backends.hub.writing import MOST_LINES, chunks, cited, source_of, written
from transforms.backends.lines import Shown
from transforms.candidates import candidates
from transforms.contract import KEYS, MAKER, Transform
from transforms.documents import readings
from transforms.models import Models
from transforms.reader.reading import Document, Mention, Reading, Span
from transforms.sentences import within
from transforms.sentiment import of_document, of_sentences, towards
from transforms.summary import points_for

Rows = list[dict[str, Any]]


def hub_transform(transform: Transform, checkpoint: Checkpoint) -> Transform:
    """The transform made by a checkpoint; its rows carry `model` and `model_revision`. Nothing is loaded yet.

    Raises LookupError for a column that no checkpoint writes.
    """
    if transform.name not in TASKS:
        raise LookupError(f"{transform.name}: a checkpoint writes {', '.join(TASKS)}")
    return replace(
        transform,
        apply=partial(_WRITERS[transform.name], transform, checkpoint),
        model=checkpoint.model,
        parameters=f"{transform.parameters} {checkpoint.parameters}",
    )


def _entities(transform: Transform, checkpoint: Checkpoint, table: pa.Table, models: Models) -> pa.Table:
    """The reader's own column over the checkpoint's mentions."""
    read = readings(table, models)
    found = mentions_of([document for document, _ in read], checkpoint.loaded)
    told = {
        str(revision): replace(reading, mentions=mentions)
        for revision, (_, reading), mentions in zip(table["revision_id"].to_pylist(), read, found, strict=True)
    }
    rows = transform.apply(table, models.retold(told)).to_pylist()
    return _signed(transform, checkpoint, rows)


def _sentiment(transform: Transform, checkpoint: Checkpoint, table: pa.Table, models: Models) -> pa.Table:
    """The tone of each sentence; of an article the mean by salience, towards an entity that of its sentences."""
    rows: Rows = []
    read = readings(table, models)
    languages = [str(language or "").partition("-")[0].casefold() for language in table["language"].to_pylist()]
    known = [language in checkpoint.languages for language in languages]
    told_of = [document for (document, _), is_known in zip(read, known, strict=True) if is_known]
    chances = iter(sentence_tones(told_of, checkpoint))
    given = table.select([*KEYS.names, "entities"]).to_pylist()
    for (document, reading), article, is_known in zip(read, given, known, strict=True):
        row: dict[str, Any] = {**{key: article[key] for key in KEYS.names}, "sentences": [], "entities": []}
        if is_known:
            named = article["entities"] or []
            told = replace(reading, sentence_sentiment=next(chances))
            told = replace(told, mentions=_toned(named, document, told))
            row |= of_document(told)
            row |= {"sentences": of_sentences(document, told), "entities": towards(named, told)}
        rows.append(row | {"is_language_supported": is_known})
    return _signed(transform, checkpoint, rows)


def sentence_tones(read: Sequence[Document], checkpoint: Checkpoint) -> list[NDArray[np.float32]]:
    """float32[sentences, 3] for each document: the probabilities of SENTIMENT_LABELS."""
    texts = [document.text[span.start : span.end] for document in read for span in document.sentences]
    sums = np.zeros((len(texts), 3))
    if texts:
        loaded = checkpoint.loaded
        shares = tones(checkpoint, loaded.id2label)
        for window, row in run_batches(windows(texts, loaded, 0), checkpoint.batch, loaded.probabilities):
            sums[window.owner] += len(window.offsets) * (row.astype(np.float64) @ shares)
    sums[sums.sum(axis=1) == 0] = UNKNOWN_TONE
    found = (sums / sums.sum(axis=1, keepdims=True)).astype(np.float32)
    ends = np.cumsum([len(document.sentences) for document in read])
    return np.split(found, ends[:-1]) if len(read) else []


def _toned(entities: Sequence[dict[str, Any]], document: Document, reading: Reading) -> tuple[Mention, ...]:
    """Every mention of the entities column with the tone of its sentence: such a model knows no other."""
    starts = [span.start for span in document.sentences]
    found = []
    for entity in entities:
        for each in entity["mentions"]:
            place = bisect_right(starts, each["start"]) - 1
            if place >= 0 and each["start"] < document.sentences[place].end:
                negative, neutral, positive = reading.sentence_sentiment[place].tolist()
                tone = (negative, neutral, positive)
                found.append(Mention(each["start"], each["end"], entity["type"], each["score"], tone))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _summary(transform: Transform, checkpoint: Checkpoint, table: pa.Table, models: Models) -> pa.Table:
    """The checkpoint's sentences that the article bears out; where there is none, the reader's summary."""
    read = readings(table, models)
    parts = [chunks(document, checkpoint.loaded) for document, _ in read]
    texts = iter(written([part for each in parts for part in each], checkpoint.loaded))
    rows: Rows = []
    left: list[int] = []
    for place, ((document, reading), each, keys) in enumerate(
        zip(read, parts, table.select(KEYS.names).to_pylist(), strict=True)
    ):
        lines = list(dict.fromkeys(line for _ in each for line in _lines(next(texts))))[:MOST_LINES]
        shown = _borne_out(lines, document, reading, models)
        best = sorted(shown, key=lambda line: -line.score)[: points_for(candidates(document))]
        if not best:
            left.append(place)
        gist = {name: value for name, value in vars(best[0]).items() if name != "support"} if best else None
        points = [vars(line) for line in sorted(best, key=lambda line: (line.start, line.end))]
        counts = {"candidates": len(lines), "dropped": len(lines) - len(shown)}
        rows.append({**keys, "gist": gist, "key_points": points, **counts})
    if not left:
        return _signed(transform, checkpoint, rows)
    by_reader = transform.apply(table.take(left), models).to_pylist()
    for place, row in zip(left, by_reader, strict=True):
        maker = {"model": models.name, "model_revision": models.revision}
        rows[place] = {**row, **maker, "dropped": row["dropped"] + rows[place]["dropped"]}
    return _signed(transform, checkpoint, rows)


def _lines(text: str) -> list[str]:
    return [text[start:end] for start, end in within(text)]


def _borne_out(lines: Sequence[str], document: Document, reading: Reading, models: Models) -> list[Shown]:
    """What the article says of the lines; of two that rest on the same stretch, the better supported."""
    source = source_of(document, reading)
    asked = models.read([Document(line, (Span(0, len(line)),)) for line in lines])
    by_place: dict[tuple[int, int], Shown] = {}
    for line, own in zip(lines, asked, strict=True):
        shown = cited(line, own.vector, source)
        known = by_place.get((shown.start, shown.end)) if shown else None
        if shown and (known is None or shown.support > known.support):
            by_place[shown.start, shown.end] = shown
    return list(by_place.values())


def _signed(transform: Transform, checkpoint: Checkpoint, rows: Rows) -> pa.Table:
    """The rows as the column's table, each with its maker: the checkpoint where the row does not say another."""
    maker = {"model": checkpoint.model, "model_revision": checkpoint.loaded.revision} if rows else {}
    schema = pa.schema([*transform.writes, *MAKER])
    return pa.Table.from_pylist([{**maker, **row} for row in rows], schema=schema)


_WRITERS = {"entities": _entities, "sentiment": _sentiment, "summary": _summary}
