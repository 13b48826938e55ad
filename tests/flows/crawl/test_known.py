"""The frontier: what is asked for tonight, in which order, and what is not asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.crawl.known import Due, Known
from flows.crawl.validators import Validators
from flows.raw import POLLS, short_hash
from tests.flows.crawl.remembered import NIGHT, NOW, URL, discovery, due, fetch, item, known_from


def urls(found: Sequence[Due]) -> list[str]:
    return [one.url.rpartition("/")[2] for one in found]


def test_without_a_database_all_that_is_announced_is_due(tmp_path: Path) -> None:
    known = Known(tmp_path / "raw.duckdb")
    found = known.frontier("paper", [item(URL)], NOW, give_up_after=3, recheck_days=3)
    known.close()
    assert found == [Due(short_hash(URL), URL, False, Validators())]


def test_the_newest_first_then_as_announced_then_rechecks(tmp_path: Path) -> None:
    base = "http://paper.example/"
    announced = [
        item(f"{base}undated-1"),
        item(f"{base}old", "2026-03-01"),
        item(f"{base}new", "2026-03-09"),
        item(f"{base}undated-2"),
        item(f"{base}had", "2026-03-10"),
    ]
    found = due(tmp_path, [fetch(f"{base}had", NIGHT, "ok")], announced)
    assert urls(found) == ["new", "old", "undated-1", "undated-2", "had"]
    assert [one.is_recheck for one in found] == [False] * 4 + [True]


def test_what_was_discovered_and_never_asked_for_is_due_without_being_announced_again(tmp_path: Path) -> None:
    found = due(tmp_path, discoveries=[discovery(URL), discovery("http://other.example/b", "other")])
    assert [one.url for one in found] == [URL]


def test_a_failed_article_is_tried_on_three_nights_and_then_given_up(tmp_path: Path) -> None:
    failures = [fetch(URL, n * NIGHT, "failed", error_class="timeout") for n in (1, 2, 3)]
    again = [fetch(URL, NIGHT + timedelta(minutes=n), "failed", error_class="timeout") for n in range(1, 9)]
    assert urls(due(tmp_path, failures[:2] + again, [item(URL)])) == ["a"]
    (tmp_path / "raw.duckdb").unlink()
    assert due(tmp_path, failures, [item(URL)]) == []


def test_nights_of_deferral_do_not_count_as_failures(tmp_path: Path) -> None:
    nights = [fetch(URL, n * NIGHT, "deferred", error_class="over_limit") for n in range(1, 9)]
    assert urls(due(tmp_path, nights, [item(URL)])) == ["a"]


@pytest.mark.parametrize("error_class", ["http_404", "http_410"])
@pytest.mark.parametrize("was_had", [False, True])
def test_what_is_gone_is_not_asked_for_again(tmp_path: Path, error_class: str, was_had: bool) -> None:
    fetches = [fetch(URL, NIGHT, "failed", error_class=error_class)]
    fetches += [fetch(URL, 2 * NIGHT, "ok")] if was_had else []
    assert due(tmp_path, fetches, [item(URL)]) == []


def test_a_refusal_holds_for_the_day_and_is_asked_about_the_next(tmp_path: Path) -> None:
    refused = fetch(URL, timedelta(hours=1), "refused", error_class="robots_disallowed")
    assert due(tmp_path, [refused], [item(URL)]) == []
    (tmp_path / "raw.duckdb").unlink()
    yesterday = fetch(URL, NIGHT, "refused", error_class="robots_disallowed")
    assert urls(due(tmp_path, [yesterday], [item(URL)])) == ["a"]


def test_a_failure_of_tonight_is_tried_again_by_a_second_run(tmp_path: Path) -> None:
    failed = fetch(URL, timedelta(hours=1), "failed", error_class="http_503")
    assert [one.is_recheck for one in due(tmp_path, [failed], [item(URL)])] == [False]


@pytest.mark.parametrize(
    ("ago", "is_due"),
    [
        (timedelta(minutes=59), False),
        (timedelta(hours=1), True),
        (timedelta(hours=13), True),
        (timedelta(days=2, hours=23), True),
        (timedelta(days=3, minutes=1), False),
    ],
)
def test_an_article_had_is_rechecked_only_within_its_window(tmp_path: Path, ago: timedelta, is_due: bool) -> None:
    found = due(tmp_path, [fetch(URL, ago, "ok", error_class=None)], [item(URL)])
    assert [one.is_recheck for one in found] == ([True] if is_due else [])


def test_the_window_counts_from_the_first_time_it_was_had(tmp_path: Path) -> None:
    fetches = [fetch(URL, n * NIGHT, "ok", is_recheck=True) for n in (1, 2, 4)]
    assert due(tmp_path, fetches, [item(URL)]) == []


def test_a_recheck_asks_with_what_the_last_body_said(tmp_path: Path) -> None:
    fetches = [
        fetch(URL, 2 * NIGHT, "ok", etag='"v1"', last_modified="Sun", body_hash="1" * 64),
        fetch(URL, 1 * NIGHT, "ok", etag='"v2"', last_modified=None, body_hash="2" * 64),
    ]
    [one] = due(tmp_path, fetches, [item(URL)])
    assert one.validators == Validators('"v2"', None, "2" * 64)


def test_after_a_304_the_next_recheck_takes_the_whole_page(tmp_path: Path) -> None:
    fetches = [
        fetch(URL, 2 * NIGHT, "ok", etag='"v1"', body_hash="1" * 64),
        fetch(URL, 1 * NIGHT, "not_modified", etag='"v1"', is_recheck=True),
    ]
    [one] = due(tmp_path, fetches, [item(URL)])
    assert one.validators == Validators(body_hash="1" * 64)
    assert one.validators.headers == {}


def test_fetches_of_feeds_and_robots_say_nothing_of_articles(tmp_path: Path) -> None:
    robots = fetch(URL, NIGHT, "failed", error_class="http_404", purpose="robots")
    assert urls(due(tmp_path, [robots], [item(URL)])) == ["a"]


def test_another_sources_fetch_of_the_same_article_counts(tmp_path: Path) -> None:
    assert due(tmp_path, [fetch(URL, timedelta(minutes=50), "ok", source_id="other")], [item(URL)]) == []


def test_the_first_sighting_is_kept_by_source(tmp_path: Path) -> None:
    known = known_from(tmp_path, discoveries=[discovery(URL), discovery(URL, "other")])
    assert known.first_seen("paper") == {short_hash(f"paper\n{URL}"): NOW - NIGHT}
    known.close()


def poll(ago: timedelta, outcome: str, etag: str | None) -> dict[str, Any]:
    told = {"run_id": "r", "source_id": "paper", "url": URL, "kind": "feed", "items": 1, "new_items": 0, "seconds": 0.1}
    when = {"poll_id": str(ago), "outcome": outcome, "polled_at": NOW - ago, "next_due_at": NOW}
    return {**{field.name: None for field in POLLS}, **told, **when, "etag": etag}


def test_the_last_poll_is_the_last_full_body(tmp_path: Path) -> None:
    polls = [
        poll(2 * NIGHT, "ok", '"old"'),
        poll(NIGHT, "ok", '"new"'),
        poll(timedelta(hours=2), "not_modified", '"new"'),
        poll(timedelta(hours=1), "failed", None),
    ]
    known = known_from(tmp_path, polls=polls)
    last = known.last_poll("paper", URL)
    assert (last.validators.etag, last.full_body_at) == ('"new"', NOW - NIGHT)
    assert known.last_poll("paper", "http://paper.example/elsewhere").full_body_at is None
    assert known.last_poll("other", URL).full_body_at is None  # what it said to one source, the other has not read
    known.close()


def test_the_database_is_only_read(tmp_path: Path) -> None:
    known = known_from(tmp_path)
    with pytest.raises(duckdb.Error):
        known._connection.execute("delete from raw.main.fetches")
    known.close()
