"""The labelled pages of tests/transforms/labelled, and how well the verdicts meet the labels."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.transforms.pages import content_of, given, page
from transforms.contract import run_transform
from transforms.models import Models
from transforms.quality import QUALITY

FOLDER = Path(__file__).parent / "labelled"
# tune: looked at while the rules were written. test: three of its cases were looked at after its first measurement.
# last: written afterwards, measured once, and looked at when evidence was added to the words. further and blind: the
# halves of sixty pages that were written before their writer had read a rule. further was looked at since; blind was
# not, but measured twice: 25 of 30 right, and 27 after rules that its first figures had called for.
TUNE, TEST, LAST, FURTHER, BLIND = PARTS = ("tune", "test", "last", "further", "blind")
KEPT = "kept"


@dataclass(frozen=True)
class Labelled:
    """A page, and what it is: a reason of `quality`, or kept."""

    label: str
    part: str
    language: str
    engine: str
    html: str
    announced: str | None = None  # the title that a feed gave it


def labelled(*parts: str) -> list[Labelled]:
    """The labelled pages of the parts, in the order of their files."""
    found = []
    for file in sorted(FOLDER.glob("*.txt")):
        for case in file.read_text("utf-8").split("\n== ")[1:]:
            head, _, body = case.partition("\n")
            label, part, language, engine, title, *announced = head.split(" | ")
            before, _, after = body.rpartition("\n~~~\n") if "\n~~~\n" in body else ("", "", body.removeprefix("~~~\n"))
            html = page(after, f"<title>{title}</title>{before}", language)
            found.append(Labelled(label, part, language, engine, html, next(iter(announced), None)))
    return [case for case in found if case.part in parts]


def verdicts(cases: list[Labelled]) -> list[str]:
    """What quality says of each: its reason, or kept."""
    rows = [
        given(case.html, f"{number:016x}", language_hint=case.language, feed_title=case.announced)
        for number, case in enumerate(cases)
    ]
    judged = run_transform(QUALITY, content_of(rows).select(QUALITY.reads.names), Models())
    return [reason or KEPT for reason in judged["reason"].to_pylist()]


def precision_and_recall(cases: list[Labelled], found: list[str]) -> dict[str, tuple[float, float, int]]:
    """For each label (precision, recall, pages); a label that nothing was given has a precision of 1."""
    given_labels, true, right = Counter(found), Counter(case.label for case in cases), Counter[str]()
    right.update(case.label for case, each in zip(cases, found, strict=True) if case.label == each)
    return {
        label: (right[label] / given_labels[label] if given_labels[label] else 1.0, right[label] / count, count)
        for label, count in sorted(true.items())
    }
