"""One measured number, and how surely a model said what it said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.reader.training.calibration import Bin


@dataclass(frozen=True)
class Figure:
    """One measured number. unit: what `count` counts. baseline: what the way that `against` names gets."""

    task: str
    data: str
    count: int
    unit: str
    measure: str
    value: float
    baseline: float | None = None
    against: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same figure of another model."""
        return self.task, self.data, self.measure


@dataclass(frozen=True)
class Reliability:
    """Of one task and set: how often what was said with a probability was right, by tenths of the probability."""

    task: str
    data: str
    bins: tuple[Bin, ...]


@dataclass
class Measured:
    """Everything measured of one model. label: how the model is called in tables."""

    label: str
    figures: list[Figure] = field(default_factory=list)
    reliabilities: list[Reliability] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, found: Iterator["Figure | Reliability"] | Sequence["Figure | Reliability"]) -> None:
        """Take figures and reliabilities in, in their order."""
        for each in found:
            if isinstance(each, Figure):
                self.figures.append(each)
            else:
                self.reliabilities.append(each)
