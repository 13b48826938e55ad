"""What it costs to give an announced outlook one of five key points: ROUGE of the points with and without it, in pairs.

    python tests/benchmarks/bench_outlook.py --data DATA [--part train|held-back]

DATA holds summaries/cnn-dailymail (of which --part says what is read) and, where it is there,
summaries/bbc-news-summary (read with "train" alone). An article counts with the number of points that it gets by its
length, three to five.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from transforms.candidates import candidates
from transforms.entities import rows
from transforms.evaluation.makers import batches, sentences_of
from transforms.evaluation.overlap import MEASURES, MISSING, Scorer, rouge_scorer
from transforms.outlook import with_outlook
from transforms.reader.reader import load_reader
from transforms.reader.reading import Document
from transforms.reader.training.articles import Article, articles
from transforms.summary import MOST_POINTS, paragraphs, points_for, ranked
from transforms.worth import worth


def sets(data: Path, part: str) -> Iterator[tuple[str, list[Article]]]:
    """The articles to read, by name."""
    yield f"CNN/DailyMail, {part}", articles(data, part)
    path = data / "summaries/bbc-news-summary/bbc_news_summary.jsonl"
    if part == "train" and path.exists():
        with path.open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        yield "BBC News Summary", [Article(each["article"], each["summary"]) for each in found]


def pairs(given: Sequence[Article], score: Scorer) -> Iterator[tuple[bool, bool, list[float], list[float]]]:
    """Of each article: whether it gets five points, whether the outlook changes them, their scores before and after."""
    reader = load_reader(threads=1)
    for some in batches(given):
        documents = [Document(item.text, item.sentences) for item in map(sentences_of, some)]
        for article, document, reading in zip(some, documents, reader.read(documents), strict=True):
            found = candidates(document)
            wanted = points_for(found)
            value = worth(found, reading, rows(document, reading, None), True)
            vectors = reading.sentence_vectors[[each.place for each in found]].astype(np.float64)
            paragraph = paragraphs(document, found)
            order = ranked(value, vectors, paragraph)
            has_room = wanted >= MOST_POINTS
            changed = with_outlook(order, wanted, found, document, paragraph.tolist()) if has_room else order
            sides = [sorted(each[:wanted]) for each in (order, changed)]
            shown = ["\n".join(found[place].shown for place in side) for side in sides]
            fires = sides[0] != sides[1]
            plain = score(shown[0], article.highlights)
            yield has_room, fires, plain, score(shown[1], article.highlights) if fires else plain


def main(data: Path, part: str) -> None:
    """Print the counts and the paired differences of each set."""
    score = rouge_scorer()
    if score is None:
        raise SystemExit(MISSING)
    for name, given in sets(data, part):
        found = list(pairs(given, score))
        plain, changed = (np.array([each[side] for each in found]) for side in (2, 3))
        fired = np.array([each[1] for each in found])
        gain = (changed - plain)[fired]
        print(f"{name}: {len(found)} articles, {sum(each[0] for each in found)} with five points, {len(gain)} changed")
        for place, measure in enumerate(MEASURES):
            before, after = plain[:, place].mean(), changed[:, place].mean()
            print(f"  {measure}: {before:.4f} before, {after:.4f} after", end="")
            print(f"; of those changed {gain[:, place].mean():+.4f}" if len(gain) else "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=("train", "held-back"), default="train")
    asked = parser.parse_args()
    main(asked.data, asked.part)
