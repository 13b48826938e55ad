"""The reader's figures on the folder that it was trained on, for the recipe; `nightdesk evaluate` is the command."""

from pathlib import Path

from transforms.evaluation.evaluate import measure
from transforms.evaluation.figure import Figure
from transforms.evaluation.makers import OfReader
from transforms.evaluation.sets import held_out
from transforms.reader.reader import Reader

__all__ = ["Figure", "evaluate"]


def evaluate(data: Path, reader: Reader, part: str, seed: int, most: int = 1500) -> list[Figure]:
    """Every figure of a part of the folder, over at most `most` texts of a set, drawn by `seed`."""
    return measure(OfReader(reader.revision, reader), held_out(data, part).sampled(most, seed)).figures
