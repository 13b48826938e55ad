"""A crawl and its load, killed at random moments; each kill is followed by a normal run.

    python tests/benchmarks/bench_kills.py [--kills 50] [--seed 1] [--papers 4]

Each kill has a fresh home and the second night of the sample press, which has first been crawled whole in its first
night. The process is a real one, ended by SIGKILL at a moment drawn from the time between the first request and the end
of an undisturbed run, load included. Then a run to the end, and it is judged: the same articles with the same bodies as
after an undisturbed run (nothing lost), every key once in raw, no article asked for again whose page a finished file or
raw.duckdb had before (nothing doubled).
"""

import argparse
import asyncio
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from flows.clock import Clock
from flows.crawl.crawl import crawl_source
from flows.ledger import RUNNING, Manifest
from flows.night import Night, crawl_stage, load_stage
from flows.paths import Home
from flows.press.editions import Editions, load_editions
from flows.press.server import Press
from flows.progress import silent
from flows.raw import RAW_TABLES
from flows.settings import Settings, prepare_environment
from flows.sources.files import read_sources

ANCHOR = date(2026, 3, 10)
Pages = dict[str, str]


def run(root: str, night: int, run_id: str) -> None:
    """What a night does up to raw: first what a killed run had crawled, then the crawl, then the load."""
    settings = Settings(home=Path(root), delay_seconds=0.01, retry_limit=1, hosts_at_once=16)
    prepare_environment(settings)
    begin = datetime(ANCHOR.year, ANCHOR.month, ANCHOR.day, 2, tzinfo=UTC) + timedelta(days=night - 3)
    clock = Clock(begin - datetime.now(UTC))
    opened = Night(settings, clock, run_id, silent)
    manifest = Manifest(run_id, clock.today(), RUNNING, clock.now(), "bench", 1)
    load_stage(opened, manifest)
    sources = read_sources(settings.paths.sources)
    manifest = asyncio.run(crawl_stage(opened, manifest, sources, crawl_source))
    load_stage(opened, manifest)


def had(home: Home) -> Pages:
    """The body of every article that raw or a finished file of the spool has, by its address."""
    with duckdb.connect() as connection:
        parts = []
        if home.raw_database.exists():
            connection.execute(f"attach '{home.raw_database}' as raw (read_only)")
            parts.append("select url, body_hash, outcome, purpose, requested_at from raw.main.fetches")
        if list((home.spool / "fetches").glob("*.parquet")):
            files = home.spool / "fetches" / "*.parquet"
            parts.append(f"select url, body_hash, outcome, purpose, requested_at from read_parquet('{files}')")
        if not parts:
            return {}
        found = connection.execute(
            f"select url, max_by(body_hash, requested_at) from ({' union all '.join(parts)}) "
            "where outcome = 'ok' and purpose = 'article' group by url"
        )
        return dict(found.fetchall())


def faults(home: Home) -> list[str]:
    """What raw has twice, or refers to without having it."""
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        said = []
        for table in RAW_TABLES:
            question = f"select count(*) - count(distinct {table.key}) from {table.name}"
            [(doubled,)] = connection.execute(question).fetchall()
            said += [f"{doubled} keys twice in {table.name}"] if doubled else []
        [(orphans,)] = connection.execute(
            "select count(*) from fetches where purpose = 'article' and outcome = 'ok' "
            "and body_hash not in (select body_hash from pages)"
        ).fetchall()
        [(strangers,)] = connection.execute(
            "select count(*) from fetches where purpose = 'article' "
            "and article_id not in (select article_id from discoveries)"
        ).fetchall()
        said += [f"{orphans} fetches without their page"] if orphans else []
        said += [f"{strangers} fetches of what nobody announced"] if strangers else []
        return said


def main(kills: int, seed: int, papers: int) -> int:
    chance = random.Random(seed)
    everything = load_editions()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.benchmarks.bench_kills", "dlt", "pyarrow.parquet", "pandas"])
    with (
        Press(Editions(everything.papers[:papers]), anchor_date=ANCHOR, night=1, time_scale=0.0) as press,
        tempfile.TemporaryDirectory() as folder,
    ):

        def process(home: Path, night: int, run_id: str, kill_after: float | None = None) -> float:
            """Seconds from the first request to the end."""
            press.night = night
            press.forget_requests()
            child = context.Process(target=run, args=(str(home), night, run_id))
            child.start()
            while child.is_alive() and not press.requests:
                time.sleep(0.005)
            begun = time.monotonic()
            child.join(kill_after)
            if kill_after is not None:
                child.kill()
                child.join()
            assert kill_after is not None or child.exitcode == 0, f"{run_id} ended with {child.exitcode}"
            return time.monotonic() - begun

        first = Path(folder) / "first"
        press.write_sources(first / "sources")
        process(first, 1, "night-1")
        old = had(Home(first))
        undisturbed = Path(folder) / "undisturbed"
        shutil.copytree(first, undisturbed)
        seconds = process(undisturbed, 2, "night-2")
        expected = had(Home(undisturbed))
        print(f"undisturbed: {seconds:.1f} s, {len(old)} articles, then {len(expected)}", flush=True)
        bad = halfway = 0
        for number in range(kills):
            home = Path(folder) / f"kill-{number}"
            shutil.copytree(first, home)
            moment = chance.uniform(0.0, seconds)
            process(home, 2, "killed", moment)
            before = {url for url in had(Home(home)) if url not in old}
            halfway += 0 < len(before) < len(expected) - len(old)
            process(home, 2, "after")
            again = {f"http://{request.host}{request.path}" for request in press.requests} & before
            found = had(Home(home))
            said = faults(Home(home))
            said += [f"{len(expected.keys() - found.keys())} lost"] if expected.keys() - found.keys() else []
            said += (
                ["other bodies"] if any(found[url] != body for url, body in expected.items() if url in found) else []
            )
            said += [f"{len(again)} asked for again: {sorted(again)[:2]}"] if again else []
            bad += bool(said)
            print(f"{number + 1:3}: killed after {moment:5.2f} s, {len(before):3} had; {said or 'whole'}", flush=True)
            shutil.rmtree(home)
    print(f"{kills} kills, {halfway} of them with a part of the articles on disk: {bad} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--papers", type=int, default=4)
    given = parser.parse_args()
    sys.exit(main(given.kills, given.seed, given.papers))
