"""Answers from the archive: what an article leaves open, later or earlier articles may answer, never the unknown."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from flows import answers
from flows.answers import ANSWERS, AnswersReport, answer
from flows.clock import Clock
from flows.columns import sweep, with_lineage, write_rows
from flows.paths import Home
from flows.raw import short_hash
from tests.sql.nights import COLUMNS, row, span
from transforms.embedding import small
from transforms.reader.reading import VECTOR_SIZE

FIRST = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
QUESTION = "Why did Acme close the mine at Rome?"
ASKS = "Acme closed the mine at Rome on Monday. Nobody was hurt."
TELLS = "Miners wept. Acme closed the mine at Rome because the pumps had failed. Rain fell."
REASON = "Acme closed the mine at Rome because the pumps had failed."


@dataclass(frozen=True)
class Still(Clock):
    """A clock that stands."""

    at: datetime = FIRST

    def now(self) -> datetime:
        return self.at


def vector(*weights: float) -> np.ndarray[Any, np.dtype[np.float32]]:
    made = np.zeros(VECTOR_SIZE, np.float32)
    made[: len(weights)] = weights
    return made / np.linalg.norm(made)


ABOUT = vector(1, 1)


def asked(question: str = QUESTION, is_later: bool = False) -> dict[str, Any]:
    return {
        "question_id": short_hash(question),
        "facet": "origins",
        "question": question,
        "rank": 1,
        "entity_ids": ["acme"],
        "need": "reason",
        "is_later": is_later,
        "vector": small(ABOUT).tobytes(),
        "answer": None,
    }


def sentences(text: str) -> list[dict[str, Any]]:
    return [span(text, sentence.rstrip(".") + ".") for sentence in text.split(". ")]


def publish(home: Home, name: str, text: str, night: int, questions: tuple[dict[str, Any], ...] = ()) -> None:
    """An article that was fetched and read on a night, as the stages before leave it."""
    at = FIRST + timedelta(days=night)
    keys = {"article_id": short_hash(name), "revision_id": short_hash(text)}
    body = {"body_hash": name}
    said = sentences(text)
    vectors = np.stack([ABOUT if "because" in text[each["start"] : each["end"]] else vector(0, 1, 1) for each in said])
    mention = {"text": "Acme", **span(text, "Acme"), "score": 0.9}
    acme = {"entity_id": "acme", "name": "Acme", "type": "ORG", "relevance": "main", "score": 1, "salience": 1}
    unlinked = dict.fromkeys(("linked_kind", "linked_id", "ticker", "exchange", "country", "link_confidence"))
    rows: dict[str, dict[str, Any]] = {
        "content": {**keys, **body, "text": text, "sentences": said, "fetched_at": at},
        "quality": {**keys, **body, "verdict": "kept", "score": 1.0},
        "embedding": {**keys, "vector": ABOUT.tolist(), "sentence_vectors": small(vectors).tobytes()},
        "entities": {**keys, "entities": [{**acme, **unlinked, "mentions": [mention]}]},
        "insights": {**keys, "questions": list(questions)},
    }
    lineage = {"model": "reader", "revision": "1", "parameters": "none", "code": "0", "run_id": f"run-{night}"}
    for column, given in rows.items():
        writes = COLUMNS[column].writes
        given = {field: value for field, value in given.items() if field in writes.names}
        made = pa.Table.from_pylist([row(writes, **given)], schema=writes)
        lined = with_lineage(made, version=COLUMNS[column].version, at=at, **lineage)
        write_rows(home, COLUMNS[column], lined, [at.date()], f"{night}-{name}")


def night(home: Home, number: int) -> AnswersReport:
    at = FIRST + timedelta(days=number, hours=1)
    return answer(home, f"run-{number}-{short_hash(str(at))}", Still(at=at), at)


def written(home: Home) -> list[dict[str, Any]]:
    """Every answer on disk with the row that holds it."""
    pattern = f"{home.columns}/answers/v{ANSWERS.version}/*/*.parquet"
    sql = f"select article_id as row_of, processed_at, unnest(answers) as answer from '{pattern}' order by processed_at"
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        return [
            {"row_of": row_of, "processed_at": at, **found} for row_of, at, found in connection.execute(sql).fetchall()
        ]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_an_open_question_is_answered_by_an_older_article_word_for_word(home: Home) -> None:
    publish(home, "tells", TELLS, 0)
    publish(home, "asks", ASKS, 0, (asked(),))
    assert night(home, 0) == AnswersReport(asked=1, answered_from_archive=1)
    (found,) = written(home)
    assert found["row_of"] == found["asking_article_id"] == short_hash("asks")
    assert (found["cited_article_id"], found["cited_revision_id"]) == (short_hash("tells"), short_hash(TELLS))
    assert found["text"] == TELLS[found["start"] : found["end"]] == REASON
    assert 0 < found["score"] <= 1
    assert found["support"] == 1


def test_a_later_night_answers_an_earlier_question_once(home: Home) -> None:
    publish(home, "asks", ASKS, 0, (asked(),))
    assert night(home, 0) == AnswersReport(asked=1, open=1)
    publish(home, "tells", TELLS, 1)
    assert night(home, 1) == AnswersReport(answered_later=1)
    publish(home, "again", TELLS.replace("Rain", "Snow"), 2)
    assert night(home, 2) == AnswersReport()
    (found,) = written(home)
    assert found["row_of"] == found["cited_article_id"] == short_hash("tells")
    assert found["processed_at"] == FIRST + timedelta(days=1, hours=1)


def test_nothing_is_cited_that_was_fetched_after_the_run_began(home: Home) -> None:
    publish(home, "asks", ASKS, 0, (asked(),))
    publish(home, "tells", TELLS, 1)
    assert night(home, 0) == AnswersReport(asked=1, open=1)
    assert written(home) == []
    assert night(home, 1) == AnswersReport(answered_later=1)


def test_a_run_with_nothing_new_writes_nothing(home: Home) -> None:
    publish(home, "asks", ASKS, 0, (asked(),))
    night(home, 0)
    before = sorted(home.columns.rglob("*"))
    assert night(home, 5) == AnswersReport()
    assert sorted(home.columns.rglob("*")) == before


def test_what_a_killed_run_left_undone_the_next_one_does(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(home, "asks", ASKS, 0, (asked(),))
    publish(home, "tells", TELLS, 1)

    def killed(*_: Any) -> list[str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(answers, "write_rows", killed)
        with pytest.raises(KeyboardInterrupt):
            night(home, 1)
    half = home.columns / "answers" / "v1" / "date=2026-03-01" / "run.tmp"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"PAR1")
    sweep(home)
    assert night(home, 1) == AnswersReport(asked=1, answered_from_archive=1)
    assert len(written(home)) == 1


def test_a_copy_of_the_asking_text_proves_nothing(home: Home) -> None:
    publish(home, "asks", TELLS, 0, (asked(),))
    publish(home, "copy", TELLS, 0)
    publish(home, "nearly", "Berta wept. " + TELLS.replace("Rain fell.", "Snow fell."), 0)
    assert night(home, 0) == AnswersReport(asked=1, open=1)


def test_what_has_happened_since_only_a_younger_article_tells(home: Home) -> None:
    publish(home, "tells", TELLS, 0)
    publish(home, "asks", ASKS, 1, (asked(is_later=True),))
    assert night(home, 1) == AnswersReport(asked=1, open=1)
    publish(home, "news", TELLS.replace("Miners", "Owners"), 2)
    assert night(home, 2) == AnswersReport(answered_later=1)


def test_another_subject_answers_nothing(home: Home) -> None:
    publish(home, "asks", ASKS, 0, (asked("Why did Acme buy the bank at Genoa?"),))
    publish(home, "tells", TELLS, 0)
    assert night(home, 0) == AnswersReport(asked=1, open=1)
