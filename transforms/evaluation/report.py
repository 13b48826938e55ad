"""The figures of several models side by side: as a Markdown table, as a JSON file and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from transforms.evaluation.figure import Figure, Measured, Reliability
from transforms.reader.training.calibration import Bin

Key = tuple[str, str, str]
SHOWN = 3  # decimals


class NoReport(ValueError):
    """The file is no report of an evaluation."""


def aligned(measured: Sequence[Measured]) -> list[tuple[Figure, list[Figure | None]]]:
    """Each figure that any model has, in the order they are met, with every model's own (None where it lacks it)."""
    order: dict[Key, Figure] = {}
    for each in measured:
        for figure in each.figures:
            order.setdefault(figure.key, figure)
    by_model = [{figure.key: figure for figure in each.figures} for each in measured]
    return [(figure, [own.get(key) for own in by_model]) for key, figure in order.items()]


def table(measured: Sequence[Measured]) -> str:
    """The figures as a Markdown table, a column a model."""
    labels = [each.label.replace("|", "/") for each in measured]
    lines = [f"| task | texts | n | measure | {' | '.join(labels)} | baseline |", "|---" * (5 + len(labels)) + "|"]
    for figure, own in aligned(measured):
        base = "" if figure.baseline is None else f"{figure.baseline:.{SHOWN}f} ({figure.against})"
        values = ["" if each is None else f"{each.value:.{SHOWN}f}" for each in own]
        cells = (figure.task, figure.data.replace("|", "/"), f"{figure.count} {figure.unit}", figure.measure, *values)
        lines.append(f"| {' | '.join((*cells, base))} |")
    return "\n".join(lines)


def as_json(measured: Sequence[Measured]) -> str:
    """Every model's figures as JSON; `read_json` takes them back."""
    return json.dumps([asdict(each) for each in measured], indent=1, ensure_ascii=False) + "\n"


def read_json(path: Path) -> list[Measured]:
    """The models of an earlier evaluation. Raises NoReport where the file is none."""
    try:
        return [
            Measured(
                row["label"],
                [Figure(**figure) for figure in row["figures"]],
                [
                    Reliability(each["task"], each["data"], tuple(Bin(**found) for found in each["bins"]))
                    for each in row["reliabilities"]
                ],
                list(row["notes"]),
            )
            for row in json.loads(path.read_text(encoding="utf-8"))
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoReport(f"{path} is no report of an evaluation: {error}") from error
