"""Articles on several pages in the extract stage: which pages are read together, and when they are read again."""

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from flows.clock import Clock
from flows.extract import ExtractReport
from flows.pages import Limits
from flows.paths import Home
from flows.raw import FETCHES, PAGES, RAW_TABLES, short_hash
from tests.flows.test_extract import AT, Ticking, row, rows_of, run
from tests.transforms.pages import STORY, article

URL = "https://post.example/tale"
MORE = ("On Friday the barges passed one after the other, and the keeper counted them aloud to nobody in particular.",)
LAST = ("The inquest opens in May; the hinge will be there in a glass case, with a label that names no manufacturer.",)


def page(*lines: str, pages: int = 2) -> str:
    pager = "".join(f'<a href="{URL}/{number}">.</a>' for number in range(1, pages + 1))
    return article(*lines).replace("</main>", f"<div>{pager}</div></main>")


FIRST = page(*STORY)
SECOND = page(*MORE)
SLOW = f'<a href="{URL}">1</a>' + "".join(f"<p>{number} {STORY[0]}</p>" for number in range(3_000))


class Archive:
    """A home whose raw.duckdb grows request by request, each an hour after the one before."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.sources.mkdir(parents=True)
        self._at = AT - timedelta(days=5)
        with duckdb.connect(str(self.home.raw_database)) as connection:
            for table in RAW_TABLES:
                connection.from_arrow(table.schema.empty_table()).create(table.name)

    def add(self, html: str | None, number: int = 1, body: bytes | None = None) -> str:
        """A request for a page of the article; None: it failed. Returns the hash of its body."""
        self._at += timedelta(hours=1)
        url = URL if number == 1 else f"{URL}/{number}"
        stated: dict[str, Any] = {
            "fetch_id": str(self._at),
            "source_id": "post",
            "article_id": short_hash(URL),
            "purpose": "article" if number == 1 else "following",
            "url": url,
            "outcome": "failed" if html is None else "ok",
            "body_hash": None if html is None else short_hash(html),
            "requested_at": self._at,
        }
        kept = {**stated, "body_gzip": body or gzip.compress((html or "").encode()), "charset": "utf-8"}
        with duckdb.connect(str(self.home.raw_database)) as connection:
            self._insert(connection, "fetches", FETCHES, stated)
            if html is not None:
                self._insert(connection, "pages", PAGES, kept)
        return short_hash(html or "")

    def _insert(self, connection: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, given: Any) -> None:
        connection.register("made", pa.Table.from_pylist([row(schema, **given)], schema))
        key = next(each.key for each in RAW_TABLES if each.name == table)
        connection.execute(f"insert into {table} select * from made anti join {table} using ({key})")

    def contents(self, body_hash: str) -> list[dict[str, Any]]:
        return [made for made in rows_of(self.home, "content") if made["body_hash"] == body_hash]

    def is_partial(self) -> bool:
        """What the latest verdict says."""
        return bool(rows_of(self.home, "quality")[-1]["is_partial"])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Ticking()


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def test_the_pages_of_a_night_are_one_text_and_one_article(archive: Archive, clock: Clock) -> None:
    first = archive.add(FIRST)
    second = archive.add(SECOND, 2)
    report = run(archive.home, clock)
    assert (report.pages, report.kept, report.revised) == (1, 1, 0)
    [made] = archive.contents(first)
    assert (made["text"], made["next_url"]) == (text(*STORY, *MORE), None)
    assert [each["body_hash"] for each in made["pages"]] == [first, second]
    assert not archive.is_partial()
    assert run(archive.home, clock) == ExtractReport(0, 0, 0, {})


def test_a_page_that_comes_later_makes_a_new_revision_of_the_same_body_and_no_second_article(
    archive: Archive, clock: Clock
) -> None:
    first = archive.add(FIRST)
    archive.add(None, 2)
    assert run(archive.home, clock).kept == 1
    assert archive.is_partial()
    archive.add(SECOND, 2)
    report = run(archive.home, clock)
    assert (report.pages, report.kept, report.revised) == (1, 0, 1)
    before, after = archive.contents(first)
    assert (before["next_url"], after["next_url"]) == (f"{URL}/2", None)
    assert before["revision_id"] != after["revision_id"]
    assert not archive.is_partial()
    assert run(archive.home, clock) == ExtractReport(0, 0, 0, {})


def test_a_page_that_says_nothing_new_makes_the_article_whole_all_the_same(archive: Archive, clock: Clock) -> None:
    archive.add(FIRST)
    run(archive.home, clock)
    assert archive.is_partial()
    archive.add(page(*STORY[:2]), 2)
    run(archive.home, clock)
    assert {made["text"] for made in rows_of(archive.home, "content")} == {text(*STORY)}
    assert not archive.is_partial()
    assert run(archive.home, clock).pages == 0


def test_an_edit_is_read_with_the_pages_that_were_had_until_the_next_one(archive: Archive, clock: Clock) -> None:
    first = archive.add(FIRST)
    archive.add(SECOND, 2)
    run(archive.home, clock)
    edited = archive.add(page("Twelve barges, not eleven, were left waiting.", *STORY[1:]))
    archive.add(None, 2)  # what was had before stands
    assert run(archive.home, clock).pages == 1
    [made] = archive.contents(edited)
    assert made["text"].endswith(MORE[0])
    again = archive.add(page("Thirteen barges, not twelve, were left waiting.", *STORY[1:]))
    archive.add(page(*LAST), 2)
    assert run(archive.home, clock).pages == 1
    assert archive.contents(again)[-1]["text"].endswith(LAST[0])
    assert [len(archive.contents(each)) for each in (first, edited)] == [1, 1]  # each as it was then


def test_a_page_that_comes_with_an_edit_is_no_part_of_the_edit(archive: Archive, clock: Clock) -> None:
    first = archive.add(FIRST)
    archive.add(None, 2)
    run(archive.home, clock)
    edited = archive.add(page("Twelve barges, not eleven, were left waiting.", *STORY[1:]))
    archive.add(SECOND, 2)
    archive.add(page(*LAST), 2)
    report = run(archive.home, clock)
    assert (report.pages, report.kept, report.revised) == (2, 0, 2)
    assert archive.contents(first)[-1]["text"] == text(*STORY, *MORE)  # the nearest to it
    assert archive.contents(edited)[-1]["text"].endswith(LAST[0])
    assert run(archive.home, clock).pages == 0


def test_a_page_that_nobody_names_is_not_asked_about_every_night(archive: Archive, clock: Clock) -> None:
    first = archive.add(FIRST)
    archive.add(SECOND, 7)
    run(archive.home, clock)
    [made] = archive.contents(first)
    assert (made["text"], made["next_url"]) == (text(*STORY), f"{URL}/2")
    assert run(archive.home, clock).pages == 0


@pytest.mark.parametrize("kind", ["slow", "damaged"])
def test_a_page_made_to_hurt_costs_itself_and_not_the_first_one(archive: Archive, clock: Clock, kind: str) -> None:
    first = archive.add(FIRST)
    archive.add(SLOW if kind == "slow" else SECOND, 2, body=b"broken" if kind == "damaged" else None)
    report = run(archive.home, clock, limits=Limits(seconds=0.5))
    assert (report.kept, report.rejected_by_reason) == (1, {})
    [made] = archive.contents(first)
    assert (made["text"], made["next_url"]) == (text(*STORY), f"{URL}/2")
    assert run(archive.home, clock).pages == 0
