"""Measures the reader as it is shipped, without torch.

`python -m transforms.reader.training.evaluate --data DIR [--folder WEIGHTS] [--part validation] [--json FILE]`

Prints one line a figure: what, on which texts, how many, the figure, and the same figure of a simple baseline.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from transforms.entities import rows
from transforms.reader.reader import WEIGHTS, Reader, load_reader
from transforms.reader.reading import Document, Reading
from transforms.reader.training.articles import Article, with_oracle
from transforms.reader.training.heldout import PARTS, aimed, named, sample, summarised, toned
from transforms.reader.training.labelled import Labelled
from transforms.reader.training.measures import (
    Marked,
    accuracy,
    auc,
    average_precision,
    commonest,
    macro_f1,
    names_f1,
)
from transforms.reader.training.rouge import rouge
from transforms.summary import summarise

BATCH = 32  # documents in memory at once
MOST_SENTENCES = 1500  # of one sentiment set
MOST_ARTICLES = 200


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


def read(reader: Reader, items: Sequence[Labelled]) -> Iterator[tuple[Labelled, Reading]]:
    """Each text with its reading."""
    for start in range(0, len(items), BATCH):
        some = items[start : start + BATCH]
        yield from zip(some, reader.read([Document(item.text, item.sentences) for item in some]), strict=True)


def of_names(reader: Reader, data: str, items: Sequence[Labelled]) -> Iterator[Figure]:
    """Names right in borders and type."""
    wanted: list[set[Marked]] = [{(n.start, n.end, n.type) for n in item.names or ()} for item in items]
    found = [{(m.start, m.end, m.type) for m in reading.mentions} for _, reading in read(reader, items)]
    for kind, value in names_f1(found, wanted).items():
        count = sum(kind in ("all", "borders", name[2]) for names in wanted for name in names)
        yield Figure("names", data, count, "names", f"F1 {kind}", value)


def labels(task: str, data: str, found: Sequence[int], wanted: Sequence[int]) -> Iterator[Figure]:
    """Accuracy and macro F1 beside those of the commonest label."""
    for measure, score in (("accuracy", accuracy), ("macro F1", macro_f1)):
        base = score(commonest(wanted), wanted)
        yield Figure(task, data, len(wanted), "labels", measure, score(found, wanted), base, "commonest label")


def of_targets(reader: Reader, data: str, items: Sequence[Labelled]) -> Iterator[Figure]:
    """The sentiment towards a target, where the reader named something that touches it."""
    found, wanted, missed = [], [], 0
    for item, reading in read(reader, items):
        for target in item.targets:
            touching = [m for m in reading.mentions if m.start < target.end and target.start < m.end]
            missed += not touching
            if touching:
                found.append(int(np.mean([m.sentiment for m in touching], axis=0).argmax()))
                wanted.append(target.label)
    yield from labels("entity sentiment", data, found, wanted)
    share = len(wanted) / (len(wanted) + missed)
    yield Figure("entity sentiment", data, len(wanted) + missed, "targets", "share named at all", share)


def of_sentences(reader: Reader, data: str, items: Sequence[Labelled]) -> Iterator[Figure]:
    """The sentiment of single sentences."""
    found = [int(reading.sentence_sentiment[0].argmax()) for _, reading in read(reader, items)]
    return labels("sentence sentiment", data, found, [int(item.sentiments[0] or 0) for item in items])


def of_articles(reader: Reader, data: str, given: Sequence[Article]) -> Iterator[Figure]:
    """Salience against the greedy extract, key points against the highlights, meaning by finding the article."""
    rankings, rouges, vectors = [], [], []
    for article, (item, reading) in zip(given, read(reader, [with_oracle(a) for a in given]), strict=True):
        document = Document(item.text, item.sentences)
        vectors.append(reading.vector)
        chosen = np.array(item.salience) > 0
        if chosen.any() and not chosen.all():
            model_says = reading.sentence_salience.astype(np.float64)
            early = -np.arange(len(chosen), dtype=np.float64)
            rankings.append([f(s, chosen) for f in (auc, average_precision) for s in (model_says, early)])
        points = summarise(document, reading, rows(document, reading, None), trusts_salience=True).key_points
        lead = [item.text[s.start : s.end] for s in item.sentences[: len(points)]]
        shown = " ".join(line.text for line in points), " ".join(lead)
        rouges.append([rouge(text, article.highlights, size) for size in (1, 2) for text in shown])
    ranked, overlaps = np.mean(rankings, axis=0), np.mean(rouges, axis=0)
    for place, measure in enumerate(("AUC", "average precision")):
        ours, base = ranked[2 * place : 2 * place + 2].tolist()
        yield Figure("salience", data, len(rankings), "articles", measure, ours, base, "earlier is better")
    for place, measure in enumerate(("ROUGE-1 F", "ROUGE-2 F")):
        ours, base = overlaps[2 * place : 2 * place + 2].tolist()
        yield Figure("key points", data, len(rouges), "articles", measure, ours, base, "as many first sentences")
    yield found_again(reader, data, [a.highlights for a in given], np.stack(vectors))


def found_again(reader: Reader, data: str, highlights: Sequence[str], vectors: np.ndarray) -> Figure:
    """How often the article nearest to its highlights, of all those given, is the right one."""
    asked = [with_oracle(Article(text, "")) for text in highlights]
    near = np.stack([reading.vector for _, reading in read(reader, asked)]) @ vectors.T
    right = float((near.argmax(axis=1) == np.arange(len(vectors))).mean())
    return Figure(
        "embedding", data, len(vectors), "articles", "found by its highlights", right, 1 / len(vectors), "chance"
    )


def evaluate(data: Path, reader: Reader, part: str, seed: int) -> list[Figure]:
    """Every figure of one part, in the order in which it is shown."""
    figures: list[Figure] = []
    for name, items in named(data, part).items():
        figures += of_names(reader, name, items)
    for name, items in aimed(data, part).items():
        figures += of_targets(reader, name, sample(items, MOST_SENTENCES, seed))
    for name, items in toned(data, part).items():
        figures += of_sentences(reader, name, sample(items, MOST_SENTENCES, seed))
    for name, given in summarised(data, part, MOST_ARTICLES, seed).items():
        figures += of_articles(reader, name, given)
    return figures


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| task | texts | n | measure | reader | baseline |", "|---|---|---|---|---|---|"]
    for each in figures:
        base = "" if each.baseline is None else f"{each.baseline:.3f} ({each.against})"
        cells = (each.task, each.data, f"{each.count} {each.unit}", each.measure, f"{each.value:.3f}", base)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=WEIGHTS, help="the reader's files")
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--seed", type=int, default=13, help="of the samples")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    given = parser.parse_args()
    model = load_reader(given.threads, given.folder)
    found = evaluate(given.data, model, given.part, given.seed)
    print(f"{model.name} {model.revision}, part {given.part}, seed {given.seed}\n\n{table(found)}")  # noqa: T201 - a command
    if given.json:
        report = {"revision": model.revision, "part": given.part, "seed": given.seed}
        given.json.write_text(json.dumps(report | {"figures": [asdict(f) for f in found]}, indent=1) + "\n", "utf-8")
