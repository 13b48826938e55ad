"""What content and quality make of the sample press beside the body: metadata, verdicts, speed, hostile pages.

python tests/benchmarks/bench_content.py [--pages N]
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from flows.crawl.charset import decode
from flows.press.dates import article_path, dated, published_at
from flows.press.editions import NIGHTS, Article, Editions, Paper, load_editions
from flows.press.generator import generate
from flows.press.pages import article_page, listing_page
from transforms.content import CONTENT
from transforms.contract import run_transform
from transforms.models import Models
from transforms.quality import QUALITY

ANCHOR = date(2026, 3, 10)
FETCHED_AT = datetime(2026, 3, 11, tzinfo=UTC)
NIGHT = NIGHTS[-1]
# What becomes of each kind of page that the press serves with status 200.
VERDICTS = {
    "article": (None,),
    "slow": (None,),
    "heals": (None,),
    "paywall": (None,),
    "consent": ("cookie_wall",),
    "index": ("index_page",),
    "video": ("video_page", "too_short"),
}
PARAGRAPH = "<p>The harbour council met on Tuesday and agreed to mend the northern wall before winter sets in.</p>"


@dataclass(frozen=True)
class Page:
    """A page of the press, with the article that it was made of."""

    paper: Paper
    article: Article
    url: str
    html: str


def main() -> int:
    """Print the measures; exit status 1 where a verdict of the press is not the expected one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=200, help="how many pages to time (default 200)")
    pages = list(press_pages(load_editions()))
    wrong = verdicts(pages)
    metadata([page for page in pages if page.article.serve == "article"])
    speed(list(press_pages(generate(parser.parse_args().pages, 5, seed=1))))
    hostile()
    return 1 if wrong else 0


def press_pages(editions: Editions) -> Iterator[Page]:
    """Every page of the press's last night that answers with status 200."""
    for paper in editions.papers:
        for article in paper.visible(NIGHT):
            if article.serve in VERDICTS:
                is_index = article.serve == "index"
                body = (
                    listing_page(paper, ANCHOR, NIGHT, article.title)
                    if is_index
                    else article_page(paper, article, ANCHOR, NIGHT)
                )
                url = f"http://{paper.domain}{article_path(article, paper, ANCHOR)}"
                html = decode(body, f"text/html; charset={paper.charset}")[0]
                yield Page(paper, dated(article, paper, ANCHOR), url, html)


def read(pages: list[tuple[str, str]]) -> pa.Table:
    """The content column of (address, HTML) pairs."""
    rows = [
        {"article_id": "a", "source_id": "s", "url": url, "body_hash": "b", "html": html, "fetched_at": FETCHED_AT}
        for url, html in pages
    ]
    return run_transform(CONTENT, pa.Table.from_pylist(rows, schema=CONTENT.reads), Models())


def judge(content: pa.Table) -> list[dict[str, Any]]:
    """The quality column of a content column."""
    return run_transform(QUALITY, content.select(QUALITY.reads.names), Models()).to_pylist()


def verdicts(pages: list[Page]) -> int:
    """Print how many verdicts are the expected ones, and those that are not; returns their number."""
    found = judge(read([(page.url, page.html) for page in pages]))
    wrong = [
        f"{page.paper.paper_id}/{page.article.slug} ({page.article.serve}): {row['reason'] or 'kept'}"
        for page, row in zip(pages, found, strict=True)
        if row["reason"] not in VERDICTS[page.article.serve] or (page.article.serve == "paywall") != row["is_paywalled"]
    ]
    print(f"verdicts    {len(pages) - len(wrong)} of {len(pages)} pages as expected")
    for line in wrong:
        print(f"  wrong     {line}")
    return len(wrong)


def metadata(pages: list[Page]) -> None:
    """Print how many articles' facts are right by their page alone: the sources' feeds say more of some."""
    rows = read([(page.url, page.html) for page in pages]).to_pylist()
    facts: dict[str, Callable[[Page, dict[str, Any]], bool]] = {
        "title": lambda page, row: row["title"] == page.article.title,
        "authors": lambda page, row: tuple(row["authors"]) == page.article.authors,
        "moment": lambda page, row: row["published_at"] == stated_date(page.article),
        "day": lambda page, row: day_of(row["published_at"]) == day_of(stated_date(page.article)),
        "language": lambda page, row: row["language"] == page.paper.language,
    }
    for name, is_right in facts.items():
        wrong = [page.paper.paper_id for page, row in zip(pages, rows, strict=True) if not is_right(page, row)]
        of = f", not of {', '.join(sorted(set(wrong)))}" if wrong else ""
        print(f"{name:<11} {len(pages) - len(wrong)} of {len(pages)} right{of}")


def stated_date(article: Article) -> datetime | None:
    """The moment that the article's page shows; None for one without, and for one after the fetch."""
    at = published_at(article, ANCHOR)
    return None if article.undated or at > FETCHED_AT else at


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment in UTC."""
    return moment.date() if moment else None


def speed(pages: list[Page]) -> None:
    """Print pages a second of each transform, on one core."""
    started = time.perf_counter()
    content = read([(page.url, page.html) for page in pages])
    middle = time.perf_counter()
    judge(content)
    ended = time.perf_counter()
    print(f"content     {len(pages) / (middle - started):.0f} pages/s on one core, {len(pages)} pages")
    print(f"quality     {len(pages) / (ended - middle):.0f} pages/s on one core")


def hostile() -> None:
    """Print what pages made to be costly cost, and what is recorded of them."""
    cases = {
        "100,000 nested elements": "<div>" * 100_000 + PARAGRAPH,
        "2,000,000 characters in nested headings": "<h1><div>" * 120 + "word " * 400_000,
        "60,000 scripts that never end": "<script>" * 60_000 + "</script x" * 60_000 + PARAGRAPH,
        "50,000 attributes": "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">" + PARAGRAPH,
        "an attribute of 3 MB": f'<p title="{"y" * 3_000_000}">' + PARAGRAPH,
        "1,500 containers of one body": f"<div><div class='article-body'>{PARAGRAPH * 1_500}</div>"
        + f"<div class='article-body'>{PARAGRAPH}</div>" * 1_500,
        "3,000 links": "".join(f"<p><a href='/{n}'>the {n}th story of the day</a> and more</p>" for n in range(3_000)),
        "380,000 characters of text": f"<article>{''.join(f'<p>{n} {PARAGRAPH[3:]}' for n in range(3_800))}</article>",
    }
    for name, html in cases.items():
        started = time.perf_counter()
        content = read([("http://paper.example/story", html)])
        verdict = judge(content)[0]
        row = content.to_pylist()[0]
        seconds = time.perf_counter() - started
        print(f"hostile     {seconds:5.2f} s  {name}: {row['extraction_error'] or verdict['reason'] or 'kept'}")


if __name__ == "__main__":
    sys.exit(main())
