"""Backfills of anybody's archives: whose a page is, what is wanted, what is forgotten, and a kill in between."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.errors import ConfigurationError
from flows.forget.register import Entry, Selector, write_entry
from flows.raw import short_hash
from flows.settings import Settings
from flows.warc.backfill import outcomes
from flows.warc.origins import id_of_host
from flows.warc.selection import Selection
from tests.flows.warc.archives import AT, PAGE, http, record, zipped
from tests.flows.warc.conftest import Fill, rows

SOURCE = """name: The Quay
home_url: https://www.quay.example/
language: en
discover:
  - kind: feed
    url: https://feeds.quay.example/rss
"""


def page(number: int, url: str, at: str = "2026-01-05T10:30:00Z") -> bytes:
    return record(http(PAGE + str(number).encode()), url, number=number, at=at)


def test_a_page_becomes_the_rows_of_a_crawl(fill: Fill, settings: Settings) -> None:
    head = 'Content-Type: text/html; charset=utf-8\r\nETag: "v1"\r\nX-Robots-Tag: noimageai'
    fill(zipped(record(http(head=head), "https://www.news.example:443/quay?utm_source=x#top")))
    url = "https://www.news.example/quay"
    fetches = rows(
        settings.paths,
        "select article_id, url, final_url, outcome, status, etag, body_hash, usage_flags, robots_verdict, "
        "requested_at, source_id from raw.fetches",
    )
    assert fetches == [
        (
            *(short_hash(url), url, "https://www.news.example:443/quay?utm_source=x#top", "ok", 200, '"v1"'),
            *(hashlib.sha256(PAGE).hexdigest(), "noimageai", "not_asked", AT, "news-example"),
        )
    ]
    assert rows(settings.paths, "select charset, charset_source, first_fetched_at from raw.pages") == [
        ("utf-8", "header", AT)
    ]
    assert rows(settings.paths, "select source_id, name, home_url, language from raw.sources") == [
        ("news-example", "news.example", "https://www.news.example/", "und")
    ]


def test_a_page_belongs_to_the_source_whose_host_it_lies_on(fill: Fill, settings: Settings) -> None:
    settings.paths.sources.mkdir(parents=True)
    (settings.paths.sources / "the-quay.yml").write_text(SOURCE, "utf-8")
    urls = ("https://quay.example/1", "https://sport.quay.example/2", "https://notquay.example/3")
    fill(zipped(*(page(at, url) for at, url in enumerate(urls))))
    given = rows(
        settings.paths, "select url, source_id, name from raw.fetches join raw.sources using (source_id) order by 1"
    )
    assert given == [
        ("https://notquay.example/3", "notquay-example", "notquay.example"),
        ("https://quay.example/1", "the-quay", "The Quay"),
        ("https://sport.quay.example/2", "the-quay", "The Quay"),
    ]


def test_two_hosts_never_share_a_source() -> None:
    hosts = [
        "a-b.example",
        "a.b.example",
        "a.b-example",
        "xn--bcher-kva.example",
        "1.2.3.4",
        "[::1]",
        "a" * 70 + ".example",
    ]
    ids = [id_of_host(host) for host in hosts]
    assert len(set(ids)) == len(hosts)
    assert all(len(each) <= 60 for each in ids)


def test_only_what_is_wanted_is_taken_and_the_rest_is_counted(fill: Fill, settings: Settings) -> None:
    archive = zipped(
        record(b"software: x", None, kind="warcinfo", content_type="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        page(1, "https://news.example/in"),
        page(2, "https://deep.news.example/in", "2026-01-06T23:59:59Z"),
        page(3, "https://mynews.example/out"),
        page(4, "https://news.example/early", "2026-01-04T23:59:59Z"),
        page(5, "https://news.example/late", "2026-01-07T00:00:00Z"),
    )
    wanted = Selection(("news.example",), date(2026, 1, 5), date(2026, 1, 6))
    manifest = fill(archive, selection=wanted)
    assert outcomes(manifest) == {
        "records": 7,
        "taken": 2,
        "filtered_other_record": 2,
        "filtered_domain": 1,
        "filtered_date": 2,
    }
    manifest = fill(archive, selection=Selection(source="mynews-example"))
    assert outcomes(manifest) == {"records": 7, "taken": 1, "filtered_other_record": 2, "filtered_source": 4}
    assert rows(settings.paths, "select count(*) from raw.pages") == [(3,)]


def test_what_was_forgotten_stays_away(fill: Fill, settings: Settings) -> None:
    write_entry(settings.paths, Entry("one", Selector("domain", "news.example"), datetime(2026, 1, 1, tzinfo=UTC)))
    manifest = fill(zipped(page(1, "https://www.news.example/gone"), page(2, "https://other.example/stays")))
    assert outcomes(manifest) == {"records": 2, "taken": 1, "filtered_forgotten": 1}


def test_a_page_that_raw_has_keeps_the_moment_at_which_it_came(fill: Fill, settings: Settings) -> None:
    fill(zipped(record(url="https://news.example/1", at="2026-01-05T10:30:00Z")))
    fill(zipped(record(url="https://news.example/2", at="2026-01-09T10:30:00Z", number=2)))
    assert rows(settings.paths, "select first_fetched_at from raw.pages") == [(AT,)]
    assert rows(settings.paths, "select count(*) from raw.fetches") == [(2,)]


def test_a_file_that_is_not_there_is_named(fill: Fill) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        fill("nowhere.warc.gz")


def test_a_backfill_killed_in_between_loses_and_doubles_nothing(settings: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "big.warc.gz"
    archive.write_bytes(zipped(*(page(at, f"https://news.example/{at}") for at in range(1_700))))
    home = settings.paths
    command = [sys.executable, "-m", "flows.cli", "--home", str(home.root), "backfill", str(archive), "--no-read"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not any(home.backfills.glob("*.json")):
        assert run.poll() is None, "it ended before a portion was seen"
        assert time.monotonic() < deadline
        time.sleep(0.002)
    run.send_signal(signal.SIGKILL)
    run.wait(60)
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert second.returncode == 0, second.stderr
    assert "records: 1700 = 1700 taken" in second.stdout
    fetched = int(second.stdout.partition("asked for ")[2].split()[0])
    assert fetched < 1_700, "it began again"
    found = rows(home, "select count(*), count(distinct url), count(distinct body_hash) from raw.fetches")
    assert found == [(1_700, 1_700, 1_700)]
    assert rows(home, "select count(*) from raw.pages") == [(1_700,)]
    assert not list(home.backfills.glob("*"))
    assert Counter(path.suffix for path in home.spool.rglob("*.parquet")) == {}
