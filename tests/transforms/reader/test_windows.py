from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reader.reader import Reader
from transforms.reader.reading import Span
from transforms.reader.windows import (
    DIGITS,
    INITIAL,
    LEAD,
    LOWER,
    MIXED,
    SEPARATOR,
    SIGN,
    TITLE,
    UPPER,
    Pieces,
    casing_of,
    cut_pieces,
    pack_windows,
)


def pieces_of(sentences: list[list[int]]) -> Pieces:
    """Pieces of sentences given as the piece counts of their words, a character a piece."""
    leads = [place == 0 for words in sentences for count in words for place in range(count)]
    owners = np.repeat(np.arange(len(sentences)), [sum(words) for words in sentences]).astype(np.int64)
    number = np.arange(len(leads), dtype=np.int64)
    return Pieces(number + 1000, np.ones_like(number), owners, number, number + 1, np.array(leads, bool), number + 1)


@given(
    sentences=st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=12), max_size=12),
    size=st.integers(3, 40),
    context=st.integers(0, 20),
)
def test_every_piece_is_told_of_by_one_window_in_order(sentences: list[list[int]], size: int, context: int) -> None:
    pieces = pieces_of(sentences)
    windows = pack_windows(pieces, size, context)
    assert [place for w in windows for place in w.source[w.source >= 0].tolist()] == list(range(len(pieces)))
    told = 0
    for window in windows:
        held = window.source >= 0
        assert len(window.ids) == len(window.casing) == len(window.source) <= size
        assert (window.ids[held] == pieces.ids[window.source[held]]).all()
        assert window.ids[0] == LEAD
        assert window.ids[-1] == SEPARATOR
        again = window.ids[~held & ~np.isin(window.ids, (LEAD, SEPARATOR))]
        assert len(again) <= context
        assert (again == pieces.ids[told - len(again) : told]).all(), "context is what stands before"
        told += int(held.sum())
        owners = pieces.sentence[window.source[held]]
        marks = (window.ids == SEPARATOR).sum()
        assert marks == len(np.unique(owners)) + (len(again) > 0)


def test_the_last_sentence_is_read_again_where_it_is_short_enough() -> None:
    pieces = pieces_of([[4], [3], [3], [9]])
    assert [w.source.tolist() for w in pack_windows(pieces, 12, 3)] == [
        [-1, 0, 1, 2, 3, -1, 4, 5, 6, -1],
        [-1, -1, -1, -1, -1, 7, 8, 9, -1],
        [-1, *range(10, 19), -1],
    ]
    assert [w.source.tolist() for w in pack_windows(pieces, 12, 2)][1] == [-1, 7, 8, 9, -1]


@given(sentences=st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), max_size=12))
def test_a_sentence_that_fits_is_never_cut(sentences: list[list[int]]) -> None:
    pieces = pieces_of(sentences)
    windows = pack_windows(pieces, 32)
    homes = [set(pieces.sentence[w.source[w.source >= 0]].tolist()) for w in windows]
    assert not any(a & b for a, b in pairwise(homes))


def test_a_sentence_longer_than_a_window_is_cut_between_words() -> None:
    windows = pack_windows(pieces_of([[3, 3, 3]]), 9)
    assert [w.source[w.source >= 0].tolist() for w in windows] == [[0, 1, 2, 3, 4, 5], [6, 7, 8]]


def test_a_word_longer_than_a_window_is_cut_all_the_same() -> None:
    windows = pack_windows(pieces_of([[20]]), 10)
    assert [len(w.ids) for w in windows] == [10, 10, 6]


def test_a_window_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        pack_windows(pieces_of([[1]]), 2)


@given(st.text(max_size=80))
def test_pieces_point_into_their_sentence(reader: Reader, text: str) -> None:
    half = len(text) // 2
    spans = [Span(0, half), Span(half, len(text))]
    pieces = cut_pieces(text, spans, reader.tokenizer)
    for place, owner in enumerate(pieces.sentence.tolist()):
        span = spans[owner]
        assert span.start <= pieces.starts[place] <= pieces.ends[place] <= pieces.word_ends[place] <= span.end
    assert (np.diff(pieces.sentence) >= 0).all()
    firsts = np.searchsorted(pieces.sentence, np.unique(pieces.sentence))
    assert pieces.leads[firsts].all()


@pytest.mark.parametrize(
    ("word", "casing"),
    [
        ("bank", LOWER),
        ("Bank", TITLE),
        ("NATO", UPPER),
        ("A", INITIAL),
        ("eBay", MIXED),
        ("McDonald", MIXED),
        ("B2B", DIGITS),
        ("2026", DIGITS),
        ("—", SIGN),
        ("😀", SIGN),
        ("Éa", TITLE),
        ("中文", LOWER),
    ],
)
def test_how_a_word_is_written(word: str, casing: int) -> None:
    assert casing_of(word) == casing
