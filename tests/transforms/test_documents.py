"""From rows of content to documents, and back with their readings."""

import pyarrow as pa

from transforms.documents import READ, documents, readings
from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.reader.reading import Document, Span

TEXT = "Rain fell in Basel. Anna Berg stayed in."


def rows(*pairs: tuple[str, str | None, list[dict[str, int]] | None]) -> pa.Table:
    made = [
        {"article_id": f"a{number}", "revision_id": revision, "text": text, "sentences": sentences}
        for number, (revision, text, sentences) in enumerate(pairs)
    ]
    return pa.Table.from_pylist(made, schema=READ)


def test_a_row_becomes_a_document_and_nothing_an_empty_one() -> None:
    given = rows(("r1", TEXT, [{"start": 0, "end": 19}, {"start": 20, "end": 40}]), ("r2", None, None))
    assert documents(given) == [Document(TEXT, (Span(0, 19), Span(20, 40))), Document("", ())]


def test_each_row_gets_its_own_reading(reader: Reader) -> None:
    given = rows(("r1", TEXT, [{"start": 20, "end": 40}]), ("r2", "", []), ("r3", TEXT, [{"start": 0, "end": 19}]))
    found = [
        [document.text[each.start : each.end] for each in reading.mentions]
        for document, reading in readings(given, Models(reader))
    ]
    assert found == [["Anna Berg"], [], ["Basel"]]
