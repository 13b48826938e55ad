"""The archive as the answers of one run see it: a vector an article in memory, texts brought in where they may answer.

Two filters bound the cost: only articles that share an entity with a question, or are near its article by vector, are
read, and of those only the nearest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from transforms.embedding import unpacked
from transforms.insights.archive import Answer, OpenQuestion, Text, best_answer
from transforms.reader.reading import VECTOR_SIZE, Document, Span

MOST_TEXTS = 24  # for one asking article
NEAR = 0.55  # likeness of two articles from which one may answer the other without a common entity
MOST_QUESTIONS = 20_000  # the newest of the open ones are asked
ASKING_AT_ONCE = 100  # articles: what bounds the memory
LIMITS = f"texts={MOST_TEXTS} near={NEAR} questions={MOST_QUESTIONS}"

# is_new: has no row of answers yet, and so was neither asked nor asked for.
_ARTICLES = """
    create or replace temp table archive as
    select
        row_number() over (order by k.first_fetched_at, k.article_id, k.revision_id) - 1 as number,
        k.article_id, k.revision_id, k.first_fetched_at, e.vector, n.article_id is null as is_new
    from kept as k
    join embedding as e on k.article_id = e.article_id and k.revision_id = e.revision_id
    join insights as i on k.article_id = i.article_id and k.revision_id = i.revision_id
    left join answers as n on k.article_id = n.article_id and k.revision_id = n.revision_id
    where k.first_fetched_at <= ?
    qualify row_number() over (partition by k.article_id, k.revision_id order by e.processed_at desc) = 1
"""
# A question is asked as long as no row answers it; of two revisions that ask the same, the later one asks.
_OPEN = """
    create or replace temp table open_now as
    with asked as (
        select a.number, a.article_id, unnest(i.questions) as question
        from archive as a
        join insights as i on a.article_id = i.article_id and a.revision_id = i.revision_id
    ),
    done as (select unnest(answers) as answer from answers)
    select number, question
    from asked
    anti join done on asked.article_id = done.answer.asking_article_id
        and asked.question.question_id = done.answer.question_id
    where question.answer is null
    qualify row_number() over (partition by article_id, question.question_id order by number desc) = 1
    order by number desc
    limit ?
"""
_NAMED = """
    create or replace temp table named as
    select a.number, each.entity.entity_id as entity_id
    from archive as a
    join entities as n on a.article_id = n.article_id and a.revision_id = n.revision_id,
    unnest(n.entities) as each (entity)
    where each.entity.relevance != 'passing'
"""
_SHARING = "select distinct number from named where entity_id in (select unnest(?))"
_TEXTS = """
    select a.number, a.article_id, a.revision_id, c.text, c.sentences, e.sentence_vectors, n.entities,
        coalesce(c.published_at, a.first_fetched_at)
    from archive as a
    join content as c on a.article_id = c.article_id and a.revision_id = c.revision_id
    join embedding as e on a.article_id = e.article_id and a.revision_id = e.revision_id
    join entities as n on a.article_id = n.article_id and a.revision_id = n.revision_id
    where a.number in (select unnest(?))
    qualify row_number() over (partition by a.number order by c.fetched_at, c.body_hash) = 1
"""
_COUNTS = """
    select
        coalesce(sum(len(i.questions)), 0),
        coalesce(sum(len(list_filter(i.questions, lambda each: each.answer is not null))), 0),
        coalesce(sum(i.refused), 0)
    from archive as a
    join insights as i on a.article_id = i.article_id and a.revision_id = i.revision_id
    where a.is_new
"""


@dataclass(frozen=True)
class Found:
    """An answer with the question it belongs to; asking and cited: the numbers of the two articles."""

    asking: int
    cited: int
    asking_article_id: str
    asking_revision_id: str
    question_id: str
    answer: Answer


class Archive:
    """What was fetched at or before `as_of` and has been read. The connection has the views of the column folders."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, as_of: datetime) -> None:
        self._connection = connection
        connection.execute(_ARTICLES, [as_of])
        listed = "select number, article_id, revision_id, first_fetched_at from archive where is_new order by number"
        self.new: pa.Table = connection.execute(listed).to_arrow_table()

    def counts(self) -> tuple[int, int, int]:
        """Questions asked by what is new, those that their own article answers, and what the gate refused."""
        asked, here, refused = self._connection.execute(_COUNTS).fetchone() or (0, 0, 0)
        return int(asked), int(here), int(refused)

    def found(self) -> list[Found]:
        """Every answer to an open question, in the order of the articles that ask."""
        self._connection.execute(_OPEN, [MOST_QUESTIONS])
        self._connection.execute(_NAMED)
        columns = self._connection.execute("select vector, is_new from archive order by number").fetchnumpy()
        vectors = np.array([*columns["vector"]], dtype=np.float32).reshape(-1, VECTOR_SIZE)
        is_new = np.asarray(columns["is_new"], dtype=bool)
        made: list[Found] = []
        for asking in self._batches():
            near = {number: self._near(number, asked, vectors, is_new) for number, asked in asking.items()}
            texts = self._texts(sorted(near.keys() | {other for cited in near.values() for other in cited}))
            for number, asked in asking.items():
                made += _answers(number, asked, near[number], texts)
        return made

    def _batches(self) -> Iterator[dict[int, list[OpenQuestion]]]:
        """The open questions by the number of the article that asks, some articles at a time."""
        asking: dict[int, list[OpenQuestion]] = defaultdict(list)
        listed = "select number, question from open_now order by number, question.rank"
        for number, asked in self._connection.execute(listed).fetchall():
            if len(asking) == ASKING_AT_ONCE and number not in asking:
                yield asking
                asking = defaultdict(list)
            fields = {name: asked[name] for name in ("question_id", "question", "need", "is_later")}
            asking[number].append(
                OpenQuestion(**fields, entity_ids=tuple(asked["entity_ids"]), vector=unpacked(asked["vector"])[0])
            )
        if asking:
            yield asking

    def _near(
        self, number: int, asked: Sequence[OpenQuestion], vectors: NDArray[np.float32], is_new: NDArray[np.bool_]
    ) -> list[int]:
        """The articles that may answer: of the whole archive for what is new, of the new ones for what is older."""
        likeness = vectors @ vectors[number]
        fits = likeness >= NEAR
        entity_ids = sorted({entity for question in asked for entity in question.entity_ids})
        if entity_ids:
            sharing = [other for (other,) in self._connection.execute(_SHARING, [entity_ids]).fetchall()]
            fits[sharing] = True
            likeness[sharing] += 1.0  # they come first
        if not is_new[number]:
            fits &= is_new
        fits[number] = False
        order = np.argsort(np.where(fits, -likeness, np.inf), kind="stable")[:MOST_TEXTS]
        return [int(other) for other in order if fits[other]]

    def _texts(self, numbers: Sequence[int]) -> dict[int, Text]:
        rows = self._connection.execute(_TEXTS, [list(numbers)]).fetchall()
        return {
            number: Text(
                article_id,
                revision_id,
                Document(text, tuple(Span(each["start"], each["end"]) for each in sentences)),
                unpacked(vectors),
                entities,
                at,
            )
            for number, article_id, revision_id, text, sentences, vectors, entities, at in rows
        }


def _answers(
    number: int, asked: Sequence[OpenQuestion], near: Sequence[int], texts: dict[int, Text]
) -> Iterator[Found]:
    asking = texts[number]
    numbers = {(texts[other].article_id, texts[other].revision_id): other for other in near}
    for question in asked:
        best = best_answer(question, asking, [texts[other] for other in near])
        if best:
            cited = numbers[best.cited_article_id, best.cited_revision_id]
            yield Found(number, cited, asking.article_id, asking.revision_id, question.question_id, best)
