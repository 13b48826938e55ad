"""How feeds, sitemaps and robots.txt files of public test sets are read.

    python -m tests.benchmarks.bench_discovery --data FOLDER

FOLDER holds any of: feeds/feedjira, feeds/miniflux, feeds/netnewswire, feeds/real-news, feeds/rss-parser (the test data
of the projects of these names, and news feeds chosen from them), sitemaps/crawler-commons (its src/test/resources) and
robots/all_robots_4231.tar.gz (the robots.txt files that Protego's tests fetched). Without them there is nothing to do.

feeds: each file is read; rss-parser brings what it expects (items, links, dates). sitemaps: against the expectations
written here, which follow the protocol and crawler-commons's own tests. robots: for each file and agent, our verdict on
addresses made from the file's own rules, beside Protego, urllib.robotparser (which knows neither wildcards nor the
longest match) and a reading of the RFC to the letter that shares no line with ours (robots_readers.py). Each file where
we differ from the letter is printed with the reason, and each where Protego differs from both.
"""

import argparse
import json
import re
import sys
import tarfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.crawl.feeds import read_feed
from flows.crawl.items import Item, Unreadable
from flows.crawl.urls import NotAWebAddress, canonical_url
from tests.benchmarks.robots_readers import compared
from tests.benchmarks.sitemap_cases import judged_sitemaps

AT = "https://feed.example/news/feed.xml"
FEED_SETS = ("feedjira", "miniflux", "netnewswire", "real-news", "rss-parser")
NO_FEEDS = re.compile(r"LICENSE|\.html$|\.opml$|/output/|/encoding/testdata/|/xml/testdata/")


def read(file: Path) -> tuple[Item, ...] | str:
    """The items, or why there are none."""
    try:
        return read_feed(file.read_bytes(), AT)
    except Unreadable as error:
        return str(error)


def canonical(link: str) -> str:
    try:
        return canonical_url(link, AT)
    except NotAWebAddress:
        return ""


def expected_fields(expected: list[dict[str, Any]], items: tuple[Item, ...]) -> Iterator[tuple[str, bool, str]]:
    """(field, whether it is equal, what it is about) of each field that rss-parser's expected file states."""
    by_url = {canonical(item.url_as_found): item for item in items}
    by_title = {item.title: item for item in items}
    for number, wanted in enumerate(expected):
        if not wanted.get("link"):
            continue
        url = canonical(wanted["link"])
        item = by_url.get(url) or by_title.get(" ".join((wanted.get("title") or "").split()))
        yield "item", item is not None, f"{number}: {url}"
        if item is None:
            continue
        yield "link", canonical(item.url_as_found) == url, f"{number}: {item.url_as_found} where {url} is expected"
        if wanted.get("isoDate"):
            moment = datetime.fromisoformat(wanted["isoDate"])
            same = item.published_at is not None and abs((item.published_at - moment).total_seconds()) < 1
            yield "date", same, f"{number}: {item.published_at} of {item.published_stated!r} where {moment} is expected"


def judge_feeds(folder: Path) -> None:
    """Print what each set gave, and each exception."""
    for name in FEED_SETS:
        everything = [file for file in sorted((folder / name).rglob("*")) if file.is_file()]
        files = [file for file in everything if not NO_FEEDS.search(str(file))]
        if not files:
            continue
        started = time.process_time()
        read_files = {file: read(file) for file in files}
        seconds = time.process_time() - started
        items = [item for found in read_files.values() if not isinstance(found, str) for item in found]
        dated = sum(item.published_at is not None for item in items)
        print(f"feeds {name:12} {len(files)} files, {len(items)} items, {dated} dated, {seconds:.1f} s")
        for file, found in read_files.items():
            if isinstance(found, str) or not found:
                print(f"    {file.name}: {found or 'no items'}")
        others = [read(file) for file in everything if file not in read_files]  # pages, lists: none may crash
        print(f"    {len(others)} files that are no feeds: {sum(isinstance(found, str) for found in others)} refused")
        if name == "real-news":
            judge_real_news(read_files)
        if name == "rss-parser":
            judge_expected(folder / name, read_files)


def judge_real_news(read_files: dict[Path, tuple[Item, ...] | str]) -> None:
    """Every item of the raw text has an item of ours with a link, duplicates aside."""
    for file, found in read_files.items():
        raw = len(re.findall(rb"<(?:item|entry)[\s>]", file.read_bytes()))
        links = {link for item in found if isinstance(item, Item) for link in (item.url,)}
        print(f"    {file.name:32} {raw} items, {len(links)} links{'' if raw == len(links) else '  <- differ'}")


def judge_expected(folder: Path, read_files: dict[Path, tuple[Item, ...] | str]) -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for file, found in read_files.items():
        output = folder / "test" / "output" / f"{file.stem}.json"
        if not output.exists() or isinstance(found, str):
            continue
        for field, is_equal, about in expected_fields(
            json.loads(output.read_bytes().decode("utf-8", "replace"))["feed"]["items"], found
        ):
            counts[field, is_equal] += 1
            if not is_equal:
                print(f"    {file.name}: {field} {about}")
    equal = sum(count for (_, is_equal), count in counts.items() if is_equal)
    for field in ("item", "link", "date"):
        print(f"  expected {field}s: {counts[field, True]} of {counts[field, True] + counts[field, False]}")
    print(f"  all fields: {equal} of {counts.total()} ({equal / max(1, counts.total()):.4f})")


def robots_files(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None:
                yield member.name.rpartition("/")[2], content.read()


def main() -> int:
    """Print the figures and every exception."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--robots", type=int, default=100_000, help="at most so many robots.txt files")
    given = parser.parse_args()
    if given.data is None or not given.data.is_dir():
        print("No data: name the folder of the public sets with --data FOLDER (see the head of this file).")
        return 0
    warnings.simplefilter("ignore")
    judge_feeds(given.data / "feeds")
    judged_sitemaps(given.data / "sitemaps" / "crawler-commons")
    archive = given.data / "robots" / "all_robots_4231.tar.gz"
    if archive.exists():
        compared(robots_files(archive), given.robots)
    return 0


if __name__ == "__main__":
    sys.exit(main())
