"""The labelled texts of a folder or a file, by what they can measure.

A folder laid out as the one that the reader was trained on gives the parts that training left alone, under the names of
the model card. Of any other path each file is recognised by its form and measured whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from transforms.evaluation.recognise import Checked, checked_row, read_lines, recognise
from transforms.reader.training.articles import Article
from transforms.reader.training.heldout import aimed, named, sample, summarised, toned
from transforms.reader.training.labelled import Labelled

Item = TypeVar("Item")
EVERYTHING = 10**9
TRAINED_ON = ("ner/conllpp/data/conllpp_train.txt", "sentiment/newsmtsc/train.jsonl")
QAGS = {"QAGS CNN/DM": "mturk_cnndm.jsonl", "QAGS XSum": "mturk_xsum.jsonl"}


class NothingToMeasure(ValueError):
    """The path holds no labelled data in a form we know, or there is nothing there."""


@dataclass
class Sets:
    """Labelled data by task, each a dictionary by the set's name. skipped: files that are in none of the forms."""

    names: dict[str, list[Labelled]] = field(default_factory=dict)
    towards: dict[str, list[Labelled]] = field(default_factory=dict)
    tones: dict[str, list[Labelled]] = field(default_factory=dict)
    summaries: dict[str, list[Article]] = field(default_factory=dict)
    checked: dict[str, list[Checked]] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    def sampled(self, most: int, seed: int) -> "Sets":
        """The same with at most `most` texts of each set, drawn by `seed`."""

        def some(found: dict[str, list[Item]]) -> dict[str, list[Item]]:
            return {name: sample(items, most, seed) for name, items in found.items()}

        return Sets(
            some(self.names), some(self.towards), some(self.tones), some(self.summaries), some(self.checked),
            self.skipped,
        )  # fmt: skip


def sets_of(path: Path, part: str = "test") -> Sets:
    """The sets at `path`. part: "test", or "validation" for what decisions are taken on; the training layout has both.

    Raises NothingToMeasure where there is none.
    """
    if not path.exists():
        raise NothingToMeasure(f"{path} is not there")
    if all((path / name).is_file() for name in TRAINED_ON):
        return held_out(path, part)
    found = Sets()
    for file in sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]:
        name = file.relative_to(path).as_posix() if file != path else file.name
        recognised = recognise(file)
        if recognised is None:
            found.skipped.append(name)
            continue
        kept: dict[str, list[Any]] = getattr(found, recognised.kind)
        kept[name] = list(recognised.items)
        if recognised.kind == "towards":
            found.tones |= {name: agreeing} if (agreeing := _agreeing(recognised.items)) else {}
    if not (found.names or found.towards or found.tones or found.summaries or found.checked):
        raise NothingToMeasure(f"{path} holds no labelled data in a form that is known")
    return found


def held_out(folder: Path, part: str) -> Sets:
    """What training left alone of the folder that the reader was trained on."""
    judged = {name: folder / "summaries/qags" / file for name, file in QAGS.items()} if part == "test" else {}
    return Sets(
        names=named(folder, part),
        towards=aimed(folder, part),
        tones=toned(folder, part),
        summaries=summarised(folder, part, EVERYTHING, 0),
        checked={
            name: [each for row in read_lines(path) for each in checked_row(row)]
            for name, path in judged.items()
            if path.is_file()
        },
    )


def _agreeing(items: Sequence[Labelled]) -> list[Labelled]:
    """Sentences whose targets share a label: then it is weakly theirs too."""
    return [item for item in items if item.sentiments[0] is not None]
