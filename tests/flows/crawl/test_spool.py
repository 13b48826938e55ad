"""The spool: whole files or none, with exactly the columns of raw."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.crawl import spool as spool_module
from flows.crawl.spool import FLUSH_BYTES, FLUSH_PAGES, FLUSH_PAGES_AT_ONCE, Spool
from flows.errors import HomeUnusable
from flows.raw import PAGES, SOURCES

NOW = datetime(2026, 3, 10, 2, 15, tzinfo=UTC)


def page(number: int, body: bytes = b"x") -> dict[str, Any]:
    return {
        "body_hash": f"{number:064x}",
        "body_gzip": body,
        "body_bytes": len(body),
        "charset": "utf-8",
        "charset_source": "header",
        "content_type": None,
        "first_fetched_at": NOW,
    }


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_rows_come_back_as_they_were_with_the_schema_of_raw(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "run")
    spool.add("pages", "paper", page(1))
    spool.add("pages", "other", page(2))
    assert files(tmp_path) == []
    spool.flush_all()
    found = [pq.read_table(tmp_path / name) for name in files(tmp_path)]
    assert all(table.schema.equals(PAGES) for table in found)
    assert [table.to_pylist() for table in found] == [[page(2)], [page(1)]]


@pytest.mark.parametrize(("pages", "seconds"), [(FLUSH_PAGES, 0.0), (FLUSH_PAGES_AT_ONCE, 1e9)], ids=["slow", "fast"])
def test_enough_pages_are_written_without_being_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int, seconds: float
) -> None:
    monkeypatch.setattr(spool_module, "FLUSH_SECONDS", seconds)
    spool = Spool(tmp_path, "run")
    for number in range(pages):
        spool.add("pages", "paper", page(number))
    [name] = files(tmp_path)
    assert pq.read_metadata(tmp_path / name).num_rows == pages


def test_few_but_large_pages_are_written_too(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "run")
    spool.add("pages", "paper", page(1, bytes(FLUSH_BYTES)))
    assert len(files(tmp_path)) == 1


def test_one_source_is_flushed_without_the_others(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "run")
    spool.add("pages", "paper", page(1))
    spool.add("pages", "other", page(2))
    spool.flush("paper")
    assert files(tmp_path) == ["pages/run-paper-000001.parquet"]


@pytest.mark.parametrize("change", [{"surprise": 1}, {"charset": None}], ids=["unknown column", "null"])
def test_a_row_that_does_not_fit_raw_is_a_bug_told_at_once(tmp_path: Path, change: dict[str, Any]) -> None:
    spool = Spool(tmp_path, "run")
    spool.add("pages", "paper", {**page(1), **change})
    with pytest.raises(ValueError, match=next(iter(change))):
        spool.flush_all()
    assert files(tmp_path) == []


def test_a_row_that_lacks_a_column_is_a_bug_told_at_once(tmp_path: Path) -> None:
    short = page(1)
    del short["content_type"]
    spool = Spool(tmp_path, "run")
    spool.add("pages", "paper", short)
    with pytest.raises(ValueError, match="content_type"):
        spool.flush_all()


def test_a_disk_that_takes_no_more_is_said_in_words_and_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "pages" / "run-paper-000001.parquet").mkdir(parents=True)  # the rename will fail, root or not
    spool = Spool(tmp_path, "run")
    spool.add("pages", "paper", page(1))
    with pytest.raises(HomeUnusable, match="cannot be written"):
        spool.flush_all()
    assert files(tmp_path) == []


def test_a_folder_in_which_none_can_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file stands here")
    spool = Spool(tmp_path / "spool", "run")
    spool.add("pages", "paper", page(1))
    with pytest.raises(HomeUnusable):
        spool.flush_all()


def test_a_whole_table_is_written_and_an_empty_one_is_not(tmp_path: Path) -> None:
    facts = dict.fromkeys(SOURCES.names, "x")
    spool = Spool(tmp_path, "run")
    spool.add_table("sources", SOURCES.empty_table())
    spool.add_table("sources", pa.Table.from_pylist([facts], schema=SOURCES))
    assert files(tmp_path) == ["sources/run-sources-000001.parquet"]


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spool = Spool(None, "run")
    spool.add("pages", "paper", page(1))
    spool.flush_all()
    assert files(tmp_path) == []
