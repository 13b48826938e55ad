import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reader.heads import softmax
from transforms.reader.reader import Reader
from transforms.reader.reading import Document, Span
from transforms.reader.training.calibration import (
    Judgements,
    calibration_error,
    cooled,
    judge,
    reliability,
    temperature,
)
from transforms.reader.training.labelled import Labelled, Target

RNG = np.random.default_rng(3)


def judged(heat: float, count: int = 4000) -> Judgements:
    """Scores `heat` times those that the labels were drawn by."""
    logits = RNG.normal(scale=2, size=(count, 3)).astype(np.float32)
    drawn = (softmax(logits).cumsum(axis=1) > RNG.random((count, 1))).argmax(axis=1)
    return Judgements((logits * heat).astype(np.float32), drawn.astype(np.int64))


@pytest.mark.parametrize("heat", [0.5, 1.0, 2.5])
def test_the_temperature_is_what_the_scores_were_heated_by(heat: float) -> None:
    found = judged(heat)
    assert temperature(found) == pytest.approx(heat, rel=0.1)
    after = Judgements(found.logits / np.float32(temperature(found)), found.wanted)
    assert calibration_error(reliability(after)) < 0.03
    assert (after.logits.argmax(axis=1) == found.logits.argmax(axis=1)).all()


def test_the_error_worked_by_hand() -> None:
    sure, even = np.log([0.9, 0.05, 0.05]), np.log([0.5, 0.25, 0.25])
    found = Judgements(np.array([sure, sure, even, even], np.float32), np.array([0, 1, 0, 0]))
    low, high = reliability(found)
    assert [(each.count, each.right) for each in (low, high)] == [(2, 1), (2, 0.5)]
    assert [low.stated, high.stated] == pytest.approx([0.5, 0.9])
    assert calibration_error([low, high]) == pytest.approx(0.5 * 0.5 + 0.5 * 0.4)


@given(st.floats(0.3, 4), st.floats(0.3, 4))
def test_each_head_gets_its_own_temperature_and_nothing_else_changes(one: float, two: float) -> None:
    heads = {f"{name}.{part}": np.ones(3, np.float32) for name in "ab" for part in ("0.weight", "2.weight", "2.bias")}
    changed = cooled(heads, {"a": one, "b": two})
    assert changed.keys() == {"a.2.weight", "a.2.bias", "b.2.weight", "b.2.bias"}
    assert changed["a.2.bias"] == pytest.approx(1 / one)
    assert changed["b.2.weight"] == pytest.approx(1 / two)


def test_a_target_is_judged_as_a_mention_at_its_place_is_read(reader: Reader) -> None:
    text = "Shares in Siemens soared after record profits. Rain fell."
    spans = (Span(0, 46), Span(47, 57))
    item = Labelled(text, spans, targets=(Target(10, 17, 2),), sentiments=(2, None))
    aimed, toned = judge(reader, [item, Labelled(text, spans)])
    (reading,) = reader.read([Document(text, spans)])
    (mention,) = reading.mentions
    assert (mention.start, mention.end) == (10, 17)
    assert softmax(aimed.logits)[0] == pytest.approx(mention.sentiment, abs=1e-5)
    assert softmax(toned.logits)[0] == pytest.approx(reading.sentence_sentiment[0], abs=1e-5)
    assert aimed.wanted.tolist() == toned.wanted.tolist() == [2], "only where people said something"


def test_nothing_to_judge_is_no_failure(reader: Reader) -> None:
    aimed, toned = judge(reader, [Labelled("Rain fell.", (Span(0, 10),))])
    assert len(aimed.wanted) == len(toned.wanted) == 0
