"""What a new version or another backend changes in a column: things that flipped, came and went, row by row."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

SAME_DIRECTION = 0.95  # cosine
Row = Mapping[str, Any]
Things = dict[
    str, dict[Any, Any]
]  # what: {which: value}; a thing of the same which has flipped where its value differs


@dataclass
class Tally:
    """compared: things of either side. changed: those that flipped, came or went."""

    compared: int = 0
    flipped: int = 0
    added: int = 0
    lost: int = 0

    @property
    def changed(self) -> int:
        return self.flipped + self.added + self.lost

    @property
    def changed_share(self) -> float:
        """Of what either side has, 0 to 1."""
        return self.changed / self.compared if self.compared else 0.0

    @property
    def flipped_share(self) -> float:
        """Of what both sides have, 0 to 1."""
        both = self.compared - self.added - self.lost
        return self.flipped / both if both else 0.0


@dataclass(frozen=True)
class Direction:
    """A vector; two are the same where they point nearly the same way."""

    values: tuple[float, ...]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Direction) or len(self.values) != len(other.values):
            return False
        ours, theirs = np.array(self.values), np.array(other.values)
        lengths = float(np.linalg.norm(ours) * np.linalg.norm(theirs))
        return lengths == 0 or float(ours @ theirs) / lengths >= SAME_DIRECTION

    def __hash__(self) -> int:
        return len(self.values)


@dataclass
class Flips:
    """Tallies by (what, "all" or "source" or "entity", which). moves: what flipped from which value to which."""

    rows: int = 0
    tallies: dict[tuple[str, str, str], Tally] = field(default_factory=dict)
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, column: str, old: Row, new: Row, source: str, names: Mapping[str, str]) -> None:
        """Take in one article's row on both sides. names: of its entities, by entity_id."""
        self.rows += 1
        before, after = things_of(column, old), things_of(column, new)
        for what in before.keys() | after.keys():
            for which, tally in differences(before.get(what, {}), after.get(what, {})):
                for place in (("all", ""), ("source", source), *_entity(which, names)):
                    total = self.tallies.setdefault((what, *place), Tally())
                    for name in ("compared", "flipped", "added", "lost"):
                        setattr(total, name, getattr(total, name) + getattr(tally, name))
                if tally.flipped and what.endswith("label"):
                    self.moves[what, str(before[what][which]), str(after[what][which])] += 1


def differences(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[tuple[Any, Tally]]:
    """Each thing of either side with what became of it."""
    for which in before.keys() | after.keys():
        gone, came = which not in after, which not in before
        flipped = not gone and not came and before[which] != after[which]
        yield which, Tally(1, int(flipped), int(came), int(gone))


def _entity(which: Any, names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("entity", names[which])] if isinstance(which, str) and which in names else []


def things_of(column: str, row: Row) -> Things:
    """What there is to compare in one row; of a column that is not known here, each field as a whole."""
    return _KNOWN[column](row) if column in _KNOWN else {name: {0: value} for name, value in row.items()}


def _sentiment(row: Row) -> Things:
    return {
        "article label": {0: row["label"]},
        "sentence label": {(each["start"], each["end"]): each["label"] for each in row["sentences"]},
        "name label": {each["entity_id"]: each["label"] for each in row["entities"]},
    }


def _entities(row: Row) -> Things:
    entities = row["entities"]
    return {
        "entity": {each["entity_id"]: each["type"] for each in entities},
        "link": {each["entity_id"]: each["linked_id"] for each in entities if each["linked_id"]},
        "relevance label": {each["entity_id"]: each["relevance"] for each in entities},
        "mention": {(m["start"], m["end"]): each["type"] for each in entities for m in each["mentions"]},
    }


def _summary(row: Row) -> Things:
    return {
        "key point": {(each["start"], each["end"]): each["text"] for each in row["key_points"]},
        "gist": {0: row["gist"]["text"] if row["gist"] else None},
    }


def _figures(row: Row) -> Things:
    return {
        "figure": {
            (each["start"], each["end"]): tuple(each[name] for name in ("kind", "value", "unit", "currency"))
            for each in row["figures"]
        }
    }


def _insights(row: Row) -> Things:
    answers = {each["question_id"]: each["answer"] for each in row["questions"]}
    return {"question": {key: answer["text"] if answer else None for key, answer in answers.items()}}


def _embedding(row: Row) -> Things:
    return {"vector": {0: Direction(tuple(row["vector"]))}}


_KNOWN: dict[str, Callable[[Row], Things]] = {
    "sentiment": _sentiment,
    "entities": _entities,
    "summary": _summary,
    "figures": _figures,
    "insights": _insights,
    "embedding": _embedding,
}
