"""Whether what was shown names nothing that its source does not, by a check that shares no code with the gate.

`python -m transforms.evaluation.shown --home FOLDER` reads the summaries of a night's folder and prints each exception.

The check is literal: each figure, each word with a capital (names, months and days of the week among them) and each
quotation must stand in the cited stretch letter by letter. A line in a model's own words may write a fact otherwise and
be an exception here; a sentence or a trim of one may not.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.dataset as ds

FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
CAPITAL = re.compile(r"\b(?=\w*[A-ZÀ-Þ])\w+")
QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“]*“")


def unsourced(line: str, source: str) -> list[str]:
    """The figures, capitalised words and quotations of `line` that `source` does not hold.

    The first word may have been given its capital.
    """
    figures, words = set(FIGURE.findall(source)), set(re.findall(r"\w+", source))
    missing = [figure for figure in FIGURE.findall(line) if figure not in figures]
    for found in CAPITAL.finditer(line):
        word = found.group()
        is_first = not any(letter.isalnum() for letter in line[: found.start()])
        if word not in words and not (is_first and word[0].lower() + word[1:] in words):
            missing.append(word)
    return missing + [quoted for quoted in QUOTATION.findall(line) if quoted not in source]


def exceptions(text: str, lines: list[dict[str, object]]) -> Iterator[tuple[str, list[str]]]:
    """Each of the lines (text, start, end) of an article's `text` with what it has of its own."""
    for line in lines:
        start, end = int(str(line["start"])), int(str(line["end"]))
        if missing := unsourced(str(line["text"]), text[start:end]):
            yield str(line["text"]), missing


def of_home(columns: Path) -> tuple[int, list[tuple[str, list[str]]]]:
    """How many lines the latest summaries under a home's `columns` show, and the exceptions among them."""
    latest = {name: max((columns / name).glob("v*"), key=lambda f: int(f.name[1:])) for name in ("content", "summary")}
    texts = ds.dataset(latest["content"], format="parquet").to_table(columns=["revision_id", "text"])
    text_of = {row["revision_id"]: str(row["text"]) for row in texts.to_pylist()}
    count = 0
    found: list[tuple[str, list[str]]] = []
    for row in ds.dataset(latest["summary"], format="parquet").to_table().to_pylist():
        lines = [*row["key_points"], *([row["gist"]] if row["gist"] else [])]
        count += len(lines)
        found += exceptions(text_of[row["revision_id"]], lines)
    return count, found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="the folder that holds columns/")
    shown, strange = of_home(parser.parse_args().home / "columns")
    for line, missing in strange:
        print(f"{missing}: {line}")  # noqa: T201 - a command
    print(f"{shown} lines, {len(strange)} with something that their source does not say")  # noqa: T201 - a command
