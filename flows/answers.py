"""Answers: what an article leaves open is asked of the archive, and what older ones left open is asked of the article.

One row for each revision that has arrived, so that what is done is what has a row: its own open questions are put to
the whole archive, and the open questions of earlier nights to it. No model runs: the vectors of questions and sentences
lie in their columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from flows.archive import LIMITS, Archive, Found
from flows.clock import Clock
from flows.columns import Folder, days_of, register, with_lineage, write_rows
from flows.extract import RULES
from flows.paths import Home
from flows.raw import short_hash
from flows.read import open_columns
from flows.version import code_version
from transforms.contract import KEYS, SPAN
from transforms.insights.archive import PARAMETERS

_TEXTS = (
    "asking_article_id", "asking_revision_id", "question_id", "cited_article_id", "cited_revision_id", "text",
)  # fmt: skip
_ANSWER_FIELDS: list[pa.Field[Any]] = [
    *(pa.field(name, pa.string(), nullable=False) for name in _TEXTS),
    *SPAN,
    *(pa.field(name, pa.float32(), nullable=False) for name in ("score", "support")),
]
ANSWER_LIST = pa.list_(pa.struct(_ANSWER_FIELDS))
ANSWERS = Folder("answers", 1, pa.schema([*KEYS, pa.field("answers", ANSWER_LIST, nullable=False)]))


@dataclass(frozen=True)
class AnswersReport:
    """What became of the questions of the articles that arrived.

    asked = answered_here + answered_from_archive + open. answered_later: questions of earlier nights that the arrivals
    answer. refused: what the gate dropped.
    """

    asked: int = 0
    answered_here: int = 0
    answered_from_archive: int = 0
    open: int = 0
    answered_later: int = 0
    refused: int = 0


def answer(home: Home, run_id: str, clock: Clock, as_of: datetime) -> AnswersReport:
    """Answer what the archive can answer; cites nothing fetched after `as_of`. Without an arrival nothing is done."""
    with open_columns(home) as connection:
        register(connection, home, ANSWERS)
        archive = Archive(connection, as_of)
        if not archive.new.num_rows:
            return AnswersReport()
        found = archive.found()
        asked, here, refused = archive.counts()
    _write(home, archive.new, found, run_id, clock)
    arrived = set(archive.new["number"].to_pylist())
    own = sum(each.asking in arrived for each in found)
    return AnswersReport(asked, here, own, asked - here - own, len(found) - own, refused)


def _write(home: Home, new: pa.Table, found: Sequence[Found], run_id: str, clock: Clock) -> None:
    """One row for each arrival: an answer belongs to the one that asks, else to the one that is cited."""
    places = {number: place for place, number in enumerate(new["number"].to_pylist())}
    rows: list[list[dict[str, Any]]] = [[] for _ in places]
    for each in found:
        keys = {name: value for name, value in vars(each).items() if name not in ("asking", "cited", "answer")}
        row = places[each.asking] if each.asking in places else places[each.cited]
        rows[row].append({**keys, **asdict(each.answer)})
    made = pa.table([new["article_id"], new["revision_id"], pa.array(rows, ANSWER_LIST)], schema=ANSWERS.writes)
    lined = with_lineage(
        made,
        version=ANSWERS.version,
        model=RULES,
        revision=code_version().split("+")[0],
        parameters=short_hash(f"{PARAMETERS} {LIMITS}")[:8],
        code=code_version(),
        run_id=run_id,
        at=clock.now(),
    )
    write_rows(home, ANSWERS, lined, days_of(new["first_fetched_at"]), run_id)
