"""The crawl against Scrapy on the same pages, its pace at 200 hosts, and its memory over many URLs.

    python tests/benchmarks/bench_crawl.py scrapy --scrapy-python /tmp/scrapy/bin/python [--rounds 3]
    python tests/benchmarks/bench_crawl.py paced  [--papers 200] [--delay 1]
    python tests/benchmarks/bench_crawl.py memory [--pages 100000]

Scrapy has an environment of its own: `python -m venv /tmp/scrapy && /tmp/scrapy/bin/pip install scrapy`.

scrapy: politeness off, 32 papers of 60 pages of 20 kB, one after the other in turns within one run. Ours is the whole
crawl of a night up to the files that the load takes (robots.txt, ai.txt, feeds in a process of their own, every request
a row, every page packed and hashed, Parquet); Scrapy's obeys robots.txt, and packs, hashes and writes the pages
(`kept`) or lets them fall (`bare`). Seconds of the processor stand beside those of the clock: a machine may be busy.
paced: 200 papers of 20 pages; the server's own log says how many requests it saw in a second, and how close two
requests to one host ever came.
memory: resident bytes after each tenth of the pages; papers of 2,000 pages of 2 kB.
"""

import argparse
import asyncio
import contextlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from flows.clock import Clock
from flows.crawl.crawl import crawl_source, open_crawl
from flows.crawl.known import Known
from flows.settings import Settings
from flows.sources.source import Discover, Source

FOLDER = Path(__file__).parent
HOSTS_AT_ONCE = 64
PAGE = resource.getpagesize()


@contextlib.contextmanager
def papers(pages: int, size: int) -> Iterator[int]:
    """The port of a server that runs meanwhile."""
    command = [sys.executable, str(FOLDER / "loopback_papers.py"), "--pages", str(pages), "--bytes", str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def source(number: int, port: int, delay: float) -> Source:
    home = f"http://paper-{number}.example/"
    return Source(
        source_id=f"paper-{number}",
        name=f"Paper {number}",
        home_url=home,
        language="en",
        discover=(Discover(kind="feed", url=f"{home}feed"),),
        connect_to=f"127.0.0.1:{port}",
        delay_seconds=delay,
    )


def resident() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE


def said(port: int, path: str) -> Any:
    """What the server's own log says."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "log.example"})
    with urllib.request.urlopen(asked) as answer:
        return json.loads(answer.read())


async def crawl(count: int, port: int, delay: float, home: Path, step: int) -> dict[str, Any]:
    """One crawl of so many papers. `step`: pages between two looks at the memory, 0 for none."""
    settings = Settings(
        home=home,
        delay_seconds=delay,
        hosts_at_once=HOSTS_AT_ONCE if not step else 16,
        articles_per_source=100_000,
        retry_limit=0,
    )
    Known(None).close()  # imports what it needs at its first use; Scrapy has imported all of its own before its clock
    memory: list[int] = []
    begun = time.monotonic()
    async with open_crawl(settings, Clock(), "bench") as context:
        tasks = [asyncio.create_task(crawl_source(source(number, port, delay), context)) for number in range(count)]
        everything = asyncio.gather(*tasks)
        while step and not everything.done():
            await asyncio.wait([everything], timeout=0.5)
            if await asyncio.to_thread(said, port, "/count") >= step * (len(memory) + 1):
                memory.append(resident())
        reports = await everything
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "pages": sum(report.fetched for report in reports),
        "seconds": time.monotonic() - begun,
        "processor": usage.ru_utime + usage.ru_stime,
        "memory": memory,
        "most": usage.ru_maxrss * 1024,
    }


def ours(count: int, port: int, delay: float = 0.0, step: int = 0) -> dict[str, Any]:
    """The figures of a crawl in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        numbers = [str(count), str(port), str(delay), str(step)]
        command = [sys.executable, __file__, "crawl", "--home", home, "--numbers", *numbers]
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def scrapy(python: str, count: int, port: int, kept: str) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile() as rows:
        command = [python, str(FOLDER / "spider.py"), str(port), str(count), rows.name, kept]
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def beside_scrapy(python: str, rounds: int, count: int, pages: int) -> None:
    rates: dict[str, list[float]] = {"ours": [], "kept": [], "bare": []}
    costs: dict[str, list[float]] = {name: [] for name in rates}
    with papers(pages, 20_000) as port:
        for _ in range(rounds):
            for name in rates:
                found = ours(count, port) if name == "ours" else scrapy(python, count, port, name)
                assert found["pages"] == count * pages, found
                rates[name].append(found["pages"] / found["seconds"])
                costs[name].append(1000 * found["processor"] / found["pages"])
                print(f"{name:5} {rates[name][-1]:7.0f} pages/s  {costs[name][-1]:6.2f} ms of processor a page")
    for name in ("kept", "bare"):
        ratios = [mine / theirs for mine, theirs in zip(rates["ours"], rates[name], strict=True)]
        shown = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"ours / Scrapy {name}: {shown}; median {statistics.median(ratios):.2f}")


def paced(count: int, delay: float, pages: int) -> None:
    with papers(pages, 20_000) as port:
        found = ours(count, port, delay)
        log: dict[str, list[tuple[float, str]]] = said(port, "/log")
    gaps = sorted(later[0] - earlier[0] for seen in log.values() for earlier, later in pairwise(seen))
    times = sorted(moment for seen in log.values() for moment, _ in seen)
    first, last = times[0] + 0.25 * (times[-1] - times[0]), times[0] + 0.75 * (times[-1] - times[0])
    middle = sum(first <= moment < last for moment in times) / (last - first)
    print(f"{len(log)} hosts, {len(times)} requests, {found['pages']} pages in {found['seconds']:.1f} s")
    print(f"{middle:.1f} requests a second in the middle half; {count / delay:.0f} are the most that the delay allows")
    print(f"smallest gap at one host {gaps[0]:.4f} s, median {gaps[len(gaps) // 2]:.4f} s; delay {delay} s")
    print(f"processor: {found['processor']:.1f} s, at most {found['most'] / 1e6:.0f} MB resident")


def memory(pages: int) -> None:
    with papers(2_000, 2_000) as port:
        found = ours(pages // 2_000, port, step=pages // 10)
    print(f"{found['pages']} pages in {found['seconds']:.0f} s")
    for number, size in enumerate(found["memory"], 1):
        print(f"after {number * pages // 10:7}: {size / 1e6:.0f} MB")
    print(f"at most {found['most'] / 1e6:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["scrapy", "paced", "memory", "crawl"])
    parser.add_argument("--scrapy-python", default="/tmp/scrapy/bin/python")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--papers", type=int)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--pages", type=int)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--numbers", nargs=4)
    given = parser.parse_args()
    if given.what == "crawl":
        how_many, where, pause, every = given.numbers
        work = crawl(int(how_many), int(where), float(pause), given.home, int(every))
        print(json.dumps(asyncio.run(work)))
    elif given.what == "scrapy":
        beside_scrapy(given.scrapy_python, given.rounds, given.papers or 32, given.pages or 60)
    elif given.what == "paced":
        paced(given.papers or 200, given.delay, given.pages or 20)
    else:
        memory(given.pages or 100_000)
