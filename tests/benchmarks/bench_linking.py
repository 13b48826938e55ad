"""How well names are linked, on labelled sentences of our own, and what finding and linking entities costs.

    python -m tests.benchmarks.bench_linking [--articles 48] [--rounds 5] [--folder WEIGHTS]

"as marked" judges the links alone, on mentions marked by hand with a reader's mistakes among them; "as read" judges
reader and links together, on the same texts. "seen" sentences were there when the rules were made, "fresh" ones were
written afterwards. The cost is processor time after the reader has read, gazetteers loaded.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from flows.press.dates import dated
from flows.press.generator import generate
from tests.transforms.linking_cases import Figures, cases, judged
from transforms.entities import rows
from transforms.reader.reader import WEIGHTS, Reader, load_reader
from transforms.reader.reading import Document, Span
from transforms.sentences import sentence_spans

WORDS = 600
ANCHOR, SEED = date(2026, 3, 10), 13


def press_documents(articles: int) -> list[Document]:
    """Generated articles with their sentences."""
    found = []
    for paper in generate(articles, 1, SEED).papers:
        for article in paper.articles:
            text = "\n".join(dated(article, paper, ANCHOR).paragraphs)
            found.append(Document(text, tuple(Span(*span) for span in sentence_spans(text, [(0, len(text))]))))
    return found


def milliseconds(reader: Reader, documents: Sequence[Document], rounds: int) -> list[float]:
    """Processor time of the entities of 600 words, one figure a round, after one that does not count."""
    readings = reader.read(documents)
    words = sum(len(document.text.split()) for document in documents)
    taken = []
    for _ in range(rounds + 1):
        started = time.process_time()
        for document, reading in zip(documents, readings, strict=True):
            rows(document, reading, None)
        taken.append(1000 * WORDS * (time.process_time() - started) / words)
    return taken[1:]


def shown(figures: Figures) -> str:
    return (
        f"precision {figures.precision:.3f}  recall {figures.recall:.3f}  "
        f"({figures.right} right of {figures.made} made, {figures.wanted} wanted)"
    )


def main() -> int:
    """Print the figures, what is wrong, and the cost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    reader = load_reader(2, given.folder)

    def read(document: Document) -> list[dict[str, Any]]:
        return rows(document, reader.read([document])[0], None)

    for name, how in (("as marked", None), ("as read", read)):
        for part in ("seen", "fresh"):
            figures = judged(cases(part), how)
            print(f"{name:9}  {part:5}  {len(cases(part)):3} texts  {shown(figures)}")
            for case, said in figures.wrong:
                print(f"    {case.name} is {case.means}, not {said}: {' '.join(case.sentences)}")
    taken = milliseconds(reader, press_documents(given.articles), given.rounds)
    print(f"{statistics.median(taken):.1f} ms per {WORDS} words ({min(taken):.1f} to {max(taken):.1f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
