"""Reading in batches, one ahead of the other: the same rows whatever the batch, each text through the encoder once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.clock import Clock
from flows.paths import Home
from flows.progress import silent
from flows.read import Job, read
from tests.benchmarks.bench_reader import prepared, texts
from transforms.contract import LINEAGE
from transforms.embedding import EMBEDDING
from transforms.entities import ENTITIES
from transforms.reader.reader import Reader, load_reader
from transforms.reader.reading import Document, Reading
from transforms.summary import SUMMARY

COLUMNS = (EMBEDDING, ENTITIES, SUMMARY)


@dataclass(frozen=True)
class Watched(Reader):
    """The shipped reader, and what it was asked to read."""

    asked: list[str] = field(default_factory=list)

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        self.asked.extend(document.text for document in documents)
        return super().read(documents)


def rows(home: Home, name: str) -> list[dict[str, Any]]:
    made = [row for file in home.columns.glob(f"{name}/v*/date=*/*.parquet") for row in pq.read_table(file).to_pylist()]
    shown = [{key: value for key, value in row.items() if key not in LINEAGE.names} for row in made]
    return sorted(shown, key=lambda row: row["article_id"])


def test_batches_change_nothing_and_no_text_is_read_twice(tmp_path: Path) -> None:
    articles = texts(5, words=80)
    reader = Watched(**vars(load_reader()))
    homes = []
    for batch in (2, 64):
        homes.append(prepared(Home(tmp_path / str(batch)), articles))
        reader.asked.clear()
        report = read(Job(homes[-1], f"run-{batch}", Clock(), batch, lambda: reader, silent, COLUMNS))
        assert report.rows == dict.fromkeys(("embedding", "entities", "summary"), 5)
        assert sorted(reader.asked) == sorted(articles)
    for transform in COLUMNS:
        assert len(rows(homes[0], transform.name)) == 5
        assert rows(homes[0], transform.name) == rows(homes[1], transform.name)
