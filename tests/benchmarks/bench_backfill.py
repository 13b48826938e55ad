"""How many pages a second come out of a web archive into raw, and in how much memory.

    python tests/benchmarks/bench_backfill.py [--records 10000] [--kilobytes 40]

The archive is generated: pages of words drawn by chance, each of its own host among 500, gzip per record, as CC-NEWS is
written. Three figures: the records read alone (fastwarc), the same by warcio, and the backfill into an empty home
without reading the texts. Memory is that of this process at its largest, the generating done by another.
"""

import argparse
import gzip
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

WORDS = ["harbour", "council", "budget", "storm", "bank", "growth", "ferry", "minister", "shares", "winter", "report"]
WRITE = "--write"


def write(file: Path, records: int, kilobytes: int) -> None:
    """A warcinfo record and so many responses."""
    chance = random.Random(1)
    with file.open("wb") as out:
        for number in range(records):
            words = " ".join(chance.choices(WORDS, k=kilobytes * 150))
            page = (
                f"<!doctype html><html><head><title>{number}</title></head><body><p>{words}</p></body></html>".encode()
            )
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-01-05T10:30:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
                f"WARC-Target-URI: https://paper{number % 500}.example/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6))


def megabytes() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_fastwarc(file: Path) -> int:
    """Every record read to its end."""
    from fastwarc import ArchiveIterator

    with file.open("rb") as stream:
        return sum(1 for record in ArchiveIterator(stream, parse_http=False) if record.reader.read(1 << 24))


def by_warcio(file: Path) -> int:
    """The same by the library that the tests check with."""
    from warcio.archiveiterator import ArchiveIterator

    with file.open("rb") as stream:
        return sum(1 for record in ArchiveIterator(stream) if record.content_stream().read())


def by_backfill(file: Path, root: Path) -> int:
    """The archive in raw."""
    from flows.clock import Clock
    from flows.progress import silent
    from flows.settings import load_settings, prepare_environment
    from flows.warc.backfill import Backfill, backfill, outcomes
    from flows.warc.remote import Fetching
    from flows.warc.selection import Selection

    settings = load_settings(root / "home")
    prepare_environment(settings)
    wanted = Backfill((str(file),), Selection(), Fetching("bench", 1.0, 1), reads=False)
    return outcomes(backfill(settings, Clock(), silent, wanted))["taken"]


def report(what: str, count: int, started: float, processor: float) -> None:
    """One line."""
    wall, used = time.perf_counter() - started, time.process_time() - processor
    print(f"{what:<20} {count:>7} pages {count / wall:>8.0f} a second, {count / used:>8.0f} a second of processor time")


def main() -> int:
    """Print pages a second and the most memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=40, help="of one page")
    parser.add_argument(WRITE, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write(given.write, given.records, given.kilobytes)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / "bench.warc.gz"
        command = [sys.executable, __file__, WRITE, str(file), "--records", str(given.records)]
        subprocess.run([*command, "--kilobytes", str(given.kilobytes)], check=True)
        print(f"{given.records} records, {file.stat().st_size / 1e6:.0f} MB compressed, {given.kilobytes} KB a page")
        for what, work in (("fastwarc alone", by_fastwarc), ("warcio alone", by_warcio)):
            started, processor = time.perf_counter(), time.process_time()
            report(what, work(file), started, processor)
        before = megabytes()
        started, processor = time.perf_counter(), time.process_time()
        report("backfill into raw", by_backfill(file, root), started, processor)
        print(f"{megabytes():.0f} MB at most ({before:.0f} before the backfill was imported)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
