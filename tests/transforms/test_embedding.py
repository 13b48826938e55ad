"""One vector an article: of unit length, the same for the same text, near for what is alike."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.contract import run_transform
from transforms.documents import READ
from transforms.embedding import EMBEDDING
from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.reader.reading import VECTOR_SIZE
from transforms.sentences import sentence_spans

STORM = "The storm flooded the harbour of Rotterdam. Ships waited at sea until the barrier opened again."
FLOOD = "Floods closed the port of Rotterdam for a day. Vessels lay off the coast while the barrier was shut."
GOALS = "The striker scored twice in the derby. His team now leads the league by four points."


def vectors(reader: Reader, *texts: str) -> tuple[NDArray[np.float32], list[int]]:
    rows = [
        {
            "article_id": f"a{number}",
            "revision_id": f"r{number}",
            "text": text,
            "sentences": [{"start": start, "end": end} for start, end in sentence_spans(text, [(0, len(text))])],
        }
        for number, text in enumerate(texts)
    ]
    made = run_transform(EMBEDDING, pa.Table.from_pylist(rows, schema=READ), Models(reader))
    found = made.to_pylist()
    return np.array([row["vector"] for row in found], np.float32), [row["sentence_count"] for row in found]


def test_vectors_are_of_unit_length_and_count_their_sentences(reader: Reader) -> None:
    found, counts = vectors(reader, STORM, GOALS + " The end came late.")
    assert found.shape == (2, VECTOR_SIZE)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=0.002)  # four decimals
    assert counts == [2, 3]


def test_a_text_without_a_sentence_has_no_direction(reader: Reader) -> None:
    found, counts = vectors(reader, "", STORM)
    assert not found[0].any()
    assert counts[0] == 0


def test_two_reports_of_one_event_are_nearer_than_two_events(reader: Reader) -> None:
    found, _ = vectors(reader, STORM, FLOOD, GOALS, STORM)
    alike = found @ found.T
    assert alike[0, 1] > max(alike[0, 2], alike[1, 2]) + 0.1
    assert np.array_equal(found[0], found[3])
