"""The models a batch of articles is read with.

One encoder pass gives everything that four transforms need, so a batch is read once and remembered until the next
batch: the memo is a cache of a pure function and never part of a result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from transforms.reader.reader import Reader
from transforms.reader.reading import Document, Reading


@dataclass
class Models:
    """The reader and the readings of the batch in hand, by revision id. Rules alone need no reader."""

    reader: Reader | None = None
    _readings: dict[str, Reading] = field(default_factory=dict)

    def readings(self, revision_ids: Sequence[str], documents: Sequence[Document]) -> list[Reading]:
        """One Reading per document, in order; each revision is run through the encoder once a batch."""
        missing = {
            revision: document
            for revision, document in zip(revision_ids, documents, strict=True)
            if revision not in self._readings
        }
        if missing:
            self._readings.update(zip(missing, self._asked().read(list(missing.values())), strict=True))
        return [self._readings[revision] for revision in revision_ids]

    def remember(self, readings: Mapping[str, Reading]) -> None:
        """Take these readings, by revision id, for those of the batch to come."""
        self._readings = dict(readings)

    def retold(self, readings: Mapping[str, Reading]) -> "Models":
        """The same models with these readings, by revision id, in place of their own."""
        return replace(self, _readings=dict(readings))

    def read(self, documents: Sequence[Document]) -> list[Reading]:
        """One Reading per document that is no article, such as what is asked of one; none of them is remembered."""
        return self._asked().read(documents) if documents else []

    @property
    def name(self) -> str:
        return self._asked().name

    @property
    def revision(self) -> str:
        return self._asked().revision

    def _asked(self) -> Reader:
        if self.reader is None:
            raise LookupError("a transform asked for the reader, but declares that it does without")
        return self.reader

    def forget(self) -> None:
        """Drop the readings: the batch is done."""
        self._readings.clear()
