"""Which articles a brief shows, and in which order.

The rank of an article is a sum of parts, each stored with the story (`Story.because`):

  coverage   log2(1 + other sources of the day whose articles are on the same matter), copies included.
             Two articles are on the same matter when they share two main entities, or the only one that one of
             them has. A matter that three further papers took up earns 2.
  substance  the mean score of its key points, 0 to 1: how sure the reader is that they are the point.
  recency    2^(-age/24 h), 1 for an article as new as the day's end; half of that for an undated one, whose age is
             counted from when it became known.
  access     -0.5 where the text is only a teaser: paywalled or partial.

The choice takes the best article of every source first, in order of rank, so that the brief spreads over as many
sources as there are. What room is left goes by rank, where each article already taken from the same source, and each
taken on the same matter, lowers the rank by 0.5. Ties go by article id: the same marts give the same brief.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

REPETITION_COST = 0.5
TEASER_COST = 0.5
HALF_LIFE_HOURS = 24.0


@dataclass(frozen=True)
class Candidate:
    """One text of the day, its exact copies folded in.

    sources: of the article and of its copies. entities: ids of its main entities. substance: 0 to 1.
    """

    article_id: str
    source_id: str
    sources: frozenset[str]
    entities: frozenset[str]
    substance: float
    published_at: datetime | None
    known_at: datetime
    is_teaser: bool


@dataclass(frozen=True)
class Ranked:
    """A candidate with its rank, the rank's parts, and the other sources on the same matter."""

    candidate: Candidate
    score: float
    because: dict[str, float]
    others: frozenset[str]
    same_matter: frozenset[str]  # article ids


def rank(candidates: Sequence[Candidate], day_end: datetime) -> list[Ranked]:
    """Every candidate with its rank, best first."""
    neighbours = _neighbours(candidates)
    by_id = {candidate.article_id: candidate for candidate in candidates}
    ranked = [_ranked(candidate, neighbours[candidate.article_id], by_id, day_end) for candidate in candidates]
    return sorted(ranked, key=lambda one: (-one.score, one.candidate.article_id))


def choose(ranked: Sequence[Ranked], limit: int) -> list[Ranked]:
    """At most `limit` of them, best first, over as many sources as there are (or as `limit` allows)."""
    taken: list[Ranked] = []
    seen: set[str] = set()
    for one in ranked:
        if len(taken) < limit and one.candidate.source_id not in seen:
            taken.append(one)
            seen.add(one.candidate.source_id)
    left = {one.candidate.article_id: one for one in ranked if one not in taken}
    cost: dict[str, float] = defaultdict(float)
    for one in taken:
        _charge(one, left, cost)
    while left and len(taken) < limit:
        best = max(left.values(), key=lambda one: (one.score - cost[one.candidate.article_id], one.score))
        taken.append(left.pop(best.candidate.article_id))
        _charge(best, left, cost)
    return sorted(taken, key=lambda one: (-one.score, one.candidate.article_id))


def _charge(taken: Ranked, left: Mapping[str, Ranked], cost: dict[str, float]) -> None:
    for article_id, one in left.items():
        repeats = (one.candidate.source_id == taken.candidate.source_id) + (article_id in taken.same_matter)
        cost[article_id] += REPETITION_COST * repeats


def _ranked(
    candidate: Candidate, neighbours: frozenset[str], by_id: Mapping[str, Candidate], day_end: datetime
) -> Ranked:
    covering = candidate.sources.union(*(by_id[other].sources for other in neighbours))
    others = covering - {candidate.source_id}
    age = (day_end - (candidate.published_at or candidate.known_at)).total_seconds() / 3600
    recency = 2 ** (-max(age, 0.0) / HALF_LIFE_HOURS)
    because = {
        "coverage": math.log2(1 + len(others)),
        "substance": candidate.substance,
        "recency": recency if candidate.published_at else recency / 2,
        "access": -TEASER_COST if candidate.is_teaser else 0.0,
    }
    return Ranked(candidate, sum(because.values()), because, others, neighbours)


def _neighbours(candidates: Sequence[Candidate]) -> dict[str, frozenset[str]]:
    """For each article, those on the same matter; found through an index of entities, not by comparing all pairs."""
    holders: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for entity in candidate.entities:
            holders[entity].append(candidate)
    found: dict[str, frozenset[str]] = {}
    for candidate in candidates:
        shared: dict[str, int] = defaultdict(int)
        fewest: dict[str, int] = {}
        for entity in candidate.entities:
            for other in holders[entity]:
                shared[other.article_id] += 1
                fewest[other.article_id] = min(len(candidate.entities), len(other.entities))
        same = {other for other, count in shared.items() if count >= min(2, fewest[other])}
        found[candidate.article_id] = frozenset(same - {candidate.article_id})
    return found
