"""Columns by real checkpoints of small size: what they know arrives in the columns, and nothing else does.

Run with torch: `pip install -e ".[dev,hub]"`, then `pytest tests/transforms/backends/hub tests/flows/test_models.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from tests.checkpoints import ARTICLE, NAMED, TONED
from tests.transforms.backends.hub.conftest import REVISION, STORY
from transforms.backends.hub.checkpoint import Checkpoint
from transforms.backends.hub.columns import hub_transform
from transforms.contract import run_transform
from transforms.entities import ENTITIES
from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.sentiment import SENTIMENT
from transforms.summary import SUMMARY

Of = Callable[[str], Checkpoint]
Rows = Callable[..., pa.Table]


def names_in(row: dict[str, Any]) -> set[tuple[str, str]]:
    return {(mention["text"], entity["type"]) for entity in row["entities"] for mention in entity["mentions"]}


def test_names_are_found_in_every_window_of_a_long_text(checkpoint: Of, rows_of: Rows, reader: Reader) -> None:
    text = " ".join(["Ships wait before the harbour of Rotterdam."] * 30) + " " + STORY
    transform = hub_transform(ENTITIES, checkpoint("entities"))
    made = run_transform(transform, rows_of(ENTITIES, text, "", STORY), Models(reader)).to_pylist()
    tail = {("Beatrice Odongo", "PER"), ("Wekesa", "PER"), ("Acme Rail", "ORG"), ("Nairobi", "LOC"), ("Kenya", "LOC")}
    assert names_in(made[0]) >= tail | {("Rotterdam", "LOC")}
    rotterdam = next(entity for entity in made[0]["entities"] if entity["name"] == "Rotterdam")
    assert len(rotterdam["mentions"]) == 31, "each place once, however many windows see it"
    assert all(text[m["start"] : m["end"]] == m["text"] for entity in made[0]["entities"] for m in entity["mentions"])
    assert made[1]["entities"] == []
    assert {row["model"] for row in made} == {"tiny/entities"}
    assert made[0]["model_revision"] == f"{REVISION} float32 on cpu"


def test_marks_of_the_model_in_a_text_are_text(checkpoint: Of, rows_of: Rows, reader: Reader) -> None:
    text = "[SEP] [CLS] Acme Rail [PAD] arrive on Monday. [MASK] Ships wait before the harbour of Rotterdam."
    transform = hub_transform(ENTITIES, checkpoint("entities"))
    made = run_transform(transform, rows_of(ENTITIES, text), Models(reader)).to_pylist()[0]
    assert ("Rotterdam", "LOC") in names_in(made)


def test_rows_do_not_depend_on_the_batch(checkpoint: Of, rows_of: Rows, reader: Reader) -> None:
    texts = [STORY, *(text for text, _ in NAMED), ARTICLE]
    transform = hub_transform(ENTITIES, checkpoint("entities"))
    together = run_transform(transform, rows_of(ENTITIES, *texts), Models(reader)).to_pylist()
    alone = [run_transform(transform, rows_of(ENTITIES, text), Models(reader)).to_pylist()[0] for text in texts]
    assert [names_in(row) for row in together] == [names_in(row) for row in alone]


def test_the_tone_of_a_sentence_is_that_of_whom_it_names(checkpoint: Of, rows_of: Rows, reader: Reader) -> None:
    bad, good = TONED[1][0].replace(" .", "."), TONED[0][0].replace(" .", ".")
    text = f"{bad} {good}"
    named = [
        {
            **dict.fromkeys(ENTITIES.writes.field("entities").type.value_type.names, None),
            **{"entity_id": word, "name": word, "type": "MISC", "score": 0.9, "salience": 1.0, "relevance": "main"},
            "mentions": [{"text": word, "start": text.index(word), "end": text.index(word) + len(word), "score": 0.9}],
        }
        for word in ("bridge", "everybody")
    ]
    table = rows_of(SENTIMENT, text, text, entities=[named, []], language=["en-GB", "de"])
    made = run_transform(hub_transform(SENTIMENT, checkpoint("sentiment")), table, Models(reader)).to_pylist()
    assert [sentence["label"] for sentence in made[0]["sentences"]] == ["negative", "positive"]
    assert {entity["entity_id"]: entity["label"] for entity in made[0]["entities"]} == {
        "bridge": "negative",
        "everybody": "positive",
    }
    assert made[0]["p_negative"] + made[0]["p_neutral"] + made[0]["p_positive"] == pytest.approx(1)
    assert (made[1]["label"], made[1]["is_language_supported"], made[1]["sentences"]) == (None, False, [])


def test_a_line_is_shown_with_the_sentence_that_bears_it_out_and_an_invented_one_is_dropped(
    checkpoint: Of, rows_of: Rows, reader: Reader
) -> None:
    transform = hub_transform(SUMMARY, checkpoint("summary"))
    made = run_transform(transform, rows_of(SUMMARY, ARTICLE), Models(reader)).to_pylist()[0]
    (point,) = made["key_points"]
    assert point["text"] == "Acme Rail sold 40 trains to Kenya."
    assert ARTICLE[point["start"] : point["end"]] == "Acme Rail sold 40 trains to Kenya on Monday."
    assert made["gist"]["text"] == point["text"]
    assert (made["candidates"], made["dropped"], made["model"]) == (2, 1, "tiny/summary")


def test_an_article_that_bears_out_nothing_is_left_to_the_reader(checkpoint: Of, rows_of: Rows, reader: Reader) -> None:
    text = " ".join(["Nobody at the harbour of Rotterdam had seen such a tide in March."] * 12)
    transform = hub_transform(SUMMARY, checkpoint("summary"))
    made = run_transform(transform, rows_of(SUMMARY, text, ""), Models(reader)).to_pylist()
    assert [row["model"] for row in made] == [reader.name, reader.name]
    assert made[0]["key_points"][0]["text"] in text
    assert made[0]["dropped"] >= 2
    assert made[1]["key_points"] == []


def test_what_decides_the_rows_stands_in_their_parameters(checkpoint: Of) -> None:
    own = checkpoint("summary")
    asked = hub_transform(SUMMARY, own).parameters
    assert REVISION in asked
    for changed in (
        {"beams": 3},
        {"most_tokens": 20},
        {"prefix": "sum: "},
        {"revision": "f" * 40},
        {"dtype": "bfloat16"},
    ):
        assert hub_transform(SUMMARY, replace(own, **changed)).parameters != asked
    assert hub_transform(SUMMARY, replace(own, device="cpu", batch=1, threads=4)).parameters == asked


def test_half_precision_is_said_and_comes_near(checkpoint: Of, rows_of: Rows, reader: Reader) -> None:
    table = rows_of(SENTIMENT, STORY)
    own = checkpoint("sentiment")
    full, half = (
        run_transform(hub_transform(SENTIMENT, each), table, Models(reader)).to_pylist()[0]
        for each in (own, replace(own, dtype="bfloat16"))
    )
    assert half["model_revision"] == f"{REVISION} bfloat16 on cpu"
    for one, other in zip(full["sentences"], half["sentences"], strict=True):
        assert one["score"] == pytest.approx(other["score"], abs=0.1)
