"""From the rows of the content column to what the reader reads."""

import pyarrow as pa

from transforms.contract import KEYS, SPAN
from transforms.models import Models
from transforms.reader.reading import Document, Reading, Span

# Spans of a text, never null.
SPANS = pa.list_(pa.struct(SPAN))

# What every column made by the reader reads of content.
READ = pa.schema([*KEYS, pa.field("text", pa.string()), pa.field("sentences", SPANS)])


def documents(table: pa.Table) -> list[Document]:
    """One Document per row of a table with `text` and `sentences`."""
    return [
        Document(text or "", tuple(Span(each["start"], each["end"]) for each in sentences or ()))
        for text, sentences in zip(table["text"].to_pylist(), table["sentences"].to_pylist(), strict=True)
    ]


def readings(table: pa.Table, models: Models) -> list[tuple[Document, Reading]]:
    """Each row's document with what the reader makes of it; a revision is read once a batch."""
    read = documents(table)
    revisions = [str(revision) for revision in table["revision_id"].to_pylist()]
    return list(zip(read, models.readings(revisions, read), strict=True))
