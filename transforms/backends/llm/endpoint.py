"""A language model as the transforms see it: prompts go out, replies come back, answers are remembered for a batch.

How a prompt travels, what it costs and how often it is tried again is the runner's business; this is its contract.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from transforms.backends.llm.answer import Part, Unusable, parts
from transforms.backends.llm.prompt import Prompt, question
from transforms.reader.reading import Document

REMEMBERED = 1_024  # answers; a batch's columns ask one after the other


@dataclass(frozen=True)
class Reply:
    """What came back for a prompt: `content`, or the reason why there is none. maker: who says that it answered."""

    content: str = ""
    reason: str = ""
    maker: str = ""


Ask = Callable[[Sequence[Prompt]], Sequence[Reply]]
"""Gives a reply to each prompt, in their order, and raises nothing for what a server does."""


@dataclass(frozen=True)
class Answer:
    """An article's answer, by column."""

    by_column: dict[str, Part | Unusable]
    maker: str


@dataclass
class Endpoint:
    """A language model behind some columns.

    columns: those that one question asks for. model: its name in the lineage. rows: how many it has written.
    fallbacks: rows left to the reader, by reason. dropped: names, tones and lines that the text does not bear out.
    """

    ask: Ask
    columns: tuple[str, ...]
    model: str
    rows: int = 0
    fallbacks: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    _answers: OrderedDict[str, Answer] = field(default_factory=OrderedDict)

    def answers(self, table: pa.Table, read: Sequence[Document]) -> list[Answer]:
        """One answer a row; what an earlier column of the batch has asked is not asked again."""
        revisions = [str(revision) for revision in table["revision_id"].to_pylist()]
        missing = {revision: place for place, revision in enumerate(revisions) if revision not in self._answers}
        places = list(missing.values())
        if places:
            prompts = self._prompts(table.take(places), [read[place] for place in places])
            for revision, reply in zip(missing, self.ask(prompts), strict=True):
                self._answers[revision] = self._read(reply)
        found = [self._answers[revision] for revision in revisions]
        while len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)
        return found

    def _prompts(self, table: pa.Table, read: Sequence[Document]) -> list[Prompt]:
        titles = table["title"].to_pylist()
        entities = table["entities"].to_pylist() if self._tells_names(table) else [None] * len(read)
        return [
            question(self.columns, document, title, [entity["name"] for entity in named or ()])
            for document, title, named in zip(read, titles, entities, strict=True)
        ]

    def _tells_names(self, table: pa.Table) -> bool:
        """The names that another backend found are told, so that tones meet them; its own stand in the same answer."""
        asks_tone = "sentiment" in self.columns and "entities" not in self.columns
        return asks_tone and "entities" in table.column_names

    def _read(self, reply: Reply) -> Answer:
        if reply.reason:
            return Answer(dict.fromkeys(self.columns, Unusable(reply.reason)), reply.maker)
        return Answer(parts(reply.content, self.columns), reply.maker)
