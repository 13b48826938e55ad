import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reader.heads import (
    PLACE_FEATURES,
    Layers,
    heads_from,
    place_features,
    product,
    salience_inputs,
    segment_means,
    softmax,
    unit,
)


def test_a_head_is_two_layers_with_relu_between() -> None:
    layers = Layers(
        np.array([[1, 0], [0, -1]], np.float32),
        np.array([0, 1], np.float32),
        np.array([[2, 3]], np.float32),
        np.array([0.5], np.float32),
    )
    assert layers(np.array([[1, 3], [-4, 0]], np.float32)).tolist() == [[2.5], [3.5]]


def test_a_missing_array_is_named() -> None:
    with pytest.raises(KeyError, match="sentence_sentiment"):
        heads_from({})


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_means_of_each_segment_and_zeros_for_none(sizes: list[int]) -> None:
    owner = np.repeat(np.arange(len(sizes)), sizes).astype(np.int64)
    hidden = np.random.default_rng(3).normal(size=(len(owner), 5)).astype(np.float32)
    means = segment_means(hidden, owner, len(sizes))
    for place in range(len(sizes)):
        rows = hidden[owner == place]
        np.testing.assert_allclose(means[place], rows.mean(axis=0) if len(rows) else np.zeros(5), atol=1e-6)


def test_zero_rows_have_no_direction_and_others_length_one() -> None:
    assert unit(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]


def test_probabilities_hold_with_large_scores() -> None:
    assert softmax(np.array([[1000.0, 0.0]], np.float32)).tolist() == [[1, 0]]


@given(st.lists(st.integers(0, 300), max_size=50))
def test_places_are_finite_and_of_one_width(lengths: list[int]) -> None:
    places = place_features(np.array(lengths, np.int64))
    assert places.shape == (len(lengths), PLACE_FEATURES)
    assert np.isfinite(places).all()


def test_the_first_three_sentences_are_told_apart() -> None:
    assert place_features(np.array([5, 5, 5, 5]))[:, 3:6].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]]


def test_salience_reads_sentence_document_and_place() -> None:
    means = np.array([[1, 3], [3, 5]], np.float32)
    inputs = salience_inputs(means, np.array([2, 2]))
    assert inputs.shape == (2, 4 + PLACE_FEATURES)
    assert inputs[:, :4].tolist() == [[1, 3, 2, 4], [3, 5, 2, 4]]
    assert salience_inputs(means[:0], np.zeros(0, np.int64)).shape == (0, 4 + PLACE_FEATURES)


def test_a_row_of_a_product_is_the_same_whatever_else_is_multiplied() -> None:
    chance = np.random.default_rng(5)
    rows, weight = (chance.normal(size=size).astype(np.float32) for size in ((40, 384), (64, 384)))
    whole = product(rows, weight)
    np.testing.assert_allclose(whole, rows @ weight.T, rtol=1e-4, atol=1e-4)
    for first, last in ((0, 1), (3, 20), (39, 40)):
        np.testing.assert_array_equal(product(rows[first:last], weight), whole[first:last])
