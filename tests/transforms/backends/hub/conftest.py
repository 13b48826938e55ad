"""Checkpoints that know one thing each, built once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests import checkpoints
from tests.checkpoints import NAMED, TONED
from transforms.backends.hub.checkpoint import Checkpoint
from transforms.contract import Transform
from transforms.sentences import sentence_spans

REVISION = "0123456789abcdef0123456789abcdef01234567"
BUILT_BY: dict[str, Callable[[Path], Path]] = {
    "entities": checkpoints.tagger,
    "sentiment": checkpoints.judge_of_tone,
    "summary": checkpoints.summariser,
}
STORY = " ".join([*(text for text, _ in NAMED), *(text for text, _ in TONED)]).replace(" .", ".").replace(" ,", ",")


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Checkpoint]:
    """The checkpoint of a column; asks for torch."""
    pytest.importorskip("torch", reason="torch is not installed (the extra hub)")
    made: dict[str, Checkpoint] = {}

    def of(column: str) -> Checkpoint:
        if column not in made:
            folder = BUILT_BY[column](tmp_path_factory.mktemp(column) / "checkpoint")
            made[column] = Checkpoint(column, f"tiny/{column}", REVISION, folder, batch=3, beams=2, threads=1)
        return made[column]

    return of


@pytest.fixture
def rows_of() -> Callable[..., pa.Table]:
    """What a transform reads of these texts: title-less, in English, without entities."""

    def make(transform: Transform, *texts: str, **changed: list[object]) -> pa.Table:
        spans = [sentence_spans(text, [(0, len(text))]) for text in texts]
        given: dict[str, Any] = {
            "article_id": [f"a{place}" for place in range(len(texts))],
            "revision_id": [f"r{hash(text)}" for text in texts],
            "text": list(texts),
            "sentences": [[{"start": start, "end": end} for start, end in each] for each in spans],
            "language": ["en"] * len(texts),
            "title": [None] * len(texts),
            "entities": [[] for _ in texts],
            **changed,
        }
        return pa.table({field.name: pa.array(given[field.name], field.type) for field in transform.reads})

    return make
