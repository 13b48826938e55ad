"""What is erased of each layer, what stays, and that a kill leaves something that can be finished."""

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.clock import Clock
from flows.errors import ConfigurationError, NightdeskError
from flows.forget.forgetting import erase, plan, resume, selector_of
from flows.forget.register import Entry, Kind, Register, Selector, read_register
from flows.load import load_spool
from flows.paths import Home
from flows.raw import short_hash
from flows.settings import Settings
from tests.flows.forget.conftest import COPY, FINAL, MARK, NIGHT, PLAIN, SECRET, SHARED, STATED, files_with


def entry_of(kind: Kind, value: str) -> Entry:
    return Entry("1", selector_of(kind, value), NIGHT)


def column(home: Home, table: str, name: str, where: str = "true") -> list[Any]:
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        found = connection.execute(f"select {name} from {table} where {where} order by all").fetchall()
    return [value for (value,) in found]


def texts(home: Home, folder: str) -> set[str]:
    files = sorted((home.columns / folder).glob("v*/date=*/*.parquet"))
    return {str(row) for file in files for row in pq.ParquetFile(file).read().to_pylist()}


@pytest.mark.parametrize("address", [f"{SECRET}?utm_source=x", STATED])
def test_no_byte_of_a_page_is_left_by_whichever_of_its_addresses_it_is_named(home: Home, address: str) -> None:
    layers = {path.split("/")[0] for path in files_with(home, MARK)}
    assert layers == {"raw.duckdb", "columns", "briefs", "llm", "dlt", "prefect", "spool", "runs"}
    expected = plan(Settings(home=home.root), selector_of("url", address))
    entry = erase(home, entry_of("url", address))
    assert files_with(home, MARK) == []
    assert {name: entry.counts[name] for name in expected} == expected
    assert (entry.counts["articles"], entry.counts["fetches"], entry.counts["pages"], entry.counts["answers"]) == (
        1,
    ) * 4
    assert entry.counts["column_rows"] == 4
    assert column(home, "pages", "body_gzip") == [
        b"copy",
        b"plain",
        b"shared as the other had it",
        b"shared as the paper had it",
    ]
    assert column(home, "polls", "poll_id") == column(home, "sources", "source_id") == ["other", "paper"]
    assert [file.name for file in sorted(home.briefs.iterdir())] == ["2026-03-02.html", "2026-03-02.md"]
    assert "copy" in str(texts(home, "content"))
    [answers] = [row for row in texts(home, "answers") if short_hash(COPY) in row]
    assert "'answers': []" in answers


def test_a_source_goes_with_all_of_its_own_and_leaves_what_another_one_had(home: Home) -> None:
    entry = erase(home, entry_of("source", "paper"))
    assert files_with(home, MARK) == []
    for table in ("sources", "discoveries", "fetches", "polls", "consents"):
        assert set(column(home, table, "source_id")) == {"other"}, table
    assert column(home, "pages", "body_gzip") == [b"copy", b"shared as the other had it"]
    said = str(texts(home, "content") | texts(home, "summary"))
    assert "shared as the other had it" in said
    assert "shared as the paper had it" not in said
    assert entry.counts["column_rows"] == 12
    assert entry.article_ids == ()


def test_a_domain_goes_with_the_hosts_below_it_and_no_host_that_only_ends_alike(home: Home) -> None:
    assert not plan(Settings(home=home.root), selector_of("domain", "aper.example"))["articles"]
    redirected = plan(Settings(home=home.root), selector_of("domain", "www.paper.example"))
    assert redirected["articles"] == plan(Settings(home=home.root), selector_of("url", FINAL))["articles"] == 1
    erase(home, entry_of("domain", "Paper.example"))
    assert column(home, "fetches", "url") == [COPY]
    assert column(home, "polls", "url") == ["http://other.example/feed"]
    assert files_with(home, MARK) == files_with(home, SECRET) == []


def test_what_is_left_is_still_raw_for_the_next_load(home: Home) -> None:
    erase(home, entry_of("url", SECRET))
    with duckdb.connect(str(home.raw_database), read_only=True) as connection:
        tables = connection.execute(
            "select count(*) from duckdb_tables() where starts_with(table_name, '_dlt')"
        ).fetchone()
        nullable = connection.execute(
            "select is_nullable from duckdb_columns() where table_name = 'pages' and column_name = 'body_hash'"
        ).fetchone()
    assert tables is not None
    assert tables[0] >= 3
    assert nullable == (False,)
    assert load_spool(home).new_rows["pages"] == 0


def test_what_is_not_there_is_still_kept_away(home: Home) -> None:
    before = column(home, "fetches", "fetch_id")
    entry = erase(home, entry_of("url", "http://never.example/x"))
    assert column(home, "fetches", "fetch_id") == before
    assert not any(count for name, count in entry.counts.items() if name != "llm_replies")
    assert read_register(home).covers("http://never.example/x#fragment")


def copying(home: Home) -> bool:
    return (home.build / "raw.duckdb").exists()


def test_a_killed_forget_is_finished_by_the_next_run(home: Home) -> None:
    command = [sys.executable, "-m", "flows.cli", "--home", str(home.root), "forget", "--url", SECRET, "--yes"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as forgetting:
        while not copying(home) and forgetting.poll() is None:
            time.sleep(0.01)
        forgetting.send_signal(signal.SIGKILL)
    [unfinished] = read_register(home).unfinished
    assert read_register(home).covers(SECRET)
    resume(Settings(home=home.root), Clock())
    [done] = read_register(home).entries
    assert files_with(home, MARK) == []
    assert done.counts["fetches"] == 1  # as counted before the kill
    assert done.entry_id == unfinished.entry_id
    assert not read_register(home).unfinished
    assert done.article_ids == (short_hash(SECRET),)
    assert not list(home.build.glob("raw*"))


@pytest.mark.parametrize(("kind", "value"), [("url", "ftp://a.example/x"), ("domain", "not a host")])
def test_what_can_be_no_address_is_refused(kind: Kind, value: str) -> None:
    with pytest.raises(NightdeskError, match=f"--{kind}"):
        selector_of(kind, value)


def test_the_register_covers_what_it_names_and_nothing_else() -> None:
    def entry(kind: Kind, value: str, *article_ids: str) -> Entry:
        return Entry("1", Selector(kind, value), NIGHT, NIGHT + timedelta(minutes=1), article_ids=article_ids)

    register = Register((entry("url", PLAIN, short_hash(STATED)), entry("domain", "b.example"), entry("source", "s")))
    covered = (PLAIN, f"{PLAIN}#top", STATED, "https://b.example/x", "http://news.b.example:8080/")
    assert all(map(register.covers, covered))
    assert not any(map(register.covers, (SHARED, "https://ab.example/", "https://b.example.org/", "no address", "")))
    assert register.covers_source("s")
    assert not register.covers_source("t")
    assert not register.unfinished


def test_a_broken_entry_is_an_error_and_not_forgotten(home: Home) -> None:
    home.forgotten.mkdir()
    (home.forgotten / "1.json").write_text(json.dumps({"selector": 1}))
    with pytest.raises(ConfigurationError, match=r"1\.json"):
        read_register(home)
