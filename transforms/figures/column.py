"""The figures column: what an article says in numbers, with whose each is, where it stands and where it went.

Rules alone. English is read, and German as far as the same rules hold; an article in another language, or in none that
is known, has none. Nothing is converted: a currency is the one that is written, "$" alone the American one.
"""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from transforms.contract import KEYS, SPAN, Transform
from transforms.datelines import after_dateline
from transforms.documents import SPANS
from transforms.entities import ENTITY_LIST
from transforms.figures.amounts import BARE_FROM, Figure, figures
from transforms.figures.carried import CARRIED_FOR, Named
from transforms.figures.movement import MOST_BETWEEN, directions
from transforms.figures.numerals import FLAT
from transforms.figures.owners import Owner, Owners
from transforms.geography import is_people
from transforms.models import Models
from transforms.names import name_key

LANGUAGES = ("en", "de")
MOST_OF_A_SENTENCE = 2_000  # characters; what is longer is a table or a list, not a sentence
PARAMETERS = f"languages={','.join(LANGUAGES)} bare_from={BARE_FROM} between={MOST_BETWEEN} carried={CARRIED_FOR}"

FIGURE_LIST = pa.list_(
    pa.struct(
        [
            pa.field("text", pa.string(), nullable=False),
            *SPAN,
            pa.field("kind", pa.string(), nullable=False),
            pa.field("value", pa.float64(), nullable=False),
            pa.field("unit", pa.string()),
            pa.field("currency", pa.string()),
            pa.field("direction", pa.string()),
            pa.field("entity_id", pa.string()),
            pa.field("owner", pa.string()),
            pa.field("sentence_start", pa.int32(), nullable=False),
            pa.field("sentence_end", pa.int32(), nullable=False),
        ]
    )
)
READS = pa.schema(
    [
        *KEYS,
        pa.field("text", pa.string()),
        pa.field("sentences", SPANS),
        pa.field("language", pa.string()),
        pa.field("entities", ENTITY_LIST),
    ]
)
WRITES = pa.schema([*KEYS, pa.field("figures", FIGURE_LIST, nullable=False)])


def rows(
    text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[dict[str, Any]], language: str | None
) -> list[dict[str, Any]]:
    """The figures of one text as rows of the column, in text order."""
    code = (language or "").partition("-")[0].casefold()
    if code not in LANGUAGES:
        return []
    is_german = code == "de"
    flat = text.translate(FLAT)
    names = {entity["entity_id"]: entity["name"] for entity in entities}
    opening = after_dateline(text)  # the place a report comes from owns nothing
    owners = Owners(
        [
            Named(mention["start"], mention["end"], entity["type"], entity["entity_id"])
            for entity in entities
            for mention in entity["mentions"]
            if mention["start"] >= opening and _may_own(text, entity, mention)
        ]
    )
    made = []
    for start, end in sentences:
        sentence = flat[start : min(end, start + MOST_OF_A_SENTENCE)]
        found = figures(sentence, is_german)
        whose = owners.of(sentence, start, found)
        which_way = directions(sentence, found, is_german) if found else []
        for figure, owner, direction in zip(found, whose, which_way, strict=True):
            row = _row(text, (start, end), figure, owner, direction)
            made.append({**row, "owner": row["owner"] or names.get(owner.entity_id or "")})
    return made


def _may_own(text: str, entity: dict[str, Any], mention: dict[str, Any]) -> bool:
    """Whether a mention may own a figure: not an adjective ("the British pound"), nor half of a word ("UK-based")."""
    key = name_key(text[mention["start"] : mention["end"]])
    is_adjective = entity["type"] == "MISC" and is_people(key) and not (key.endswith("s") and is_people(key[:-1]))
    is_half = "-" in (text[mention["start"] - 1 : mention["start"]], text[mention["end"] : mention["end"] + 1])
    return not (is_adjective or is_half)


def _row(text: str, sentence: tuple[int, int], figure: Figure, owner: Owner, direction: str | None) -> dict[str, Any]:
    """A figure of a sentence as a row; `owner` has the words of a group, as the text writes them."""
    offset, end = sentence
    return {
        "text": text[offset + figure.start : offset + figure.end],
        "start": offset + figure.start,
        "end": offset + figure.end,
        "kind": figure.kind,
        "value": float(figure.value),
        "unit": figure.unit,
        "currency": figure.currency,
        "direction": direction,
        "entity_id": owner.entity_id,
        "owner": text[offset + owner.group[0] : offset + owner.group[1]] if owner.group else None,
        "sentence_start": offset,
        "sentence_end": end,
    }


def column(table: pa.Table, _models: Models) -> pa.Table:
    """The figures of each article; no model is asked."""
    found = [
        rows(
            row["text"] or "",
            [(span["start"], span["end"]) for span in row["sentences"] or ()],
            row["entities"] or (),
            row["language"],
        )
        for row in table.select(["text", "sentences", "language", "entities"]).to_pylist()
    ]
    return pa.table([table["article_id"], table["revision_id"], pa.array(found, FIGURE_LIST)], schema=WRITES)


FIGURES = Transform("figures", 4, ("content", "entities"), READS, WRITES, column, parameters=PARAMETERS)
