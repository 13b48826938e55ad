"""The tone of an article, its sentences and its entities: probabilities that add up, nulls where nothing is known."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.transforms.chain import columns_of, row_of
from tests.transforms.pages import GERMAN_STORY, article
from tests.transforms.pages import given as page_row
from tests.transforms.written import Written
from transforms.content import CONTENT
from transforms.entities import rows as entity_rows
from transforms.reader.reader import Reader
from transforms.reader.reading import SENTIMENT_LABELS
from transforms.sentiment import is_supported, of_document, of_sentences, shares, tone, towards

Make = Callable[..., Written]
WEIGHTS = arrays.arrays(np.float64, 3, elements=st.floats(0, 1e6))


@given(WEIGHTS)
def test_three_probabilities_of_four_decimals_are_one_to_the_last(
    weights: np.ndarray[Any, np.dtype[np.float64]],
) -> None:
    found = shares(weights)
    assert sum(round(share * 10_000) for share in found) == 10_000
    assert all(0 <= share <= 1 for share in found)
    if weights.sum() > 0:
        assert all(abs(share - weight / weights.sum()) <= 1.1e-4 for share, weight in zip(found, weights, strict=True))


@given(WEIGHTS)
def test_score_and_label_follow_from_the_probabilities(weights: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    found = tone(weights)
    assert found["score"] == round(found["p_positive"] - found["p_negative"], 4)
    assert -1 <= found["score"] <= 1
    likeliest = max(found[f"p_{label}"] for label in SENTIMENT_LABELS)
    assert found[f"p_{found['label']}"] == likeliest
    assert found["label"] == "neutral" or found["p_neutral"] < likeliest


def test_a_sentence_that_carries_the_article_sets_its_tone(written: Make) -> None:
    lines = ("Profits rose.", "The plant closed.")
    good = of_document(written(*lines, tones=("+", "-"), salience=(0.9, 0.1)).reading)
    bad = of_document(written(*lines, tones=("+", "-"), salience=(0.1, 0.9)).reading)
    assert (good["label"], bad["label"]) == ("positive", "negative")
    assert good["score"] == -bad["score"] > 0


def test_a_text_without_a_sentence_is_neutral(written: Make) -> None:
    assert of_document(written().reading) == tone(np.array([0.0, 1.0, 0.0]))


def test_each_sentence_has_its_own_tone_at_its_own_place(written: Make) -> None:
    made = written("Profits rose.", "The plant closed.", "It is Monday.", tones=("+", "-", None))
    found = of_sentences(made.document, made.reading)
    assert [row["label"] for row in found] == ["positive", "negative", "neutral"]
    assert [(row["start"], row["end"]) for row in found] == [(s.start, s.end) for s in made.document.sentences]


def test_the_tone_towards_a_thing_is_that_of_its_mentions_and_not_its_neighbours(written: Make) -> None:
    made = written("[ORG+ Siemens] beat [ORG- Airbus].", "[ORG+ Siemens] won, “[ORG- Airbus]” lost.")
    found = {row["entity_id"]: row for row in towards(entity_rows(made.document, made.reading, None), made.reading)}
    names = {row["name"]: row["entity_id"] for row in entity_rows(made.document, made.reading, None)}
    assert found[names["Siemens"]]["label"] == "positive"
    assert found[names["Airbus"]]["label"] == "negative"
    assert [row["mentions"] for row in found.values()] == [2, 2]


def test_a_surer_mention_weighs_more(written: Make) -> None:
    made = written("[ORG:0.9+ Siemens] won.", "[ORG:0.1- Siemens] lost.")
    assert towards(entity_rows(made.document, made.reading, None), made.reading)[0]["label"] == "positive"


def test_an_entity_of_another_reading_is_left_out(written: Make) -> None:
    made = written("[ORG+ Siemens] won.", "Airbus lost.")
    stranger = {"entity_id": "x", "mentions": [{"start": made.document.text.index("Airbus")}]}
    assert towards([stranger], made.reading) == []


@pytest.mark.parametrize(
    ("language", "supported"), [("en", True), ("en-GB", True), ("EN", True), ("de", False), ("", False), (None, False)]
)
def test_only_english_is_supported(language: str | None, supported: bool) -> None:
    assert is_supported(language) is supported


def test_another_language_gets_nulls_and_empty_lists_and_english_none(reader: Reader) -> None:
    pages = [page_row(article(*GERMAN_STORY, lang="de"), "a" * 16), page_row(article(), "b" * 16)]
    made = columns_of(pa.Table.from_pylist(pages, schema=CONTENT.reads), reader)
    german, english = row_of(made, "sentiment"), row_of(made, "sentiment", 1)
    assert german["is_language_supported"] is False
    assert german["sentences"] == german["entities"] == []
    assert all(german[name] is None for name in ("label", "score", "p_negative", "p_neutral", "p_positive"))
    assert english["is_language_supported"] is True
    assert english["label"] in SENTIMENT_LABELS
    assert english["score"] == pytest.approx(english["p_positive"] - english["p_negative"], abs=1e-6)
    known = {entity["entity_id"] for entity in row_of(made, "entities", 1)["entities"]}
    assert {row["entity_id"] for row in english["entities"]} == known
