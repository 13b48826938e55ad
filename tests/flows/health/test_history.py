"""What is read out of raw for the health of a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.crawl.known import Known
from flows.health.history import History, SourceHealth
from flows.health.states import EMPTY, FAILING, GONE, HEALTHY, REVIVED, UNDATED
from flows.raw import DISCOVERIES, FETCHES, POLLS, short_hash
from flows.sources.source import Discover, Source
from tests.flows.health.polled import DAY, START, poll_row

FEED = "http://paper.example/feed"
OTHER = "http://paper.example/other"
MAPS = "http://paper.example/maps.xml"
NOW = START + 400 * DAY

Row = dict[str, Any]


def source_of(*places: tuple[str, str], source_id: str = "paper") -> Source:
    found = tuple(Discover(kind=kind, url=url) for kind, url in places)
    return Source(
        source_id=source_id, name="The Paper", home_url="http://paper.example/", language="en", discover=found
    )


PAPER = source_of(("feed", FEED))
TWO = source_of(("feed", FEED), ("feed", OTHER))
MAPPED = source_of(("sitemap", MAPS))


def polls(url: str, letters: str, **facts: Any) -> list[Row]:
    moments = [(START + number * DAY, letter) for number, letter in enumerate(letters) if letter != "_"]
    return [poll_row(url, at, letter, **facts) for at, letter in moments]


def discovery(number: int, at: datetime, found_in: str = FEED, *, is_dated: bool = True) -> Row:
    url = f"http://paper.example/{found_in[-6:]}{number}"
    ids = {"discovery_id": short_hash(f"paper\n{url}"), "source_id": "paper", "article_id": short_hash(url)}
    told = {"url": url, "url_as_found": url, "found_by": "feed", "found_in": found_in}
    seen = {"first_seen_at": at, "last_seen_at": at, "published_at": at if is_dated else None}
    return {**{field.name: None for field in DISCOVERIES}, **ids, **told, **seen}


def page(number: int, at: datetime, outcome: str, error_class: str | None = None, **facts: Any) -> Row:
    told = {"fetch_id": short_hash(f"{number}{at}"), "run_id": f"run {at:%m-%d}", "source_id": "paper"}
    told |= {"purpose": "article", "article_id": str(number), "url": f"http://paper.example/{number}"}
    asked = {"is_recheck": False, "attempt": 1, "redirects": 0, "seconds": 0.1, "robots_verdict": "allowed"}
    ended = {"outcome": outcome, "error_class": error_class, "requested_at": at}
    return {**{field.name: None for field in FETCHES}, **told, **asked, **ended, **facts}


@contextmanager
def history(
    folder: Path, polled: Iterable[Row] = (), found: Sequence[Row] = (), fetched: Sequence[Row] = ()
) -> Iterator[History]:
    database = folder / "raw.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        for name, rows, schema in (
            ("polls", list(polled), POLLS),
            ("discoveries", list(found), DISCOVERIES),
            ("fetches", list(fetched), FETCHES),
        ):
            connection.from_arrow(pa.Table.from_pylist(rows, schema=schema)).create(name)
    known = Known(database)
    try:
        yield known.history
    finally:
        known.close()


def health(
    folder: Path,
    source: Source,
    polled: Iterable[Row] = (),
    found: Sequence[Row] = (),
    fetched: Sequence[Row] = (),
    now: datetime = NOW,
) -> SourceHealth:
    with history(folder, polled, found, fetched) as told:
        return told.healths([source], now)[source.source_id]


def test_before_the_first_night_nothing_is_known() -> None:
    known = Known(None)
    assert known.history.healths([PAPER], NOW) == {}
    known.close()


def test_the_state_is_that_of_the_moment_asked_for(tmp_path: Path) -> None:
    rows = polls(FEED, "gg00___g")
    states = {}
    with history(tmp_path, rows) as told:
        for number in range(9):
            at = told.healths([PAPER], START + number * DAY)
            states[number] = at["paper"].state if at else None
    assert states == {0: None, 1: HEALTHY, 2: HEALTHY, 3: FAILING, 4: GONE, 5: GONE, 6: GONE, 7: GONE, 8: REVIVED}


def test_other_sources_with_the_same_feed_have_a_health_of_their_own(tmp_path: Path) -> None:
    rows = polls(FEED, "ggg") + polls(FEED, "44444444", source_id="twin")
    twin = source_of(("feed", FEED), source_id="twin")
    rows = [{**row, "poll_id": str(number)} for number, row in enumerate(rows)]
    with history(tmp_path, rows) as told:
        both = told.healths([PAPER, twin], NOW)
        assert {source_id: one.state for source_id, one in both.items()} == {"paper": HEALTHY, "twin": GONE}
        assert (len(told.gone(PAPER)), len(told.gone(twin))) == (0, 1)


def test_a_source_is_as_well_as_its_best_announcement_and_names_each(tmp_path: Path) -> None:
    rows = polls(FEED, "gggggggg") + polls(OTHER, "g4444444")
    told = health(tmp_path, TWO, rows)
    assert told.state == HEALTHY
    assert [(one.url, one.health.state) for one in told.announcements] == [(FEED, HEALTHY), (OTHER, GONE)]
    worse = health(tmp_path, TWO, rows[8:] + polls(FEED, "ggggttt"))
    assert (worse.state, worse.since, worse.error_class) == (FAILING, START + 5 * DAY, "timeout")


def test_a_feed_that_left_the_file_counts_no_more(tmp_path: Path) -> None:
    rows = polls(FEED, "44444444") + polls(OTHER, "________gg")
    assert health(tmp_path, source_of(("feed", OTHER)), rows).state == HEALTHY


def test_what_the_sitemaps_below_an_index_announce_the_index_announces(tmp_path: Path) -> None:
    def night(number: int, below: str) -> list[Row]:
        at = START + number * DAY
        rows = [poll_row(MAPS, at, "e", kind="sitemap")]
        for place, letter in enumerate(below):
            url = f"http://paper.example/map-{number}-{place}.xml"
            rows.append(poll_row(url, at + timedelta(seconds=place + 1), letter, kind="sitemap"))
        return [{**row, "run_id": str(number)} for row in rows]

    good = [row for number in range(6) for row in night(number, "ge")]
    found = [discovery(n, START + n * DAY, f"http://paper.example/map-{n}-0.xml") for n in range(6)]
    told = health(tmp_path, MAPPED, good, found)
    assert told.state == HEALTHY
    assert told.best.last_new_at == START + 5 * DAY
    assert health(tmp_path, MAPPED, [row for n in range(6) for row in night(n, "ee")]).state == EMPTY
    assert health(tmp_path, MAPPED, [row for n in range(6) for row in night(n, "nn")]).state == HEALTHY
    failed = health(tmp_path, MAPPED, [row for number in range(6) for row in night(number, "44")])
    assert (failed.state, failed.error_class) == (FAILING, "http_404")


def test_a_run_in_which_no_server_answered_blames_nobody(tmp_path: Path) -> None:
    def nights(*fetched: Row) -> str:
        rows = polls(FEED, "gg" + 20 * "d")
        for other in ("second", "third"):
            rows += polls(f"http://{other}.example/feed", 22 * "d", source_id=other)
        return health(tmp_path, PAPER, rows, fetched=fetched).state

    assert nights() == HEALTHY
    answered = [page(9, START + n * DAY, "ok", source_id="third", status=200) for n in range(3, 22)]
    assert nights(*answered) == GONE


def test_a_site_that_gives_its_feed_and_not_one_page_is_failing(tmp_path: Path) -> None:
    rows = polls(FEED, 12 * "g")
    pages = [page(n, START + n * DAY, "failed", "http_403") for n in range(10)]
    told = health(tmp_path, PAPER, rows, fetched=pages)
    assert (told.state, told.since, told.error_class) == (FAILING, START, "http_403")
    assert told.are_pages_vain
    assert health(tmp_path, PAPER, rows, fetched=pages[:9] * 2).state == HEALTHY
    had = page(99, START + 10 * DAY, "ok")
    assert health(tmp_path, PAPER, rows, fetched=[*pages, had]).state == HEALTHY


def test_dates_and_the_rate_come_from_what_was_discovered(tmp_path: Path) -> None:
    rows = polls(FEED, 15 * "q")
    backlog = [discovery(n, START) for n in range(40)]
    later = [discovery(100 + n, START + n * DAY) for n in range(1, 13)]
    told = health(tmp_path, PAPER, rows, backlog + later)
    assert (told.best.items_per_week, told.best.last_new_at) == (6.0, START + 12 * DAY)
    assert told.best.health.undated_share == 0.0
    undated = [discovery(n, START + DAY, is_dated=False) for n in range(30)]
    assert health(tmp_path, PAPER, rows, undated).state == UNDATED
    assert health(tmp_path, PAPER, rows[:1], backlog).best.items_per_week is None


def test_sources_that_are_asked_at_the_same_time_keep_their_own_sitemaps(tmp_path: Path) -> None:
    other = "http://twin.example/maps.xml"
    twin = source_of(("sitemap", other), source_id="twin")
    rows = []
    for number in range(4):
        at = START + number * DAY
        facts = {"kind": "sitemap", "run_id": str(number)}
        rows.append(poll_row(MAPS, at, "e", **facts))
        rows.append(poll_row(other, at + timedelta(seconds=1), "e", source_id="twin", **facts))
        rows.append(poll_row("http://paper.example/below.xml", at + timedelta(seconds=2), "g", **facts))
    with history(tmp_path, rows) as told:
        states = {source_id: one.state for source_id, one in told.healths([MAPPED, twin], NOW).items()}
    assert states == {"paper": HEALTHY, "twin": EMPTY}
