"""The columns as a language model writes them: one question an article, the reader wherever there is no usable answer.

Each row says who made it. The columns have the same names, versions and types as the reader's; entities are merged and
linked by the same rules, lines are judged by the same gate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from transforms.backends.llm.answer import WRONG_SHAPE, Part, Summed, Things, Toned, Unusable
from transforms.backends.llm.endpoint import Endpoint
from transforms.backends.llm.evidence import backed, is_of_another_text, label_of, mentions, sentence_scores, towards
from transforms.backends.llm.prompt import COLUMNS, fingerprint
from transforms.candidates import candidates
from transforms.contract import KEYS, Transform
from transforms.documents import READ, documents, readings
from transforms.models import Models
from transforms.reader.reading import Document, Mention
from transforms.sentiment import tone
from transforms.summary import FEWEST_POINTS

NO_NAME_HELD, NO_LINE_HELD, OF_ANOTHER_TEXT = "no_name_in_text", "no_line_passed_gate", "tone_of_another_text"
TOO_FEW_LINES = "too_few_lines_passed_gate"

_TITLE = pa.field("title", pa.string())
_MODEL, _REVISION = (pa.field(name, pa.string(), nullable=False) for name in ("model", "model_revision"))


@dataclass(frozen=True)
class Batch:
    """The rows in hand; given: each row's part of its answer."""

    transform: Transform
    table: pa.Table
    documents: Sequence[Document]
    given: Sequence[Part | Unusable]
    models: Models

    @property
    def keys(self) -> list[dict[str, Any]]:
        return list(self.table.select(KEYS.names).to_pylist())


Row = dict[str, Any] | Unusable


def llm_transform(transform: Transform, endpoint: Endpoint) -> Transform:
    """The transform written by a language model; its rows carry `model` and `model_revision` besides.

    Raises LookupError for a column that no language model writes.
    """
    if transform.name not in COLUMNS:
        raise LookupError(f"{transform.name}: a language model writes {', '.join(COLUMNS)}")
    wanted = {column.name: column for column in (*READ, _TITLE, *transform.reads)}
    asked = f"{transform.parameters} llm={fingerprint(endpoint.columns)}"
    apply = partial(written, transform, endpoint)
    return replace(
        transform, reads=pa.schema(list(wanted.values())), apply=apply, model=endpoint.model, parameters=asked
    )


def written(transform: Transform, endpoint: Endpoint, table: pa.Table, models: Models) -> pa.Table:
    """The column of each article by the model, or by the reader where the model has no usable answer."""
    read = documents(table)
    answers = endpoint.answers(table, read)
    batch = Batch(transform, table, read, [answer.by_column[transform.name] for answer in answers], models)
    made = _WRITERS[transform.name](batch, endpoint)
    left = [place for place, row in enumerate(made) if isinstance(row, Unusable)]
    by_reader = dict(zip(left, _by_reader(batch, left), strict=True))
    rows = []
    for place, (answer, row) in enumerate(zip(answers, made, strict=True)):
        if isinstance(row, Unusable):
            endpoint.fallbacks[row.reason] += 1
            rows.append({**by_reader[place], _MODEL.name: models.name, _REVISION.name: models.revision})
        else:
            endpoint.rows += 1
            rows.append({**row, _MODEL.name: endpoint.model, _REVISION.name: answer.maker})
    return pa.Table.from_pylist(rows, schema=pa.schema([*transform.writes, _MODEL, _REVISION]))


def _by_reader(batch: Batch, places: Sequence[int], models: Models | None = None) -> list[dict[str, Any]]:
    """The reader's rows for these places; without any, the reader is not asked."""
    if not places:
        return []
    given = batch.table.take(list(places)).select(batch.transform.reads.names)
    return list(batch.transform.apply(given, models or batch.models).to_pylist())


def _entities(batch: Batch, endpoint: Endpoint) -> list[Row]:
    """The reader's own column over the model's mentions: the same merging, links, salience and relevance."""
    rows: list[Row] = []
    held: dict[int, tuple[Mention, ...]] = {}
    for place, (document, part) in enumerate(zip(batch.documents, batch.given, strict=True)):
        if not isinstance(part, Things):
            rows.append(_reason(part))
            continue
        found, lacking = mentions(document, part.things)
        endpoint.dropped["names"] += lacking
        if found:
            held[place] = tuple(found)
        rows.append(Unusable(NO_NAME_HELD))
    if held:
        known = batch.table.take(list(held))
        told = {
            str(revision): replace(reading, mentions=found)
            for revision, (_, reading), found in zip(
                known["revision_id"].to_pylist(), readings(known, batch.models), held.values(), strict=True
            )
        }
        for place, row in zip(held, _by_reader(batch, list(held), batch.models.retold(told)), strict=True):
            rows[place] = row
    return rows


def _sentiment(batch: Batch, endpoint: Endpoint) -> list[Row]:
    rows: list[Row] = []
    named = batch.table["entities"].to_pylist()
    for keys, entities, document, part in zip(batch.keys, named, batch.documents, batch.given, strict=True):
        if not isinstance(part, Toned):
            rows.append(_reason(part))
            continue
        if is_of_another_text(document, part):
            rows.append(Unusable(OF_ANOTHER_TEXT))
            continue
        toned, unknown = towards(part, entities or [])
        endpoint.dropped["tones"] += unknown
        rows.append(
            {
                **keys,
                **tone(np.array(part.article)),
                "sentences": [
                    {"start": span.start, "end": span.end, "label": label_of(score), "score": round(score, 4)}
                    for span, score in zip(document.sentences, sentence_scores(document, part), strict=True)
                ],
                "entities": [
                    {"entity_id": entity["entity_id"], **tone(np.array(weights)), "mentions": len(entity["mentions"])}
                    for entity, weights in toned
                ],
                "is_language_supported": True,
            }
        )
    return rows


def _summary(batch: Batch, endpoint: Endpoint) -> list[Row]:
    rows: list[Row] = []
    for keys, document, part in zip(batch.keys, batch.documents, batch.given, strict=True):
        if not isinstance(part, Summed):
            rows.append(_reason(part))
            continue
        held = backed(document, part)
        endpoint.dropped["lines"] += held.dropped
        if not held.key_points or held.gist is None:
            rows.append(Unusable(NO_LINE_HELD))
            continue
        if len(held.key_points) < min(FEWEST_POINTS, len(candidates(document))):
            rows.append(Unusable(TOO_FEW_LINES))
            continue
        points = sorted(held.key_points, key=lambda line: (line.start, line.end))
        gist = {name: value for name, value in vars(held.gist).items() if name != "support"}
        counts = {"candidates": held.proposed, "dropped": held.dropped}
        rows.append({**keys, "gist": gist, "key_points": [vars(line) for line in points], **counts})
    return rows


def _reason(part: Part | Unusable) -> Unusable:
    return part if isinstance(part, Unusable) else Unusable(WRONG_SHAPE)


_WRITERS = {"entities": _entities, "sentiment": _sentiment, "summary": _summary}
