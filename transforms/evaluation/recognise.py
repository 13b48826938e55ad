"""Which kind of labelled data a file holds, told by its columns or fields, never by its name.

| what | form |
|---|---|
| names | column files: a token and its BIO tag a line, in the first and the last column (UNER: second and third) |
| towards | JSON lines with `sentence_normalized` and `targets` (NewsMTSC); CSV with `Title` and `Decisions` (SEntFiN) |
| tones | CSV with `text` and a `label` of 0 bearish, 1 bullish, 2 neutral |
| summaries | CSV with `article` and `highlights`, or `text` and `y` |
| checked | JSON lines with `article` and `summary_sentences`, each with its workers' yes and no (QAGS) |
"""

import csv
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transforms.reader.training.articles import Article
from transforms.reader.training.labelled import join
from transforms.reader.training.names import SAME, WNUT, read_columns
from transforms.reader.training.opinions import newsmtsc_row, sentfin_row, tweet_row

TAG = re.compile(r"O|[BI]-[A-Za-z-]+")
TYPES = {**SAME, **WNUT, "PERSON": "PER", "GPE": "LOC", "FAC": "LOC", "LOCATION": "LOC", "ORGANIZATION": "ORG"}
LOOKED_AT = 200  # lines of a file that may be a column file
SENTENCES_A_TEXT = 40  # of column files that do not say where a document ends


@dataclass(frozen=True)
class Checked:
    """A line of a summary of an article, and whether most workers found it borne out."""

    article: str
    line: str
    is_borne_out: bool


@dataclass(frozen=True)
class Recognised:
    """kind: one of the table above. items: Labelled, Article or Checked by the kind."""

    kind: str
    items: Sequence[Any]


def checked_row(row: dict[str, Any]) -> list[Checked]:
    """The lines of one QAGS row, each with the answer of most of its workers."""
    found = []
    for each in row["summary_sentences"]:
        answers = [answer["response"] == "yes" for answer in each["responses"]]
        found.append(Checked(row["article"], each["sentence"], 2 * sum(answers) > len(answers)))
    return found


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines. Raises ValueError where a line is none."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    if not all(isinstance(line, dict) for line in lines):
        raise ValueError(f"{path} has a line that is no object")
    return lines


def recognise(path: Path) -> Recognised | None:
    """What the file holds; None where it is none of the known forms. Raises OSError where it cannot be read."""
    if path.suffix in (".jsonl", ".json"):
        return _of_lines(path)
    if path.suffix == ".csv":
        return _of_table(path)
    return _of_columns(path)


def _of_lines(path: Path) -> Recognised | None:
    try:
        lines = read_lines(path)
    except ValueError:
        return None
    first = lines[0] if lines else {}
    if {"sentence_normalized", "targets"} <= first.keys():
        return Recognised("towards", [newsmtsc_row(line) for line in lines])
    if {"article", "summary_sentences"} <= first.keys():
        return Recognised("checked", [each for line in lines for each in checked_row(line)])
    return None


def _of_table(path: Path) -> Recognised | None:
    forms: dict[tuple[str, str], tuple[str, Callable[[dict[str, str]], Any]]] = {
        ("Title", "Decisions"): ("towards", sentfin_row),
        ("article", "highlights"): ("summaries", lambda row: Article(row["article"], row["highlights"])),
        ("text", "y"): ("summaries", lambda row: Article(row["text"], row["y"])),
        ("text", "label"): ("tones", lambda row: tweet_row(row, keep_links=True)),
    }
    csv.field_size_limit(2**24)
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        for names, (kind, made) in forms.items():
            if set(names) <= set(table.fieldnames or ()):
                return Recognised(kind, [made(row) for row in table])
    return None


def _of_columns(path: Path) -> Recognised | None:
    with path.open(encoding="utf-8", errors="replace") as lines:
        head = [line.split() for line, _ in zip(lines, range(LOOKED_AT), strict=False) if not line.startswith("#")]
    rows = [columns for columns in head if columns]
    if not rows or min(map(len, rows)) < 2:
        return None
    is_uner = all(row[0].isdigit() and len(row) > 2 and TAG.fullmatch(row[2]) for row in rows)
    if not is_uner and not all(TAG.fullmatch(row[-1]) for row in rows):
        return None
    token, tag = (1, 2) if is_uner else (0, -1)
    texts = [join(d[i : i + SENTENCES_A_TEXT]) for d in read_columns(path, token, tag, TYPES)
             for i in range(0, len(d), SENTENCES_A_TEXT)]  # fmt: skip
    return Recognised("names", texts)
