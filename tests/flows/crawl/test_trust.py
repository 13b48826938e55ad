"""Validators judged by the bodies that came: which hosts lie, which are restless, which have proven honest."""

from __future__ import annotations

from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows.crawl.known import Known
from flows.crawl.trust import LYING, PROVEN, RESTLESS, UNPROVEN, distrusted
from flows.raw import FETCHES
from tests.flows.crawl.remembered import NIGHT, NOW, due, fetch, item, known_from

URL = "http://paper.example/a"
Told = tuple[str, str | None, str | None, str]  # outcome, ETag, Last-Modified, body


def dated(nights_ago: float) -> str:
    return format_datetime(NOW - nights_ago * NIGHT, usegmt=True)


def fetches(told: list[Told], url: str = URL, **facts: Any) -> list[dict[str, Any]]:
    """One answer a night, the last one a night ago."""
    return [
        fetch(
            url,
            (len(told) - night) * NIGHT,
            outcome,
            etag=etag,
            last_modified=modified,
            body_hash=body * 64 if outcome == "ok" else None,
            **facts,
        )
        for night, (outcome, etag, modified, body) in enumerate(told)
    ]


def verdict_of(rows: list[dict[str, Any]], *, of_articles: bool = True) -> str:
    known = Known(None)
    known._connection.register("known_fetches", pa.Table.from_pylist(rows, schema=FETCHES))
    try:
        return known.verdict("http://PAPER.example/other", NOW, of_articles=of_articles)
    finally:
        known.close()


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ([("ok", '"1"', None, "a"), ("ok", '"2"', None, "b")], UNPROVEN),
        ([("ok", '"1"', None, "a"), ("ok", '"1"', None, "b")], LYING),
        ([("ok", '"1"', None, "a"), ("ok", 'W/"1"', None, "b")], LYING),
        ([("ok", '"1"', None, "a"), ("not_modified", None, None, ""), ("ok", '"1"', None, "b")], LYING),
        ([("ok", '"1"', None, "a"), ("not_modified", None, None, ""), ("ok", '"2"', None, "b")], UNPROVEN),
        ([("ok", None, "then", "a"), ("ok", None, "then", "b")], LYING),
        ([("ok", '"1"', "then", "a"), ("ok", '"2"', "then", "b")], UNPROVEN),
        ([("ok", None, None, "a"), ("ok", None, None, "b")], UNPROVEN),
        ([("ok", None, dated(9), "a"), ("not_modified", None, None, ""), ("ok", None, dated(2.5), "b")], LYING),
        ([("ok", None, dated(9), "a"), ("not_modified", None, None, ""), ("ok", None, dated(1.5), "b")], UNPROVEN),
        ([("ok", f'"{night}"', None, "a") for night in range(4)], RESTLESS),
        ([("ok", '"1"', None, "a"), ("not_modified", '"1"', None, "")] * 3 + [("ok", '"1"', None, "a")], PROVEN),
    ],
    ids=[
        "honest", "stuck", "stuck and weak", "a 304 over an edit", "an edit after a 304", "a date that stays",
        "the ETag goes before the date", "no validators", "belied by its own date", "changed after the 304",
        "restless", "proven",
    ],
)  # fmt: skip
def test_what_the_bodies_make_of_the_validators(told: list[Told], verdict: str) -> None:
    assert verdict_of(fetches(told)) == verdict


STUCK: list[Told] = [("ok", '"1"', None, "a"), ("ok", '"1"', None, "b")]


def test_a_lie_concerns_its_host_and_kind_of_page_for_a_month() -> None:
    feeds = fetches(STUCK, "http://paper.example/feed", purpose="feed", article_id=None)
    assert verdict_of(feeds, of_articles=False) == LYING
    assert verdict_of(feeds) == UNPROVEN
    assert verdict_of(fetches(STUCK, "http://other.example/a")) == UNPROVEN
    old = [{**row, "requested_at": row["requested_at"] - 31 * NIGHT} for row in fetches(STUCK)]
    assert verdict_of(old) == UNPROVEN


def test_two_pages_behind_one_redirect_are_one_body_and_one_page_behind_two_is_two() -> None:
    """What a short address leads to may be another page tomorrow."""
    [first, second] = fetches(STUCK)
    moved = [{**first, "final_url": "http://paper.example/x"}, {**second, "final_url": "http://paper.example/y"}]
    assert verdict_of(moved) == UNPROVEN


def test_the_sources_of_a_host_are_told_why_it_is_not_believed(tmp_path: Path) -> None:
    rows = fetches(STUCK) + fetches(STUCK, "http://paper.example/b", source_id="twin")
    known = known_from(tmp_path, rows)
    told = known.trust(NOW)
    known.close()
    assert distrusted(told, "paper") == distrusted(told, "twin") != []
    assert "paper.example" in distrusted(told, "paper")[0]
    assert distrusted(told, "other") == []


def test_a_liar_is_rechecked_without_a_condition(tmp_path: Path) -> None:
    mine = fetch(URL, NIGHT, "ok", etag='"7"')
    [honest] = due(tmp_path, [mine], [item(URL)])
    assert honest.validators.headers == {"if-none-match": '"7"'}
    (tmp_path / "raw.duckdb").unlink()
    [one] = due(tmp_path, [mine, *fetches(STUCK, "http://paper.example/b")], [item(URL)])
    assert one.validators.headers == {}
    assert one.validators.body_hash is not None


def test_nothing_known_is_nothing_held_against_a_host(tmp_path: Path) -> None:
    known = Known(tmp_path / "raw.duckdb")
    assert known.trust(NOW) == ()
    assert known.verdict(URL, NOW, of_articles=True) == UNPROVEN
    known.close()
