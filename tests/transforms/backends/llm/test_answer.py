"""What a model says is read as far as it has the shape asked for; the rest has a reason."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.backends.llm.answer import (
    EMPTY,
    MALFORMED,
    REFUSED,
    WRONG_SHAPE,
    Claim,
    Summed,
    Thing,
    Things,
    Toned,
    Unusable,
    parts,
)
from transforms.backends.llm.prompt import COLUMNS

TONE = {"negative": 0.2, "neutral": 0.3, "positive": 0.5}
WHOLE: dict[str, Any] = {
    "entities": [{"name": "Ada Brook", "type": "PER", "also": ["Brook"]}],
    "sentiment": {
        "article": TONE,
        "towards": [{"name": "Ada Brook", **TONE}],
        "sentences": [{"sentence": 1, "score": -0.5}],
    },
    "summary": {
        "gist": {"text": "It rained.", "sentences": [1]},
        "key_points": [{"text": "It rained.", "sentences": [2, 1]}],
    },
}
AS_READ = {
    "entities": Things((Thing(("Ada Brook", "Brook"), "PER"),)),
    "sentiment": Toned((0.2, 0.3, 0.5), (("Ada Brook", (0.2, 0.3, 0.5)),), ((1, -0.5),)),
    "summary": Summed(Claim("It rained.", (1,)), (Claim("It rained.", (1, 2)),)),
}
TEXT = json.dumps(WHOLE)


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        f"```json\n{TEXT}\n```",
        f"<think>The format {{is}} odd.</think>\nHere it is: {TEXT} I hope it helps!",
        f"Braces {{like these}} come first. {TEXT}",
    ],
)
def test_the_object_is_found_among_fences_thoughts_and_prose(content: str) -> None:
    assert parts(content, COLUMNS) == AS_READ


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", EMPTY),
        ("<think>nothing</think>", EMPTY),
        ("I'm sorry, but I cannot help with that.", REFUSED),
        (TEXT[:-20], MALFORMED),
        ("The article is about rain.", MALFORMED),
        ('{"entities": NaN}', MALFORMED),
        ("{" * 100_000, MALFORMED),
        ('{"a":' * 100_000, MALFORMED),
        ("[" * 100_000, MALFORMED),
        ("{}", WRONG_SHAPE),
        ('{"entities": "none", "sentiment": [], "summary": 7}', WRONG_SHAPE),
        ('{"sentiment": {"article": {"negative": 1, "neutral": 2, "positive": 3}}}', WRONG_SHAPE),
    ],
)
def test_what_is_no_answer_says_why(content: str, reason: str) -> None:
    assert parts(content, COLUMNS) == dict.fromkeys(COLUMNS, Unusable(reason))


def test_one_bad_part_costs_no_other() -> None:
    found = parts(json.dumps({**WHOLE, "entities": {"name": "Ada"}}), COLUMNS)
    assert found["entities"] == Unusable(WRONG_SHAPE)
    assert found["summary"] == AS_READ["summary"]


def test_items_of_another_shape_are_left_out() -> None:
    items = [7, None, {"name": 3, "type": "PER"}, {"name": "Ada", "type": "KING"}, {"name": "A\x00da", "type": "PER"}]
    lines = [{"text": "No number.", "sentences": []}, {"text": "x" * 601, "sentences": [1]}, {"sentences": [1]}]
    tones = [
        {"sentence": True, "score": 1},
        {"sentence": 1, "score": -3},
        {"sentence": 1.5, "score": 1},
        {"sentence": 2, "score": "1"},
    ]
    content = json.dumps(
        {
            "entities": [*items, *WHOLE["entities"]],
            "sentiment": {
                **WHOLE["sentiment"],
                "towards": [{"name": "Ada", "negative": -1, "neutral": 1, "positive": 1}, {"name": "Ada"}],
                "sentences": tones,
            },
            "summary": {"gist": "rain", "key_points": [*lines, *WHOLE["summary"]["key_points"]]},
        }
    )
    found = parts(content, COLUMNS)
    assert found["entities"] == AS_READ["entities"]
    assert found["sentiment"] == Toned((0.2, 0.3, 0.5), (), ())
    assert found["summary"] == Summed(None, (Claim("It rained.", (1, 2)),))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from([*COLUMNS, "name", "type", "article", "text", "sentences", "key_points", "gist"]),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@given(JSON)
def test_no_json_of_any_shape_raises(value: object) -> None:
    found = parts(json.dumps(value), COLUMNS)
    assert set(found) == set(COLUMNS)
