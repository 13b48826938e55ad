"""What the dashboard reads of a published night."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from deploy.dashboard import tables
from flows.errors import NightdeskError, NothingThere
from flows.paths import Home
from flows.query import QueryError
from flows.settings import Settings
from tests.deploy.dashboard.counts import run_rows
from tests.deploy.dashboard.marts import DAY, article_row, publish_pieces
from tests.deploy.dashboard.night import PIECES

RAIL = article_row(PIECES[0])
COPY = article_row(PIECES[1])


def test_a_day_is_a_day_of_the_reader_and_the_latest_comes_first(settings: Settings) -> None:
    with tables.reading(settings.paths) as connection:
        assert tables.days(connection, "UTC") == [DAY, DAY - timedelta(days=1)]
        known_evening_before = tables.days(connection, "America/New_York")  # 02:40 UTC is 21:40 there
        assert known_evening_before == [DAY - timedelta(days=1), DAY - timedelta(days=2)]
        listed = {row["article_id"] for row in tables.stories(connection, DAY, "UTC")}
        assert {
            row["article_id"] for row in tables.stories(connection, known_evening_before[0], "America/New_York")
        } == listed
        assert listed == {article_row(piece)["article_id"] for piece in PIECES if piece.known_at.date() == DAY}


def test_stories_come_by_publication_and_the_undated_last(settings: Settings) -> None:
    with tables.reading(settings.paths) as connection:
        moments = [row["published_at"] for row in tables.stories(connection, DAY, "UTC")]
    assert moments[-1] is None
    assert moments[:-1] == sorted(moments[:-1], reverse=True)


def test_exact_copies_stand_behind_the_first_published(settings: Settings) -> None:
    with tables.reading(settings.paths) as connection:
        rows = tables.stories(connection, DAY, "UTC")
    shown = tables.folded(rows)
    behind = {row["article_id"]: [copy["article_id"] for copy in row["copies"]] for row in shown if row["copies"]}
    assert behind == {RAIL["article_id"]: [COPY["article_id"]]}
    assert len(shown) == len(rows) - 1
    alone = tables.folded([row for row in rows if row["source_name"] == COPY["source_name"]])
    assert COPY["article_id"] in {row["article_id"] for row in alone}


def test_an_article_has_its_entities_its_mentions_and_its_copies(settings: Settings) -> None:
    with tables.reading(settings.paths) as connection:
        row = tables.article(connection, RAIL["article_id"])
        names = tables.entities(connection, RAIL["article_id"])
        mentions = tables.mentions(connection, RAIL["article_id"])
        assert row is not None
        assert [copy["source_name"] for copy in tables.copies(connection, row)] == ["Alpine Ledger"]
    assert [point["text"] for point in row["key_points"]] == [point["text"] for point in RAIL["key_points"]]
    assert [(name["name"], name["ticker"], name["mentions"]) for name in names] == [
        ("Siemens", "SIE", 1), ("Nairobi", None, 2), ("Kenya", None, 1),
    ]  # fmt: skip
    assert [row["text"][one["start"] : one["end"]] for one in mentions] == ["Siemens", "Nairobi", "Kenya", "Nairobi"]


@pytest.mark.parametrize("article_id", ["", "nothing", "' or 1=1 --", "x" * 10_000])
def test_an_unknown_id_is_no_article(settings: Settings, article_id: str) -> None:
    with tables.reading(settings.paths) as connection:
        assert tables.article(connection, article_id) is None
        assert tables.entities(connection, article_id) == []


def test_the_runs_of_one_night_are_added_up_and_the_last_one_speaks(tmp_path: Path) -> None:
    last = run_rows()[-1]
    killed = {**last, "run_id": "earlier", "status": "killed", "started_at": last["started_at"] - timedelta(hours=1)}
    home = publish_pieces(Home(tmp_path), PIECES, runs=[last, killed])
    with tables.reading(home) as connection:
        night = tables.night(connection, DAY)
        assert tables.night(connection, DAY - timedelta(days=400)) is None
    assert night is not None
    assert (night["runs"], night["status"]) == (2, "amber")
    assert night["due"] == 38 == sum(night[count] for count in ("fetched", "refused", "deferred", "failed"))
    assert night["rejected"] == night["rejected_by_reason"].total() == 10
    assert night["fetched"] == night["articles"] + night["rejected"]
    assert [one["source_id"] for one in night["sources"] if one["status"] == "failed"] == ["signal"]


@pytest.mark.parametrize("words", ["'; drop table articles; --", "nairobi' or 'x'='x", '" nairobi', "%nairobi_ ?"])
def test_words_of_a_search_are_words_whatever_they_hold(settings: Settings, words: str) -> None:
    found = [hit["title"] for hit in tables.hits(settings, words)]
    assert all("nairobi" in title.casefold() for title in found)
    assert bool(found) == ("nairobi" in words)
    with pytest.raises(QueryError):
        tables.hits(settings, "?!")


def _nothing(home: Home) -> None:
    home.root.mkdir(exist_ok=True)


def _half_written(home: Home) -> None:
    publish_pieces(home, PIECES[:1])
    home.database.write_bytes(home.database.read_bytes()[:50_000])


def _garbage(home: Home) -> None:
    home.database.write_bytes(b"half a page of something else" * 500)


def _of_another_version(home: Home) -> None:
    with duckdb.connect(str(home.database)) as connection:
        connection.execute("create table articles (article_id varchar)")


@pytest.mark.parametrize("broken", [_nothing, _half_written, _garbage, _of_another_version])
def test_a_missing_or_broken_database_is_one_sentence_with_a_hint(
    tmp_path: Path, broken: Callable[[Home], None]
) -> None:
    settings = Settings(home=tmp_path)
    broken(settings.paths)
    for ask in (lambda: _read_everything(settings), lambda: tables.hits(settings, "word")):
        with pytest.raises(NightdeskError) as caught:
            ask()
        assert "\n" not in caught.value.message
        assert "nightdesk run" in caught.value.hint
        assert isinstance(caught.value, NothingThere) == (broken is _nothing or "index" in caught.value.message)


def _read_everything(settings: Settings) -> None:
    with tables.reading(settings.paths) as connection:
        for day in tables.days(connection, "UTC"):
            tables.stories(connection, day, "UTC")


def test_a_night_swapped_in_is_seen_by_the_next_page_and_not_by_the_one_being_drawn(tmp_path: Path) -> None:
    home = publish_pieces(Home(tmp_path), PIECES[-1:])
    with tables.reading(home) as connection:
        before = tables.days(connection, "UTC")
        publish_pieces(home, PIECES)
        assert tables.days(connection, "UTC") == before == [DAY - timedelta(days=1)]
    with tables.reading(home) as connection:
        assert tables.days(connection, "UTC")[0] == DAY
