"""A batch is read once, however many columns are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.reader.reading import Document, Reading, Span

FIRST = Document("Rain fell in Basel.", (Span(0, 19),))
SECOND = Document("Snow fell in Oslo.", (Span(0, 18),))


@dataclass(frozen=True)
class Watched(Reader):
    """The shipped reader, and what it was asked to read."""

    asked: list[Document] = field(default_factory=list)

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        self.asked.extend(documents)
        return super().read(documents)


@pytest.fixture
def watched(reader: Reader) -> Watched:
    return Watched(**vars(reader))


def test_a_revision_is_read_once_a_batch_and_given_to_each_row_that_has_it(watched: Watched) -> None:
    models = Models(watched)
    readings = models.readings(["r1", "r2", "r1"], [FIRST, SECOND, FIRST])
    models.readings(["r2", "r1"], [SECOND, FIRST])
    assert watched.asked == [FIRST, SECOND]
    assert readings[0] is readings[2]
    assert not np.allclose(readings[0].vector, readings[1].vector)


def test_what_is_forgotten_is_read_again_to_the_same_reading(watched: Watched) -> None:
    models = Models(watched)
    before = models.readings(["r1"], [FIRST])[0]
    models.forget()
    after = models.readings(["r1"], [FIRST])[0]
    assert watched.asked == [FIRST, FIRST]
    assert np.array_equal(before.vector, after.vector)
    assert before.mentions == after.mentions


def test_models_bear_the_name_and_revision_of_their_reader(reader: Reader) -> None:
    assert (Models(reader).name, Models(reader).revision) == (reader.name, reader.revision)


def test_a_transform_that_declares_no_reader_gets_none() -> None:
    with pytest.raises(LookupError, match="declares that it does without"):
        Models().readings(["r1"], [FIRST])
    assert Models().readings([], []) == []
