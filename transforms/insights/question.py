"""What a question is before its answer is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.insights.facets import Need

Entity = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """A question before its answer is looked for.

    place: the sentence that calls for it. told: what of that sentence the question repeats, as [start, end); only the
    rest may answer. only: the sentences that may answer, where not all may; empty: none of this article. is_later: only
    later news can answer. worth: 0 to 1, how much a reader would want it. is_open: whether it is worth asking without
    an answer here.
    """

    text: str
    facet: str
    need: Need
    place: int
    worth: float
    entities: tuple[Entity, ...] = ()
    told: tuple[int, int] | None = None
    only: frozenset[int] | None = None
    is_later: bool = False
    is_open: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to search for: one sentence may answer, or none of this article."""
        return self.is_later or (self.only is not None and len(self.only) <= 1)
