import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.evaluation.measures import (
    accuracy,
    auc,
    average_precision,
    commonest,
    macro_f1,
    names_f1,
)


def test_names_must_match_in_borders_and_type() -> None:
    wanted = [{(0, 4, "PER"), (9, 13, "ORG")}, {(0, 3, "ORG")}]
    found = [{(0, 4, "PER"), (9, 13, "LOC")}, set()]
    assert names_f1(found, wanted) == {
        "all": pytest.approx(2 / 5),
        "borders": pytest.approx(4 / 5),
        "ORG": 0,
        "PER": 1,
    }


def test_a_name_counts_in_its_own_text_alone() -> None:
    assert names_f1([set(), {(0, 4, "PER")}], [{(0, 4, "PER")}, set()])["all"] == 0


def test_labels_worked_by_hand() -> None:
    wanted, found = [0, 0, 1, 2], [0, 1, 1, 1]
    assert accuracy(found, wanted) == 0.5
    assert macro_f1(found, wanted) == pytest.approx((2 / 3 + 2 / 4 + 0) / 3)
    assert commonest(wanted) == [0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12))
def test_the_chance_to_rank_right_by_counting_pairs(rows: list[tuple[int, bool]]) -> None:
    scores, wanted = np.array([row[0] for row in rows], float), np.array([row[1] for row in rows], bool)
    pairs = [(a > b) + (a == b) / 2 for a in scores[wanted] for b in scores[~wanted]]
    found = auc(scores, wanted)
    assert found == pytest.approx(sum(pairs) / len(pairs)) if pairs else math.isnan(found)


def test_average_precision_worked_by_hand() -> None:
    wanted = np.array([True, False, True, False])
    assert average_precision(np.array([4.0, 3, 2, 1]), wanted) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.array([1.0, 2, 3, 4]), wanted) == pytest.approx((1 / 2 + 2 / 4) / 2)
    assert math.isnan(average_precision(np.zeros(2), np.zeros(2, bool)))
