"""Fits the weights of `transforms/worth.py`, and says what three key points so chosen score against three first lines.

`python -m transforms.reader.training.worth --data DIR [--folder WEIGHTS] [--cache FILE]`

Uses the articles that the salience head is trained on, and never the last 500. Each article is judged by a salience
head, and by weights, that were fitted without its fold. --cache keeps what the reader makes of the articles.
"""

import argparse
import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from transforms import worth
from transforms.candidates import Candidate, candidates
from transforms.entities import rows
from transforms.evaluation.overlap import MEASURES, rouge_scorer
from transforms.reader.heads import Layers
from transforms.reader.reader import WEIGHTS, load_reader, reading_of
from transforms.reader.reading import Document, Reading
from transforms.reader.training import salience
from transforms.reader.training.articles import articles, with_oracle
from transforms.reader.training.labelled import Labelled
from transforms.reader.training.rouge import grams
from transforms.summary import ranked

FOLDS = 5
PENALTY = 10.0
# What a word costs that the highlights do not have, in words that they have, for single words and for pairs: half of
# the F that is reached, as the derivative of F says, so that the sum over sentences stands for the F of all of them.
COST_OF_WORDS = (0.18, 0.03)
Read = tuple[Document, Reading, salience.States]
Weights = tuple[worth.Values, worth.Values, worth.Values]  # means, spreads, weights


def read(items: Sequence[Labelled], folder: Path, cache: Path | None) -> list[Read]:
    """What the reader makes of each article, from the cache where it is of the same reader."""
    reader = load_reader(folder=folder)
    if cache and cache.exists():
        revision, kept = pickle.loads(cache.read_bytes())  # noqa: S301 - a file that this command wrote
        if revision == reader.revision:
            return list(kept)
    found: list[Read] = []
    for start in range(0, len(items), 32):
        documents = [Document(item.text, item.sentences) for item in items[start : start + 32]]
        for document, encoded in zip(documents, reader.encode_documents(documents), strict=True):
            means = encoded.sentence_means(len(document.sentences))
            found.append((document, reading_of(document, encoded, reader.heads), means))
    if cache:
        cache.write_bytes(pickle.dumps((reader.revision, found)))
    return found


def unseen(items: Sequence[Labelled], found: Sequence[Read], fold: Sequence[int], seed: int) -> list[Reading]:
    """The readings with the salience of heads that were fitted without the article's fold."""
    judged = salience.judged(items, [states for _, _, states in found])
    readings = [reading for _, reading, _ in found]
    for left_out in range(FOLDS):
        fitted = salience.fit([each for each, of in zip(judged, fold, strict=True) if of != left_out], seed)
        head = Layers(*(fitted[f"salience.{part}"] for part in ("0.weight", "0.bias", "2.weight", "2.bias")))
        for place in np.flatnonzero(np.array(fold) == left_out):
            chance = 1 / (1 + np.exp(-head(judged[place].inputs)[:, 0]))
            readings[place] = replace(readings[place], sentence_salience=chance.astype(np.float32))
    return readings


def gains(found: Sequence[Candidate], highlights: str) -> worth.Values:
    """What each candidate adds to the highlights' words that are found, less what its own words cost."""
    total = np.zeros(len(found))
    for size, cost in enumerate(COST_OF_WORDS, start=1):
        wanted = grams(highlights, size)
        for place, candidate in enumerate(found):
            own = grams(candidate.shown, size)
            total[place] += ((own & wanted).total() - cost * own.total()) / max(grams(highlights, 1).total(), 1)
    return total


def fit(inputs: Sequence[worth.Values], wanted: Sequence[worth.Values]) -> Weights:
    """Ridge regression over all candidates; those of a long article count less, an article for the root of its size."""
    rows_of, target = np.concatenate(inputs), np.concatenate(wanted)
    share = np.concatenate([np.full(len(each), 1 / np.sqrt(max(len(each), 1))) for each in wanted])
    mean, deviation = rows_of.mean(axis=0), rows_of.std(axis=0) + 1e-6
    scaled = np.column_stack([(rows_of - mean) / deviation, np.ones(len(rows_of))])
    weighed = (scaled * share[:, None]).T
    solved = np.linalg.solve(weighed @ scaled + PENALTY * np.eye(scaled.shape[1]), weighed @ target)
    return mean, deviation, solved[:-1]


def chosen(inputs: worth.Values, found: Sequence[Candidate], reading: Reading, weights: Weights) -> list[int]:
    """The three candidates that the weights show, in reading order."""
    mean, deviation, weight = weights
    total = ((inputs - mean) / deviation) @ weight - np.array([each.cost for each in found])
    vectors = reading.sentence_vectors[[each.place for each in found]].astype(np.float64)
    return sorted(ranked(1 / (1 + np.exp(-worth.STEEPNESS * total)), vectors)[:3])


def main(data: Path, folder: Path, cache: Path | None, seed: int) -> None:
    """Print the constants, and the figures of the folds."""
    given = articles(data, "train")
    items = [with_oracle(article) for article in given]
    found = read(items, folder, cache)
    fold = [int(hashlib.sha256(item.text.encode()).hexdigest(), 16) % FOLDS for item in items]
    readings = unseen(items, found, fold, seed)
    lines = [candidates(document) for document, _, _ in found]
    inputs, wanted = [], []
    for (document, own, _), reading, may, article in zip(found, readings, lines, given, strict=True):
        known = worth.features(may, reading, rows(document, own, None))
        inputs.append(np.stack([known[name] for name in worth.WEIGHTS], axis=1))
        wanted.append(gains(may, article.highlights))
    for name, *numbers in zip(worth.WEIGHTS, *fit(inputs, wanted), strict=True):
        print(f'    "{name}": ({", ".join(f"{number:.4f}" for number in numbers)}),')  # noqa: T201 - a command
    score = rouge_scorer()
    if score is None:
        return
    ours, base = [], []
    for left_out in range(FOLDS):
        kept = [place for place in range(len(given)) if fold[place] != left_out]
        weights = fit([inputs[place] for place in kept], [wanted[place] for place in kept])
        for place in np.flatnonzero(np.array(fold) == left_out):
            item, shown = items[place], chosen(inputs[place], lines[place], readings[place], weights)
            ours.append(score("\n".join(lines[place][n].shown for n in shown), given[place].highlights))
            lead = "\n".join(item.text[s.start : s.end] for s in item.sentences[:3])
            base.append(score(lead, given[place].highlights))
    for measure, *pair in zip(MEASURES, np.mean(ours, axis=0), np.mean(base, axis=0), strict=True):
        print(f"{measure}: {pair[0]:.4f}, first three sentences {pair[1]:.4f}")  # noqa: T201 - a command


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=WEIGHTS, help="the reader's files")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--seed", type=int, default=13)
    asked = parser.parse_args()
    main(asked.data, asked.folder, asked.cache, asked.seed)
