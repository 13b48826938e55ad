"""The labelled sentences of cases.txt, what the rules find in them, and how far the two agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.transforms.written import write
from transforms.figures.column import rows

FILE = Path(__file__).with_name("cases.txt")


@dataclass(frozen=True)
class Labelled:
    """A figure as it should be found. measured: value with unit and currency, as one string."""

    text: str
    kind: str
    measured: str
    direction: str
    owner: str


@dataclass(frozen=True)
class Case:
    """Some sentences in one language with their figures, in order."""

    language: str
    sentences: tuple[str, ...]
    expected: tuple[Labelled, ...]


@dataclass(frozen=True)
class Agreement:
    """expected, found, exact: figures; exact ones have text, kind, value, unit and currency right. directions and
    owners: of the exact ones, those with the right one. owned: exact ones with an owner expected or given."""

    expected: int
    found: int
    exact: int
    directions: int
    owners: int
    owned: int
    owned_right: int
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.exact / self.found

    @property
    def recall(self) -> float:
        return self.exact / self.expected


def cases() -> list[Case]:
    """The cases of the file, in order."""
    found: list[Case] = []
    for line in FILE.read_text("utf-8").splitlines():
        if line[:3] in ("en>", "de>"):
            found.append(Case(line[:2], tuple(part.strip() for part in line[3:].split(" / ")), ()))
        elif line and not line.startswith("#"):
            text, kind, measured, direction, owner = (part.strip() for part in line.split("|"))
            labelled = Labelled(text, kind, measured, direction, owner)
            found[-1] = Case(found[-1].language, found[-1].sentences, (*found[-1].expected, labelled))
    return found


def read(*sentences: str, language: str = "en") -> list[dict[str, Any]]:
    """The figures of sentences with marked mentions, each name an entity of its own."""
    made = write(*sentences)
    text = made.document.text
    entities: dict[str, dict[str, Any]] = {}
    for each in made.reading.mentions:
        name = text[each.start : each.end]
        entity = entities.setdefault(name, {"entity_id": name, "name": name, "type": each.type, "mentions": []})
        entity["mentions"].append({"start": each.start, "end": each.end})
    return rows(text, [(span.start, span.end) for span in made.document.sentences], list(entities.values()), language)


def labelled(row: dict[str, Any]) -> Labelled:
    """A row of the column in the words of the file."""
    measured = " ".join(
        part for part in (f"{row['value']:.6f}".rstrip("0").rstrip("."), row["unit"], row["currency"]) if part
    )
    owner = row["owner"] if row["entity_id"] else f'"{row["owner"]}"' if row["owner"] else "-"
    return Labelled(row["text"], row["kind"], measured, row["direction"] or "-", owner)


def agreement() -> Agreement:
    """How far the rules agree with the labels, over all cases."""
    every = [(case, [labelled(row) for row in read(*case.sentences, language=case.language)]) for case in cases()]
    pairs = [pair for case, found in every for pair in _pairs(case.expected, found)]
    owned = [(one, other) for one, other in pairs if one.owner != "-" or other.owner != "-"]
    return Agreement(
        expected=sum(len(case.expected) for case, _ in every),
        found=sum(len(found) for _, found in every),
        exact=len(pairs),
        directions=sum(one.direction == other.direction for one, other in pairs),
        owners=sum(one.owner == other.owner for one, other in pairs),
        owned=len(owned),
        owned_right=sum(one.owner == other.owner for one, other in owned),
        wrong=tuple(line for case, found in every for line in _differences(case, found)),
    )


def _pairs(expected: tuple[Labelled, ...], found: list[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    left = list(found)
    for one in expected:
        same = next((other for other in left if _core(other) == _core(one)), None)
        if same:
            left.remove(same)
            yield one, same


def _core(each: Labelled) -> tuple[str, str, str]:
    return each.text, each.kind, each.measured


def _differences(case: Case, found: list[Labelled]) -> Iterator[str]:
    told = " / ".join(case.sentences)
    yield from (f"{told}\n    wanted {one}" for one in case.expected if one not in found)
    yield from (f"{told}\n    found  {one}" for one in found if one not in case.expected)
