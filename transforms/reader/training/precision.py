"""What int8 costs: the same figures of the trained model in float32 and as it is shipped, side by side.

`python -m transforms.reader.training.precision --data DIR --model OUT/model.pt --folder WEIGHTS --cache FILE`

The float32 model gets the same fits after its export as the shipped one. Prints a Markdown table; the loss is in
points, hundredths of a figure.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from transforms.reader.reader import WEIGHTS, load_reader
from transforms.reader.training.evaluate import Figure, evaluate
from transforms.reader.training.export import export
from transforms.reader.training.fits import fit
from transforms.reader.training.heldout import PARTS

NO_LOSS = ("calibration error", "words shown")  # less is not worse


def losses(whole: Sequence[Figure], small: Sequence[Figure]) -> Iterator[tuple[Figure, float, float]]:
    """Each figure in float32, its value in int8, and what is lost, in points."""
    for one, other in zip(whole, small, strict=True):
        if (one.task, one.data, one.measure) != (other.task, other.data, other.measure):
            raise ValueError(f"{one.data} {one.measure} stands beside {other.data} {other.measure}")
        if one.measure not in NO_LOSS:
            yield one, other.value, 100 * (one.value - other.value)


def table(whole: Sequence[Figure], small: Sequence[Figure]) -> str:
    """The losses as a Markdown table."""
    lines = ["| task | texts | measure | float32 | int8 | points lost |", "|---|---|---|---|---|---|"]
    for figure, value, lost in losses(whole, small):
        cells = (figure.task, figure.data, figure.measure, f"{figure.value:.3f}", f"{value:.3f}", f"{lost:+.1f}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def compare(data: Path, model: Path, folder: Path, cache: Path, part: str, seed: int) -> str:
    """Export the model in float32, fit it, and measure both."""
    with tempfile.TemporaryDirectory() as scratch:
        export(model, Path(scratch), is_quantized=False)
        fit(data, Path(scratch), cache, seed)
        whole = evaluate(data, load_reader(folder=Path(scratch)), part, seed)
    return table(whole, evaluate(data, load_reader(folder=folder), part, seed))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    parser.add_argument("--cache", type=Path, required=True, help="where the teacher's vectors are kept")
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--seed", type=int, default=13)
    given = parser.parse_args()
    print(compare(given.data, given.model, given.folder, given.cache, given.part, given.seed))  # noqa: T201 - a command
