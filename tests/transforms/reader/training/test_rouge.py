import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.reader.training.rouge import greedy_oracle, rouge

TEXT = st.lists(st.sampled_from(["bank", "buys", "rival", "shares", "fall"]), max_size=8).map(" ".join)


@given(TEXT, TEXT, st.integers(1, 2))
def test_it_is_even_handed_and_between_none_and_all(one: str, two: str, size: int) -> None:
    assert rouge(one, two, size) == rouge(two, one, size)
    assert 0 <= rouge(one, two, size) <= 1


def test_worked_by_hand() -> None:
    assert rouge("the bank buys a rival", "The bank sells!", 1) == pytest.approx(2 * 2 / (5 + 3))
    assert rouge("the bank buys a rival", "The bank sells!", 2) == pytest.approx(2 * 1 / (4 + 2))
    assert rouge("bank bank bank", "bank", 1) == pytest.approx(2 / 4), "a word counts as often as it stands in both"
    assert rouge("", "bank") == 0


@settings(max_examples=30)
@given(st.lists(TEXT, max_size=4), TEXT)
def test_each_sentence_of_the_extract_adds_something(sentences: list[str], wanted: str) -> None:
    chosen = greedy_oracle(sentences, wanted)
    assert chosen == sorted(set(chosen))
    assert len(chosen) <= 3

    def worth(places: tuple[int, ...]) -> float:
        text = [sentences[place] for place in places]
        ours = [[gram for t in text for gram in grams_of(t, n)] for n in (1, 2)]
        theirs = [grams_of(wanted, n) for n in (1, 2)]
        return sum(overlap(a, b) for a, b in zip(ours, theirs, strict=True))

    singles = [worth((place,)) for place in range(len(sentences))]
    if max(singles, default=0) > 0:
        assert chosen
        assert worth(tuple(chosen)) >= max(singles) - 1e-9
    else:
        assert not chosen


def grams_of(text: str, size: int) -> list[tuple[str, ...]]:
    words = text.split()
    return [tuple(words[place : place + size]) for place in range(len(words) - size + 1)]


def overlap(ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]) -> float:
    shared = sum(min(ours.count(gram), theirs.count(gram)) for gram in set(ours))
    return 2 * shared / (len(ours) + len(theirs)) if shared else 0.0


def test_the_extract_takes_what_the_summary_says() -> None:
    sentences = ["Rain fell.", "The bank buys its rival.", "It was Monday.", "Unions fear for jobs."]
    assert greedy_oracle(sentences, "Bank buys rival; unions fear job losses.") == [1, 3]
