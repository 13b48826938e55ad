"""How much of an article's body the content transform finds, and how fast: words in common with the true text.

    python tests/benchmarks/bench_body.py --data FOLDER

FOLDER holds `ground-truth.json` ({id: {"articleBody": text, "url": address}}) and `html/<id>.html.gz`, the layout of
scrapinghub/article-extraction-benchmark (MIT; its pages stay their publishers' and are not part of this project).
Without FOLDER the sample press is measured instead: its pages are easier than real ones, its true text is known.
"""

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.crawl.charset import decode
from flows.press.dates import article_path, dated
from flows.press.editions import NIGHTS, load_editions
from flows.press.pages import article_page
from transforms.content import CONTENT
from transforms.contract import run_transform
from transforms.models import Models
from transforms.quality import QUALITY

ANCHOR = date(2026, 3, 10)
FETCHED_AT = datetime(2026, 3, 11, tzinfo=UTC)
EASY_SERVES = ("article", "slow", "heals")  # whose page holds the whole article
WORST = 10


@dataclass(frozen=True)
class Case:
    """A page and the text that a reader would call its article."""

    name: str
    url: str
    html: str
    text: str


@dataclass(frozen=True)
class Found:
    """One page measured. reason: why extraction or verdict gave no article, None for an article."""

    name: str
    precision: float
    recall: float
    f1: float
    error: str | None
    reason: str | None
    seconds: float


def main() -> int:
    """Print the measures; exit status 1 where a page broke the transform."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of ground-truth.json and html/")
    parser.add_argument("--worst", action="store_true", help="list the pages that came out worst")
    arguments = parser.parse_args()
    if arguments.data is None:
        print("Real pages: skipped, no --data FOLDER given (its layout: see the head of this file).")
        print("Measured instead: the pages of the sample press.")
        cases = press_cases()
    else:
        cases = folder_cases(arguments.data)
    found = [measured(case) for case in cases]
    report(found)
    if arguments.worst:
        for each in sorted(found, key=lambda each: each.f1)[:WORST]:
            print(f"  {each.f1:.3f} (p {each.precision:.2f}, r {each.recall:.2f}) {each.name} {each.reason or ''}")
    return 1 if any(is_exception(each) for each in found) else 0


def folder_cases(folder: Path) -> Iterator[Case]:
    """The pages of a folder with a ground truth, by name. Raises SystemExit where it is not such a folder."""
    try:
        truths = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    except OSError as error:
        raise SystemExit(f"{folder}: {error.strerror}: ground-truth.json") from error
    for name, truth in sorted(truths.items()):
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Case(name, truth["url"], decode(body, None)[0], truth["articleBody"])


def press_cases() -> Iterator[Case]:
    """Every page of the sample press's last night that shows a whole article."""
    night = NIGHTS[-1]
    for paper in load_editions().papers:
        for article in paper.visible(night):
            if article.serve in EASY_SERVES:
                shown = dated(article, paper, ANCHOR)
                body = article_page(paper, article, ANCHOR, night)
                text = [re.sub(r"^(?:## |> )", "", line) for line in (*shown.paragraphs, *shown.notes(night))]
                url = f"http://{paper.domain}{article_path(article, paper, ANCHOR)}"
                html = decode(body, f"text/html; charset={paper.charset}")[0]
                yield Case(f"{paper.paper_id}/{article.slug}", url, html, "\n".join(text))


def measured(case: Case) -> Found:
    """One page through content and quality, against its true text."""
    started = time.perf_counter()
    content = run_transform(CONTENT, page_table(case), Models())
    seconds = time.perf_counter() - started
    verdict = run_transform(QUALITY, content.select(QUALITY.reads.names), Models()).to_pylist()[0]
    row = content.to_pylist()[0]
    precision, recall, f1 = overlap(row["text"], case.text)
    return Found(case.name, precision, recall, f1, row["extraction_error"], verdict["reason"], seconds)


def page_table(case: Case) -> pa.Table:
    """The page as the one row that content reads."""
    row: dict[str, Any] = {"article_id": "a", "source_id": "s", "url": case.url, "body_hash": "b", "html": case.html}
    return pa.Table.from_pylist([row | {"fetched_at": FETCHED_AT}], schema=CONTENT.reads)


def overlap(found: str, true: str) -> tuple[float, float, float]:
    """(precision, recall, F1) of the found text's bag of words, lower case; all 1 where both are empty."""
    ours, theirs = (Counter(re.findall(r"\w+", text.lower())) for text in (found, true))
    if not ours and not theirs:
        return 1.0, 1.0, 1.0
    common = (ours & theirs).total()
    precision = common / ours.total() if ours else 0.0
    recall = common / theirs.total() if theirs else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def is_exception(found: Found) -> bool:
    """Whether the page broke the transform: a recorded refusal ("empty: …", "too large: …") has no exception's name."""
    return found.error is not None and re.match(r"\w+(?:Error|Exception|Warning):", found.error) is not None


def report(found: list[Found]) -> None:
    """Print means over the pages, and what the verdicts were."""
    seconds = [each.seconds for each in found]
    mean = statistics.fmean
    print(f"pages       {len(found)}")
    print(f"body F1     {mean(each.f1 for each in found):.4f}  (bag of words per page, mean over pages)")
    print(f"precision   {mean(each.precision for each in found):.4f}")
    print(f"recall      {mean(each.recall for each in found):.4f}")
    print(f"exceptions  {sum(is_exception(each) for each in found)}")
    print(f"speed       {len(found) / sum(seconds):.1f} pages/s on one core, slowest page {max(seconds):.2f} s")
    for reason, count in sorted(Counter(each.reason for each in found if each.reason).items()):
        print(f"rejected    {count} as {reason}")
    for each in found:
        if each.error:
            print(f"error       {each.name}: {each.error}")


if __name__ == "__main__":
    sys.exit(main())
