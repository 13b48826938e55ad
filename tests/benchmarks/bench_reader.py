"""How fast a night reads: every column after quality, through the same code and files, of articles of 600 words.

    python tests/benchmarks/bench_reader.py [--articles 64] [--rounds 3] [--threads 2] [--folder WEIGHTS]

The articles are put together from the sample press and lie as content and quality rows in a home of their own; the
clock runs over the whole stage: finding what is missing, joins, reading, all columns, Parquet. Processor seconds stand
beside those of the clock, because a machine may have other work. Then what a word costs in longer and longer texts.
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.clock import Clock
from flows.columns import READING_TRANSFORMS, with_lineage, write_rows
from flows.paths import Home
from flows.press.dates import dated
from flows.press.generator import generate
from flows.progress import silent
from flows.read import Job, read
from transforms.content import CONTENT
from transforms.contract import Transform
from transforms.quality import QUALITY
from transforms.reader.reader import WEIGHTS, Reader, load_reader
from transforms.reader.reading import Document, Span
from transforms.sentences import sentence_spans

ANCHOR, SEED = date(2026, 3, 10), 13
FETCHED = datetime(2026, 3, 10, 2, tzinfo=UTC)
WORDS = 600
BATCH = 64  # as the settings' default
LENGTHS = (150, 600, 2400, 9600)  # words


@dataclass(frozen=True)
class Taken:
    """Seconds of the clock and of the processor."""

    wall: float
    processor: float


def texts(articles: int, words: int = WORDS) -> list[str]:
    """Distinct texts of whole paragraphs of the press, as near to `words` words as paragraphs allow."""
    pool = [
        dated(article, paper, ANCHOR).paragraphs
        for paper in generate(articles * max(1, words // 300), 1, SEED).papers
        for article in paper.articles
    ]
    stories = cycle(pool)
    found = []
    for _ in range(articles):
        kept: list[str] = []
        while (count := sum(len(p.split()) for p in kept)) < words:
            for paragraph in next(stories):
                length = len(paragraph.split())
                if count < words and abs(count + length - words) <= abs(count - words):
                    kept.append(paragraph)
                    count += length
            if count > 0.9 * words:
                break
        found.append("\n\n".join(kept))
    return found


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs stand."""
    spans, start = [], 0
    for part in text.split("\n\n"):
        spans.append((start, start + len(part)))
        start += len(part) + 2
    return spans


def row(schema: pa.Schema, **given: Any) -> dict[str, Any]:
    """A row of a column: what is given, else null or the nothing of its type."""
    nothing: dict[str, Any] = {"string": "", "bool": False}
    made: dict[str, Any] = {}
    for column in schema:
        kind = str(column.type)
        empty = nothing.get(kind, [] if kind.startswith("list") else FETCHED if "timestamp" in kind else 0)
        made[column.name] = given.get(column.name, None if column.nullable else empty)
    return made


def prepared(home: Home, articles: Sequence[str]) -> Home:
    """A home with these articles as kept rows of content and quality."""
    contents, judged = [], []
    for number, text in enumerate(articles):
        keys = {"article_id": f"{number:016x}", "revision_id": f"{number:016x}", "body_hash": f"{number:016x}"}
        paragraphs = paragraphs_of(text)
        told = {
            "source_id": f"source-{number % 10}", "title": text.split(". ")[0][:90], "text": text, "language": "en",
            "paragraphs": [{"start": a, "end": b} for a, b in paragraphs], "words": len(text.split()),
            "sentences": [{"start": a, "end": b} for a, b in sentence_spans(text, paragraphs)], "published_at": FETCHED,
        }  # fmt: skip
        contents.append(row(CONTENT.writes, **keys, **told))
        judged.append(row(QUALITY.writes, **keys, verdict="kept", score=1.0))
    put(home, CONTENT, contents)
    put(home, QUALITY, judged)
    return home


def put(home: Home, transform: Transform, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows as a run would."""
    lined = with_lineage(
        pa.Table.from_pylist(list(rows), schema=transform.writes), version=transform.version, model="rules",
        revision="bench", parameters="", code="bench", run_id="bench", at=FETCHED,
    )  # fmt: skip
    write_rows(home, transform, lined, [FETCHED.date()] * len(rows), "bench")


def night(reader: Reader, articles: Sequence[str]) -> Taken:
    """What it takes to read the articles into every column, in a fresh home."""
    with tempfile.TemporaryDirectory() as folder:
        home = prepared(Home(Path(folder)), articles)
        job = Job(home, "20260310T020000000000Z-be9c", Clock(), BATCH, lambda: reader, silent)
        wall, processor = time.perf_counter(), time.process_time()
        report = read(job)
        taken = Taken(time.perf_counter() - wall, time.process_time() - processor)
    assert report.articles == len(articles)
    assert all(rows == len(articles) for rows in report.rows.values()), report.rows
    return taken


def document(text: str) -> Document:
    """A text with its sentences."""
    return Document(text, tuple(Span(*span) for span in sentence_spans(text, paragraphs_of(text))))


def cost_of_length(reader: Reader, rounds: int) -> None:
    """Print the processor time a word of single texts of growing length."""
    for words in LENGTHS:
        documents = [document(text) for text in texts(max(1, 9600 // words), words)]
        total = sum(len(each.text.split()) for each in documents)
        taken = []
        for _ in range(rounds):
            started = time.process_time()
            for each in documents:
                reader.read([each])
            taken.append(time.process_time() - started)
        print(f"  {total // len(documents):6} words  {1e6 * min(taken) / total:6.0f} processor µs a word")


def memory() -> float:
    """The most memory this process has held, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> int:
    """Print articles a second, memory, and the cost of length."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=BATCH)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    reader, articles = load_reader(given.threads, given.folder), texts(given.articles)
    words = statistics.median(len(text.split()) for text in articles)
    print(f"{len(articles)} articles of {words:.0f} words, columns {', '.join(t.name for t in READING_TRANSFORMS)}")
    night(reader, articles[:4])
    rounds = [night(reader, articles) for _ in range(given.rounds)]
    wall, processor = (statistics.median(getattr(r, name) for r in rounds) for name in ("wall", "processor"))
    print(
        f"{given.threads} threads: {len(articles) / wall:.1f} articles/s by the clock "
        f"(rounds {', '.join(f'{len(articles) / r.wall:.1f}' for r in rounds)}), "
        f"{1000 * processor / len(articles):.0f} processor ms an article, {memory():.2f} GB at most"
    )
    print("the reader alone, a text at a time")
    cost_of_length(reader, given.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
