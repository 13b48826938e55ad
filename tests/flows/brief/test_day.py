"""The articles of one day, as that day runs in its time zone."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.brief.day import Window, read_articles, read_entities, read_source_names, utc, window_of
from flows.errors import NothingThere
from tests.deploy.dashboard.marts import NOON, Name, article_row
from tests.flows.brief.conftest import Publish, port_piece

DAY = date(2026, 3, 4)
ZONES = ["UTC", "Europe/Zurich", "America/St_Johns", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Niue"]


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (DAY, "UTC", 24),
        (date(2026, 3, 29), "Europe/Zurich", 23),
        (date(2026, 10, 25), "Europe/Zurich", 25),
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
    ],
)
def test_a_day_is_as_long_as_it_is_there(day: date, zone: str, hours: float) -> None:
    window = window_of(day, zone, {})
    assert (window.end - window.start) == timedelta(hours=hours)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from(ZONES))
def test_days_follow_on_one_another_without_gap_or_overlap(day: date, zone: str) -> None:
    assert window_of(day, zone, {}).end == window_of(day + timedelta(days=1), zone, {}).start


def test_a_night_begun_before_midnight_belongs_to_its_day() -> None:
    report = {"night_date": "2026-03-04", "started_at": "2026-03-04T23:50:00+00:00"}
    assert window_of(DAY, "UTC", report).end == datetime(2026, 3, 5, 11, 50, tzinfo=UTC)
    assert window_of(DAY, "UTC", report | {"night_date": "2026-03-03"}).end == datetime(2026, 3, 5, tzinfo=UTC)
    early = report | {"started_at": "2026-03-04T02:00:00+00:00"}
    assert window_of(DAY, "UTC", early).end == datetime(2026, 3, 5, tzinfo=UTC)  # never shorter than the day


def test_articles_known_in_the_window_its_start_included_and_its_end_not(publish: Publish) -> None:
    start, end = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)
    tick = timedelta(microseconds=1)
    moments = {"before": start - tick, "first": start, "last": end - tick, "after": end}
    marts = publish([port_piece(title=title, known_at=moment) for title, moment in moments.items()])
    rows = read_articles(marts, Window(start, end))
    assert {row["title"] for row in rows} == {"first", "last"}
    assert [row["article_id"] for row in rows] == sorted(row["article_id"] for row in rows)


def test_an_article_has_each_entity_once_most_salient_first(publish: Publish) -> None:
    piece = port_piece(names=(Name("Maersk", salience=0.4), Name("Rotterdam", "LOC", salience=0.9), Name("port")))
    assert read_entities(publish([piece, port_piece(title="Other")]), []) == {}
    article = article_row(piece)["article_id"]
    entities = read_entities(publish([piece, port_piece(title="Other")]), [article])
    assert [row["name"] for row in entities[article]] == ["Rotterdam", "port", "Maersk"]
    assert list(entities) == [article]


def test_sources_have_the_names_they_once_had(publish: Publish) -> None:
    assert read_source_names(publish((), {"a": "The A", "b": ""})) == {"a": "The A"}


def test_marts_that_were_never_published_are_an_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(NothingThere, match="not there yet") as caught:
        read_articles(tmp_path, window_of(DAY, "UTC", {}))
    assert "nightdesk run" in str(caught.value.hint)


def test_moments_without_a_zone_are_utc() -> None:
    assert utc(NOON.replace(tzinfo=None)) == NOON
    assert utc(NOON.astimezone(timezone(timedelta(hours=-7)))).isoformat() == NOON.isoformat()
