"""Rereading: another maker's rows come to count, with all that is made from them, once, and nothing is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from flows.clock import Clock
from flows.columns import READING_TRANSFORMS, with_lineage, write_rows
from flows.errors import ConfigurationError
from flows.ledger import new_run_id
from flows.paths import Home
from flows.progress import silent
from flows.read import Job, read
from flows.reread import reread
from tests.sql.nights import row
from transforms.content import CONTENT
from transforms.contract import MAKER, Transform
from transforms.entities import ENTITIES
from transforms.models import Models
from transforms.quality import QUALITY
from transforms.reader.reader import load_reader
from transforms.sentiment import SENTIMENT
from transforms.summary import SUMMARY

FIRST = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
COLUMNS = (ENTITIES, SENTIMENT, SUMMARY)
TEXTS = ("Acme sold 40 trains to Kenya on Monday.", "Beatrice Odongo leads the Rotterdam port authority since May.")


LOADED = cache(load_reader)


@dataclass(frozen=True)
class Desk:
    """A home with two texts of two days, read as a night does."""

    home: Home

    def job(self, *changed: Transform) -> Job:
        """The reading by the reader, but for the columns changed."""
        by_name = {transform.name: transform for transform in changed}
        chosen = tuple(by_name.get(transform.name, transform) for transform in COLUMNS)
        clock = Clock()
        return Job(self.home, new_run_id(clock), clock, 1, LOADED, silent, chosen)

    def models(self, column: str) -> list[str]:
        """The model of the row that counts, by the texts' day."""
        with duckdb.connect() as connection:
            found = connection.execute(
                f"select model from read_parquet('{self.home.columns}/{column}/v*/date=*/*.parquet') "
                "qualify row_number() over (partition by article_id order by processed_at desc) = 1 order by article_id"
            ).fetchall()
        return [model for (model,) in found]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(Home(tmp_path))
    for number, text in enumerate(TEXTS):
        day = FIRST + timedelta(days=number)
        keys = {"article_id": f"a{number}", "revision_id": f"r{number}", "body_hash": f"b{number}"}
        sentences = [{"start": 0, "end": len(text)}]
        content = row(CONTENT.writes, **keys, text=text, sentences=sentences, language="en", fetched_at=day)
        quality = row(QUALITY.writes, **keys, verdict="kept", score=1.0)
        for transform, given in ((CONTENT, content), (QUALITY, quality)):
            rows = pa.Table.from_pylist([given], schema=transform.writes)
            lined = with_lineage(
                rows, version=1, model="rules", revision="1", parameters="", code="0", run_id="0", at=day
            )
            write_rows(desk.home, transform, lined, [day.date()], f"0-{number}")
    read(desk.job())
    return desk


def by_another(transform: Transform, model: str = "other", dies_after: int = 99) -> Transform:
    """The transform by another maker, which gives every row its name; it dies after some batches."""
    left: Iterator[int] = iter(range(dies_after))

    def apply(table: pa.Table, models: Models) -> pa.Table:
        if next(left, None) is None:
            raise ConnectionError("killed")
        made = transform.apply(table, models)
        for field in MAKER:
            made = made.append_column(field, pa.repeat(model, made.num_rows))
        return made

    return replace(transform, apply=apply, model=model, parameters=f"by {model}")


def test_a_new_maker_touches_nothing_until_it_is_asked_to(desk: Desk) -> None:
    assert read(desk.job(by_another(SUMMARY))).articles == 0
    assert desk.models("summary") == ["nightdesk-reader"] * 2
    assert reread(desk.job(by_another(SUMMARY)), "summary").rows == {"entities": 0, "sentiment": 0, "summary": 2}
    assert desk.models("summary") == ["other"] * 2
    assert len(list(desk.home.columns.glob("summary/v*/date=*/*.parquet"))) == 4, "what was there stays"
    assert reread(desk.job(by_another(SUMMARY)), "summary").articles == 0, "a second time has nothing to do"
    assert reread(desk.job(), "summary").rows["summary"] == 2, "and back again"
    assert desk.models("summary") == ["nightdesk-reader"] * 2


def test_what_is_made_from_the_column_follows(desk: Desk) -> None:
    report = reread(desk.job(by_another(ENTITIES)), "entities")
    assert report.rows == {"entities": 2, "sentiment": 2, "summary": 2}
    assert desk.models("sentiment") == ["nightdesk-reader"] * 2


def test_only_texts_since_a_day_are_reread(desk: Desk) -> None:
    report = reread(desk.job(by_another(ENTITIES)), "entities", date(2026, 3, 2))
    assert report.rows == {"entities": 1, "sentiment": 1, "summary": 1}
    assert desk.models("entities") == ["nightdesk-reader", "other"]


def test_a_killed_reread_is_finished_by_the_next(desk: Desk) -> None:
    with pytest.raises(ConnectionError):
        reread(desk.job(by_another(ENTITIES), by_another(SENTIMENT, dies_after=1)), "entities")
    assert desk.models("entities") == ["other"] * 2, "the tone of the second text is of the entities before"
    report = reread(desk.job(by_another(ENTITIES), by_another(SENTIMENT)), "entities")
    assert report.rows == {"entities": 0, "sentiment": 1, "summary": 1}


def test_rows_that_a_maker_left_to_the_reader_are_tried_again(desk: Desk) -> None:
    gave_up = replace(by_another(SUMMARY, "nightdesk-reader"), model="other", parameters="by other")
    reread(desk.job(gave_up), "summary")
    assert desk.models("summary") == ["nightdesk-reader"] * 2
    assert reread(desk.job(by_another(SUMMARY)), "summary").rows["summary"] == 2


def test_a_column_that_is_not_there_is_named(desk: Desk) -> None:
    with pytest.raises(ConfigurationError, match="'content'") as caught:
        reread(desk.job(), "content")
    assert all(transform.name in caught.value.hint for transform in READING_TRANSFORMS)
