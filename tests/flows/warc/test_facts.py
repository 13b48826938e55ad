"""Facts in archives: what raw holds goes through them unchanged, and nothing else comes out of them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.raw import RAW_TABLES, short_hash
from flows.warc import facts

URL = "https://news.example/quay"
AT = datetime(2026, 1, 5, 10, 30, 0, 123456, tzinfo=UTC)
STAGING = Path(__file__).parents[3] / "sql" / "staging"
DISCOVERY = {
    "discovery_id": short_hash(f"paper\n{URL}"),
    "source_id": "paper",
    "article_id": short_hash(URL),
    "url": URL,
    "url_as_found": URL,
    "title": None,
    "summary": "\u2028 a \x00 line",
    "author": None,
    "published_stated": "yesterday",
    "published_at": None,
    "found_by": "feed",
    "found_in": "https://news.example/rss",
    "first_seen_at": AT,
    "last_seen_at": AT,
}
DISCOVERY = {
    **dict.fromkeys(next(table.schema.names for table in RAW_TABLES if table.name == "discoveries")),
    **DISCOVERY,
}


def block(rows: object) -> bytes:
    return json.dumps({"nightdesk": "raw/1", "rows": rows}, default=str).encode()


def changed(**changes: Any) -> bytes:
    return block({"discoveries": [{**DISCOVERY, **changes}]})


def test_rows_come_back_as_they_were() -> None:
    assert facts.parsed(facts.written({"discoveries": [DISCOVERY]})) == {"discoveries": [DISCOVERY]}


@pytest.mark.parametrize("said", [b"", b"null", b"[]", b"{}", b'{"a": 1}', b"\xff", b"[" * 100_000])
def test_what_others_write_is_left_to_them(said: bytes) -> None:
    assert facts.parsed(said) is None


BAD = {
    "another format": b'{"nightdesk": "raw/2", "rows": {}}',
    "no rows": b'{"nightdesk": "raw/1"}',
    "a table nobody knows": block({"users": []}),
    "a row that is none": block({"discoveries": [1]}),
    "nothing": block({"discoveries": [{}]}),
    "a number for a text": changed(title=1),
    "a text without end": changed(title="x" * 100_000),
    "a word the tables refuse": changed(found_by="rumour"),
    "an id of another address": changed(article_id="0" * 16),
    "an address that is none": changed(url="javascript:alert(1)"),
    "a source that is a path": changed(source_id="../../etc", discovery_id=short_hash(f"../../etc\n{URL}")),
    "a moment without a zone": changed(first_seen_at="2026-01-05T10:30:00"),
    "a moment out of reach": changed(first_seen_at="0001-01-01T00:00:00+14:00"),
}


@pytest.mark.parametrize("name", BAD)
def test_rows_that_no_crawl_would_write_are_refused(name: str) -> None:
    with pytest.raises(facts.BadFacts):
        facts.parsed(BAD[name])


def further(**changes: Any) -> bytes:
    """A request for the second page of an article."""
    stated = dict.fromkeys(next(table.schema.names for table in RAW_TABLES if table.name == "fetches"))
    stated |= {"fetch_id": "0" * 16, "run_id": "r", "source_id": "paper", "purpose": "following", "is_recheck": False}
    stated |= {"url": f"{URL}/2", "outcome": "ok", "attempt": 1, "redirects": 0, "seconds": 0.1, "requested_at": AT}
    stated |= {"article_id": short_hash(URL), "body_hash": "a" * 64, "robots_verdict": "allowed"}
    return block({"fetches": [{**stated, **changes}]})


def test_a_further_page_has_the_id_of_its_article_and_an_address_of_its_own() -> None:
    rows = facts.parsed(further())
    assert rows is not None
    assert (rows["fetches"][0]["article_id"], rows["fetches"][0]["url"]) == (short_hash(URL), f"{URL}/2")
    for wrong in ({"article_id": None}, {"article_id": "x"}, {"url": "javascript:alert(1)"}, {"body_hash": None}):
        with pytest.raises(facts.BadFacts):
            facts.parsed(further(**wrong))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(table=st.sampled_from([table.name for table in RAW_TABLES]), field=st.data(), value=JSON)
def test_whatever_stands_in_a_row_it_is_taken_whole_or_refused(table: str, field: st.DataObject, value: object) -> None:
    schema = next(each.schema for each in RAW_TABLES if each.name == table)
    name = field.draw(st.sampled_from(schema.names))
    try:
        rows = facts.parsed(json.dumps({"nightdesk": "raw/1", "rows": {table: [{name: value}]}}).encode())
    except facts.BadFacts:
        return
    assert rows is not None
    assert set(rows[table][0]) == set(schema.names) - {facts.BODY}


def test_the_words_are_those_that_the_tests_of_the_tables_accept() -> None:
    accepted = {}
    for table in RAW_TABLES:
        model = yaml.safe_load((STAGING / f"stg_{table.name}.yml").read_text("utf-8"))["models"][0]
        for column in model["columns"]:
            for test in column.get("data_tests", ()):
                if isinstance(test, dict) and "accepted_values" in test:
                    accepted[table.name, column["name"]] = frozenset(test["accepted_values"]["arguments"]["values"])
    assert {key: words for key, words in facts.WORDS.items() if key in accepted} == accepted
