"""Nothing that is shown holds a figure, a name or a quotation that its source does not."""

import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.press.generator import generate
from tests.transforms.written import bag_of_words
from transforms.evaluation.shown import exceptions, of_home, unsourced
from transforms.reader.reading import Document, Reading, Span
from transforms.sentences import sentence_spans
from transforms.summary import summarise

ASIDES = (" (founded in 1931)", " (NYSE: NLN)", " (if the council agrees)", "")
OPENINGS = ("But ", "However, ", "And ", "")
TAILS = (", Ida Holm said in a statement on Monday.", ", according to Northline.", ".")


def varied(text: str, chance: random.Random) -> str:
    """The sentences of a text with openings, asides and tails that may be trimmed, and some that may not."""
    lines = []
    for start, end in sentence_spans(text, [(0, len(text))]):
        words = text[start:end].rstrip(".").split(" ")
        place = chance.randint(1, len(words))
        words[place - 1] += chance.choice(ASIDES)
        lines.append(chance.choice(OPENINGS) + " ".join(words) + chance.choice(TAILS))
    return " ".join(lines)


def read(text: str, chance: random.Random) -> tuple[Document, Reading]:
    """A document, and a reading in which any sentence may be the most salient."""
    spans = tuple(Span(start, end) for start, end in sentence_spans(text, [(0, len(text))]))
    vectors = np.stack([bag_of_words(text[span.start : span.end]) for span in spans])
    salience = np.array([chance.random() for _ in spans], np.float32)
    tone = np.full((len(spans), 3), 1 / 3, np.float32)
    return Document(text, spans), Reading(vectors.mean(axis=0), vectors, tone, salience, ())


def test_no_point_of_two_hundred_articles_says_what_its_sentence_does_not() -> None:
    chance = random.Random(5)
    articles = [article for paper in generate(200, 10, seed=5).papers for article in paper.articles]
    shown = trimmed = 0
    for article in articles:
        text = varied(re.sub(r"\{[^}]*\}", "Tuesday", " ".join(article.paragraphs)), chance)
        document, reading = read(text, chance)
        made = summarise(document, reading, (), trusts_salience=True)
        lines = [*made.key_points, *([made.gist] if made.gist else [])]
        assert list(exceptions(text, [vars(line) for line in lines])) == []
        shown += len(lines)
        trimmed += sum(line.text != text[line.start : line.end] for line in lines)
    assert len(articles) == 200
    assert shown > 800
    assert trimmed > 200


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("It fell 5.4% in May.", ["5.4", "May"]),
        ("Northline fell.", ["Northline"]),
        ("They called it “a dead end”.", ["“a dead end”"]),
        ("Shares of Meta fell 5%.", []),
    ],
)
def test_what_a_line_has_of_its_own_is_told(line: str, missing: list[str]) -> None:
    source = "It was said that shares of Meta fell 5% to a dead end, which they called bad."
    assert unsourced(line, source) == missing


def test_a_homes_summaries_are_checked(tmp_path: Path) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "content/v1": [{"revision_id": "r", "text": "The gate failed in 1931. Ida Holm mended it."}],
        "summary/v2": [
            {
                "revision_id": "r",
                "gist": {"text": "The gate failed in 1913.", "start": 0, "end": 24},
                "key_points": [{"text": "Ida Holm mended it.", "start": 25, "end": 44}],
            }
        ],
    }
    for name, table in rows.items():
        folder = tmp_path / name / "date=2026-03-10"
        folder.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(table), folder / "one.parquet")
    assert of_home(tmp_path) == (2, [("The gate failed in 1913.", ["1913"])])
