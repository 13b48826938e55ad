"""Sentences of our own with names that mean several things, and what each name means there.

`linking_cases.tsv` holds them, sentences with " / " between. Mentions are marked as in `written.py`, with the types and
scores a reader might give, its mistakes among them: the links are judged, not the reader.
`python -m tests.benchmarks.bench_linking` prints the figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.transforms.written import write
from transforms.entities import rows
from transforms.reader.reading import Document

FILE = Path(__file__).with_suffix(".tsv")


@dataclass(frozen=True)
class Case:
    """sentences: the text. name: the form asked about. means: "EXCHANGE:TICKER", a country's code, or None (-)."""

    sentences: tuple[str, ...]
    name: str
    means: str | None


def cases(part: str | None = None) -> list[Case]:
    """The labelled cases: those the rules were made with (seen), those written afterwards (fresh), or all."""
    rows = (line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:])
    return [
        Case(tuple(text.split(" / ")), name, None if means == "-" else means)
        for written, means, name, text in rows
        if part in (None, written)
    ]


@dataclass(frozen=True)
class Figures:
    """made: links made. right: those that are right. wanted: links that should be made. wrong: the cases missed."""

    made: int
    right: int
    wanted: int
    wrong: tuple[tuple[Case, str | None], ...]

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def judged(cases: list[Case], read: Callable[[Document], list[dict[str, Any]]] | None = None) -> Figures:
    """The figures over the cases. read: gives the rows of a plain text; without it the marked mentions are taken."""
    made = right = wanted = 0
    wrong = []
    for case in cases:
        written = write(*case.sentences)
        entities = read(written.document) if read else rows(written.document, written.reading, None)
        said = linked_to(case.name, entities)
        made += said is not None
        wanted += case.means is not None
        right += said is not None and said == case.means
        if said != case.means:
            wrong.append((case, said))
    return Figures(made, right, wanted, tuple(wrong))


def linked_to(name: str, entities: list[dict[str, Any]]) -> str | None:
    """What the entity with a mention of that form is linked to, as `Case.means` writes it."""
    for entity in entities:
        if any(mention["text"] == name for mention in entity["mentions"]):
            if entity["linked_kind"] == "company":
                return f"{entity['exchange']}:{entity['ticker']}"
            return str(entity["country"]) if entity["linked_kind"] else None
    return None
