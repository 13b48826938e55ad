"""The embedding column: one vector per article, for search and for finding stories, and a small one per sentence."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.contract import KEYS, Transform
from transforms.documents import READ, readings
from transforms.models import Models
from transforms.reader.reading import VECTOR_SIZE

VECTOR = pa.list_(pa.float32(), VECTOR_SIZE)
WRITES = pa.schema(
    [
        *KEYS,
        pa.field("vector", VECTOR, nullable=False),
        pa.field("sentence_vectors", pa.binary(), nullable=False),
        pa.field("sentence_count", pa.int32(), nullable=False),
    ]
)


VECTOR_SCALE = 127.0  # what 1.0 is stored as


def small(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Vectors of unit length with one byte a number."""
    scaled: NDArray[np.int8] = np.clip(np.rint(vectors * VECTOR_SCALE), -127, 127).astype(np.int8)
    return scaled


def unpacked(stored: bytes) -> NDArray[np.float32]:
    """float32[n, 384] of stored small vectors, each of about unit length."""
    return np.frombuffer(stored, np.int8).reshape(-1, VECTOR_SIZE).astype(np.float32) / VECTOR_SCALE


def embed(table: pa.Table, models: Models) -> pa.Table:
    """The vector of each article, unit length, zeros where there is no sentence, and those of its sentences.

    A sentence's vector is 384 signed bytes, so that a search over the archive's sentences reads a quarter.
    """
    read = readings(table, models)
    vectors = np.array([reading.vector for _, reading in read], dtype=np.float32).round(4).reshape(-1)
    return pa.table(
        [
            table["article_id"],
            table["revision_id"],
            pa.FixedSizeListArray.from_arrays(pa.array(vectors, pa.float32()), VECTOR_SIZE),
            pa.array([small(reading.sentence_vectors).tobytes() for _, reading in read], pa.binary()),
            pa.array([len(document.sentences) for document, _ in read], pa.int32()),
        ],
        schema=WRITES,
    )


EMBEDDING = Transform(
    "embedding", 3, ("content",), READ, WRITES, embed, uses_reader=True, parameters="decimals=4 bytes=1"
)
