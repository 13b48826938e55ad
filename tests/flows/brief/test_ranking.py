"""Which articles a brief shows: many sources first, then what counts, and other matters before more of the same."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.brief.ranking import Candidate, choose, rank

END = datetime(2026, 3, 5, tzinfo=UTC)


def candidate(
    name: str, source: str = "", entities: str = "", *, copies: str = "", substance: float = 0.5,
    age: float | None = 0.0, teaser: bool = False,
) -> Candidate:  # fmt: skip
    own = source or name
    published = None if age is None else END - timedelta(hours=age)
    return Candidate(
        name, own, frozenset({own, *copies.split()}), frozenset(entities.split()), substance, published, END, teaser
    )


def because(*candidates: Candidate) -> dict[str, dict[str, float]]:
    return {one.candidate.article_id: one.because for one in rank(candidates, END)}


def order(*candidates: Candidate, limit: int = 40) -> list[str]:
    return [one.candidate.article_id for one in choose(rank(candidates, END), limit)]


def test_coverage_counts_other_sources_on_the_same_matter() -> None:
    parts = because(
        candidate("a", entities="x y"),
        candidate("b", entities="x y z"),
        candidate("c", entities="y x", copies="d e"),
        candidate("lone", entities="x q"),  # one name in common of two is not the same matter
    )
    assert parts["a"]["coverage"] == math.log2(1 + 4)  # b, c, and c's copies d and e
    assert parts["c"]["coverage"] == math.log2(1 + 4)
    assert parts["lone"]["coverage"] == 0.0


def test_the_only_name_of_an_article_is_enough() -> None:
    parts = because(candidate("a", entities="x"), candidate("b", entities="x y z"), candidate("c"), candidate("d"))
    assert parts["a"]["coverage"] == parts["b"]["coverage"] == 1.0
    assert parts["c"]["coverage"] == parts["d"]["coverage"] == 0.0  # two without names have nothing in common


def test_a_paper_does_not_cover_itself() -> None:
    parts = because(candidate("a", "courier", "x"), candidate("b", "courier", "x"))
    assert parts["a"]["coverage"] == parts["b"]["coverage"] == 0.0


@pytest.mark.parametrize(("age", "expected"), [(0, 1.0), (24, 0.5), (48, 0.25), (-100, 1.0), (None, 0.5)])
def test_recency_halves_in_a_day_and_the_future_earns_nothing_more(age: float | None, expected: float) -> None:
    assert because(candidate("a", age=age))["a"]["recency"] == pytest.approx(expected)


def test_the_rank_is_the_sum_of_its_parts_and_a_teaser_pays() -> None:
    (full,) = rank([candidate("a", substance=0.7)], END)
    (teaser,) = rank([candidate("a", substance=0.7, teaser=True)], END)
    assert full.score == pytest.approx(sum(full.because.values())) == pytest.approx(1.7)
    assert teaser.score == pytest.approx(full.score - 0.5)


def test_every_source_comes_before_a_second_article_of_any() -> None:
    strong = [candidate(f"a{n}", "big", substance=0.9) for n in range(5)]
    weak = [candidate("z1", "small", substance=0.1, age=90), candidate("z2", "tiny", substance=0.0, age=90)]
    assert set(order(*strong, *weak, limit=3)) == {"a0", "z1", "z2"}
    assert set(order(*strong, *weak, limit=4)) == {"a0", "a1", "z1", "z2"}


def test_room_left_goes_to_other_matters_first() -> None:
    taken = candidate("a", "one", "x y", substance=0.9)
    again = candidate("b", "one", "x y", substance=0.8)  # same source, same matter: one point less
    other = candidate("c", "one", "p q", substance=0.4)  # same source only: half a point less
    assert order(taken, again, other, limit=2) == ["a", "c"]
    assert order(taken, again, other, limit=3) == ["a", "b", "c"]  # shown in order of rank


def test_ties_go_by_id() -> None:
    assert order(candidate("c"), candidate("a"), candidate("b")) == ["a", "b", "c"]
    assert order(candidate("c", "s"), candidate("a", "s"), candidate("b", "s"), limit=2) == ["a", "b"]


CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.text("abcdefgh", min_size=1, max_size=4),
        st.sampled_from(["s1", "s2", "s3", "s4"]),
        st.sampled_from(["", "x", "x y", "y z", "x y z"]),
        substance=st.floats(0, 1),
        age=st.none() | st.floats(-10, 100),
        teaser=st.booleans(),
    ),
    max_size=14,
    unique_by=lambda one: one.article_id,
)


@settings(deadline=None)
@given(CANDIDATES, st.integers(0, 16), st.randoms(use_true_random=False))
def test_any_choice_is_full_spread_sorted_and_the_same_in_any_order(
    candidates: list[Candidate], limit: int, chance: Random
) -> None:
    ranked = rank(candidates, END)
    chosen = choose(ranked, limit)
    assert len(chosen) == len({one.candidate.article_id for one in chosen}) == min(limit, len(candidates))
    assert len({one.candidate.source_id for one in chosen}) == min(limit, len({c.source_id for c in candidates}))
    assert [one.score for one in chosen] == sorted((one.score for one in chosen), reverse=True)
    assert all(math.isfinite(one.score) for one in chosen)
    shuffled = candidates[:]
    chance.shuffle(shuffled)
    assert choose(rank(shuffled, END), limit) == chosen
