from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transforms.reader.decode import ALLOWED, LABELS, STARTS, best_path, find_names, log_softmax
from transforms.reader.windows import Pieces

NONE, B_PER, I_PER, B_ORG, I_ORG = (LABELS.index(label) for label in ("O", "B-PER", "I-PER", "B-ORG", "I-ORG"))


def is_allowed(path: tuple[int, ...]) -> bool:
    return bool(STARTS[path[0]]) and all(ALLOWED[a, b] for a, b in pairwise(path))


@settings(max_examples=40)
@given(st.lists(st.lists(st.floats(-8, 0, width=32), min_size=9, max_size=9), min_size=1, max_size=3))
def test_the_path_is_the_best_of_all_that_are_allowed(rows: list[list[float]]) -> None:
    scores = np.array(rows, np.float32)
    path = tuple(best_path(scores).tolist())
    assert is_allowed(path)

    def total(labels: tuple[int, ...]) -> float:
        return sum(float(scores[place, label]) for place, label in enumerate(labels))

    best = max(total(labels) for labels in product(range(len(LABELS)), repeat=len(rows)) if is_allowed(labels))
    assert abs(total(path) - best) < 1e-4


def test_an_inside_label_follows_its_own_type_alone() -> None:
    assert ALLOWED[B_PER, I_PER]
    assert ALLOWED[I_PER, I_PER]
    assert not ALLOWED[NONE, I_PER]
    assert not ALLOWED[B_ORG, I_PER]
    assert ALLOWED[I_PER, B_ORG]


def test_log_probabilities_hold_with_large_scores() -> None:
    out = log_softmax(np.array([[1000.0, 0.0, -1000.0]], np.float32))
    np.testing.assert_allclose(np.exp(out).sum(axis=-1), 1)


def sure(*labels: int) -> NDArray[np.float32]:
    return np.eye(len(LABELS), dtype=np.float32)[list(labels)] * 12


def words(text: str, spans: list[tuple[int, int]], sentence: list[int], leads: list[bool] | None = None) -> Pieces:
    starts, ends = (np.array(column, np.int64) for column in zip(*spans, strict=True))
    first = np.array(leads or [True] * len(spans))
    whole = [
        max(end for (_, end), owner in zip(spans, np.cumsum(first), strict=True) if owner == own)
        for own in np.cumsum(first)
    ]
    owners = np.array(sentence, np.int64)
    assert ends.max() <= len(text)
    return Pieces(starts, starts, owners, starts, ends, first, np.array(whole, np.int64))


def test_names_are_runs_of_words_judged_by_their_first_piece() -> None:
    text = "Anna Bergström runs Acme"
    pieces = words(text, [(0, 4), (5, 9), (9, 14), (15, 19), (20, 24)], [0] * 5, [True, True, False, True, True])
    found = find_names(text, pieces, sure(B_PER, I_PER, B_ORG, NONE, B_ORG))
    assert [(text[n.start : n.end], n.type, n.first, n.last) for n in found] == [
        ("Anna Bergström", "PER", 0, 3),
        ("Acme", "ORG", 4, 5),
    ]
    assert all(0.99 < n.score <= 1 for n in found)


def test_no_name_crosses_the_end_of_a_sentence() -> None:
    text = "Anna. Berg"
    scores = sure(B_PER, I_PER)
    scores[1, B_PER] = 6  # the next best, and the best that may begin a sentence
    found = find_names(text, words(text, [(0, 4), (6, 10)], [0, 1]), scores)
    assert [text[n.start : n.end] for n in found] == ["Anna", "Berg"]


def test_neighbours_of_one_type_stay_two_names() -> None:
    text = "Anna Berta"
    found = find_names(text, words(text, [(0, 4), (5, 10)], [0, 0]), sure(B_PER, B_PER))
    assert [text[n.start : n.end] for n in found] == ["Anna", "Berta"]


def test_a_border_inside_a_word_moves_to_its_end_and_overlaps_go() -> None:
    text = "中文中 x"
    found = find_names(text, words(text, [(0, 1), (1, 2), (2, 3), (4, 5)], [0] * 4), sure(B_PER, B_ORG, NONE, NONE))
    assert [(n.start, n.end) for n in found] == [(0, 3)]


def test_no_words_no_names() -> None:
    empty = np.zeros(0, np.int64)
    pieces = Pieces(empty, empty, empty, empty, empty, empty.astype(bool), empty)
    assert find_names("", pieces, np.zeros((0, len(LABELS)), np.float32)) == []
