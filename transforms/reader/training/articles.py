"""CNN/DailyMail articles with their highlights: which sentences an ideal extract would take."""

import csv
from dataclasses import dataclass
from pathlib import Path

from transforms.reader.reading import Span
from transforms.reader.training.labelled import Labelled
from transforms.reader.training.rouge import greedy_oracle
from transforms.sentences import sentence_spans

TRAINED_ON = 500  # of the 1,000 validation articles; the rest is for the figures alone


@dataclass(frozen=True)
class Article:
    """A text with the highlights its editors wrote."""

    text: str
    highlights: str


def articles(folder: Path, part: str) -> list[Article]:
    """Part "train" (200 and the first 500 of validation) or "held-back" (the last 500 of validation)."""
    csv.field_size_limit(2**24)
    home = folder / "summaries/cnn-dailymail"
    with (home / "validation_first1000.csv").open(encoding="utf-8", newline="") as lines:
        validation = [Article(row["article"], row["highlights"]) for row in csv.DictReader(lines)]
    if part == "held-back":
        return validation[TRAINED_ON:]
    with (home / "train_200.csv").open(encoding="utf-8", newline="") as lines:
        train = [Article(row["text"], row["y"]) for row in csv.DictReader(lines)]
    return train + validation[:TRAINED_ON]


def with_oracle(article: Article) -> Labelled:
    """The article with salience 1 for the sentences of the greedy extract and 0 for the others."""
    sentences = tuple(Span(start, end) for start, end in sentence_spans(article.text, [(0, len(article.text))]))
    chosen = set(greedy_oracle([article.text[s.start : s.end] for s in sentences], article.highlights))
    return Labelled(article.text, sentences, salience=tuple(float(i in chosen) for i in range(len(sentences))))
