"""The embedding column: one vector per article, for search and for finding stories."""

import numpy as np
import pyarrow as pa

from transforms.contract import KEYS, Transform
from transforms.documents import READ, readings
from transforms.models import Models
from transforms.reader.reading import VECTOR_SIZE

VECTOR = pa.list_(pa.float32(), VECTOR_SIZE)
WRITES = pa.schema(
    [
        *KEYS,
        pa.field("vector", VECTOR, nullable=False),
        pa.field("sentence_count", pa.int32(), nullable=False),
    ]
)


def embed(table: pa.Table, models: Models) -> pa.Table:
    """The vector of each article, unit length, zeros where there is no sentence, and how many sentences it has."""
    read = readings(table, models)
    vectors = np.array([reading.vector for _, reading in read], dtype=np.float32).round(4).reshape(-1)
    return pa.table(
        [
            table["article_id"],
            table["revision_id"],
            pa.FixedSizeListArray.from_arrays(pa.array(vectors, pa.float32()), VECTOR_SIZE),
            pa.array([len(document.sentences) for document, _ in read], pa.int32()),
        ],
        schema=WRITES,
    )


EMBEDDING = Transform("embedding", 1, ("content",), READ, WRITES, embed, uses_reader=True, parameters="decimals=4")
