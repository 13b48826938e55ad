"""How many articles a second the embedded reader reads, by threads, on generated press articles.

    python tests/benchmarks/bench_reader.py [--articles 48] [--rounds 5] [--folder WEIGHTS]

Texts and their sentences are made before the clock starts: this times cutting, encoder and heads. Medians over rounds.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flows.press.dates import dated
from flows.press.generator import generate
from transforms.reader.reader import WEIGHTS, Reader, load_reader
from transforms.reader.reading import Document, Span
from transforms.sentences import sentence_spans

ANCHOR = date(2026, 3, 10)
SEED = 13
THREADS = (1, 2)


def press_documents(articles: int) -> list[Document]:
    """Generated articles with their sentences."""
    found = []
    for paper in generate(articles, 1, SEED).papers:
        for article in paper.articles:
            text = "\n".join(dated(article, paper, ANCHOR).paragraphs)
            spans = sentence_spans(text, [(0, len(text))])
            found.append(Document(text, tuple(Span(start, end) for start, end in spans)))
    return found


def seconds_for(reader: Reader, documents: Sequence[Document], rounds: int) -> list[float]:
    """The seconds of each of `rounds` readings of all documents, after one that does not count."""
    taken = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        reader.read(documents)
        taken.append(time.perf_counter() - started)
    return taken[1:]


def main() -> int:
    """Print one line for each number of threads."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    documents = press_documents(given.articles)
    words = [len(document.text.split()) for document in documents]
    print(f"{len(documents)} articles, median {statistics.median(words):.0f} words, {given.rounds} rounds")
    for threads in THREADS:
        taken = seconds_for(load_reader(threads, given.folder), documents, given.rounds)
        median = statistics.median(taken)
        print(
            f"{threads} thread(s)  {len(documents) / median:6.1f} articles/s  {1000 * median / len(documents):6.1f} "
            f"ms/article  {sum(words) / median:7.0f} words/s  (rounds {min(taken):.2f} to {max(taken):.2f} s)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
