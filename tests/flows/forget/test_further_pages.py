"""Articles on several pages: a page more goes with its article, and a text goes with a page that it was read with."""

from typing import Any

import duckdb
import pyarrow as pa

from flows.forget.forgetting import erase
from flows.paths import Home
from flows.raw import short_hash
from tests.flows.forget.conftest import PAGES, SCHEMAS, SECRET, SHARED
from tests.flows.forget.test_erasing import column, entry_of, texts
from tests.sql.nights import row

SECOND = f"{SHARED}/2"
WORDS = "the second page that only one of them had"


def add_page(home: Home, source_id: str, first: str = SHARED, words: str = WORDS) -> None:
    """A request of the source for the second page of an article."""
    body_hash = short_hash(words) * 4
    stated: dict[str, Any] = {
        "fetch_id": short_hash(source_id + words),
        "source_id": source_id,
        "purpose": "following",
        "article_id": short_hash(first),
        "url": f"{first}/2",
        "outcome": "ok",
        "body_hash": body_hash,
        "robots_verdict": "allowed",
    }
    rows = {"fetches": stated, "pages": {"body_hash": body_hash, "body_gzip": words.encode()}}
    with duckdb.connect(str(home.raw_database)) as connection:
        for table, given in rows.items():
            made = pa.Table.from_pylist([row(SCHEMAS[table], **given)], schema=SCHEMAS[table])
            connection.register("made", made)
            key = "fetch_id" if table == "fetches" else "body_hash"
            connection.execute(
                f"insert into raw.{table} by name select * from made anti join raw.{table} using ({key})"
            )


def test_the_address_of_a_later_page_names_the_article_and_all_its_pages(home: Home) -> None:
    add_page(home, "paper", SECRET)
    entry = erase(home, entry_of("url", f"{SECRET}/2"))
    assert (entry.counts["articles"], entry.counts["fetches"], entry.counts["pages"]) == (1, 2, 2)
    assert WORDS.encode() not in column(home, "pages", "body_gzip")
    assert PAGES[0][3] not in str(texts(home, "content"))


def test_what_was_read_with_a_page_that_goes_is_to_be_read_again(home: Home) -> None:
    add_page(home, "paper")
    erase(home, entry_of("source", "paper"))
    assert column(home, "pages", "body_gzip") == [b"copy", b"shared as the other had it"]
    assert "shared as" not in str(texts(home, "content") | texts(home, "summary"))


def test_a_page_that_another_source_had_as_well_stays_with_its_text(home: Home) -> None:
    for source_id in ("paper", "other"):
        add_page(home, source_id)
    erase(home, entry_of("source", "paper"))
    assert WORDS.encode() in column(home, "pages", "body_gzip")
    assert column(home, "fetches", "url", "purpose = 'following'") == [SECOND]
    assert "shared as the other had it" in str(texts(home, "content"))
