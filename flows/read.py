"""Read: every kept revision gets the columns it still lacks at their current versions.

Batch by batch: the encoder runs once over a batch and all columns of the batch are written from that one reading, while
the encoder is already at the next batch.
Each column looks for what is missing on disk, so a version bump recomputes one column alone and a killed run is
finished by the next one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from flows.clock import Clock
from flows.columns import PAGE_TRANSFORMS, READING_TRANSFORMS, days_of, register, with_lineage, write_rows
from flows.extract import RULES
from flows.paths import Home
from flows.progress import Progress
from flows.version import code_version
from transforms.contract import Transform, parameters_hash, run_transform
from transforms.documents import documents
from transforms.embedding import EMBEDDING
from transforms.models import Models
from transforms.reader.reader import Reader
from transforms.reader.reading import Reading

# The text of a revision is the same whichever body it came from: the first one gives title and dates.
KEPT = """
    create or replace temp table kept as
    select c.article_id, c.revision_id, min(c.fetched_at) as first_fetched_at
    from content as c
    join quality as q on c.article_id = q.article_id and c.revision_id = q.revision_id and c.body_hash = q.body_hash
    where q.verdict = 'kept'
    group by c.article_id, c.revision_id
"""

# Of rows made twice the one made last counts, as in the macro latest_rows.
LATEST = "processed_at desc, run_id desc"


@dataclass(frozen=True)
class Job:
    """A reading under way. load: gives the reader. transforms: the columns to fill, each by the maker chosen for it."""

    home: Home
    run_id: str
    clock: Clock
    batch: int
    load: Callable[[], Reader]
    progress: Progress
    transforms: tuple[Transform, ...] = READING_TRANSFORMS


@dataclass(frozen=True)
class ReadReport:
    """Articles read, and rows written to each column folder."""

    articles: int
    rows: dict[str, int]


def read(job: Job) -> ReadReport:
    """Run the job's transforms over the kept revisions that lack their columns; without any, no model is loaded."""
    with open_columns(job.home) as connection:
        return fill(connection, job, {transform.name: _missing(connection, transform) for transform in job.transforms})


@contextmanager
def open_columns(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view of each column folder and the table `kept`."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for transform in PAGE_TRANSFORMS + READING_TRANSFORMS:
            register(connection, home, transform)
        connection.execute(KEPT)
        yield connection


def fill(connection: duckdb.DuckDBPyConnection, job: Job, wanted: dict[str, pa.Table]) -> ReadReport:
    """Write the rows of the keys wanted of each column, batch by batch, each batch with all its columns."""
    rows = {transform.name: 0 for transform in job.transforms}
    todo = _todo(connection, wanted)
    models = Models(job.load() if todo.num_rows else None)
    by_reader = [wanted[transform.name] for transform in job.transforms if transform.uses_reader]
    with ThreadPoolExecutor(max_workers=1) as encoding:

        def ahead(start: int) -> Future[dict[str, Reading]]:
            return _read_ahead(connection, job, models, todo.slice(start, job.batch), by_reader, encoding)

        coming = ahead(0)
        for start in range(0, todo.num_rows, job.batch):
            models.remember(coming.result())
            coming = ahead(start + job.batch)
            keys = todo.slice(start, job.batch)
            for transform in job.transforms:
                own = keys.join(wanted[transform.name], ["article_id", "revision_id"], join_type="inner")
                if own.num_rows:
                    own = own.sort_by([("first_fetched_at", "ascending"), ("article_id", "ascending")])
                    name = f"{job.run_id}-{start // job.batch:05d}"
                    rows[transform.name] += _read_batch(connection, job, transform, own, models, name)
            models.forget()
            job.progress("read", min(start + job.batch, todo.num_rows), todo.num_rows)
    return ReadReport(todo.num_rows, rows)


def _read_ahead(
    connection: duckdb.DuckDBPyConnection,
    job: Job,
    models: Models,
    keys: pa.Table,
    by_reader: list[pa.Table],
    encoding: Executor,
) -> Future[dict[str, Reading]]:
    """The readings to come of the texts that the reader is asked about, by revision id.

    The encoder works on a batch while the rules write the columns of the one before: it leaves Python's lock alone.
    """
    if by_reader:
        keys = keys.join(pa.concat_tables(by_reader), ["article_id", "revision_id"], join_type="left semi")
    if not by_reader or not keys.num_rows:
        return encoding.submit(dict)
    given = _inputs(connection, job.home, EMBEDDING, keys)
    texts = dict(zip(map(str, given["revision_id"].to_pylist()), documents(given), strict=True))
    return encoding.submit(lambda: dict(zip(texts, models.read(list(texts.values())), strict=True)))


def _missing(connection: duckdb.DuckDBPyConnection, transform: Transform) -> pa.Table:
    return connection.execute(
        "select k.article_id, k.revision_id from kept as k "
        f"anti join {transform.name} as t on k.article_id = t.article_id and k.revision_id = t.revision_id"
    ).to_arrow_table()


def _todo(connection: duckdb.DuckDBPyConnection, wanted: dict[str, pa.Table]) -> pa.Table:
    connection.register("missing", pa.concat_tables(list(wanted.values())))
    return connection.execute(
        "select distinct k.* from kept as k join missing as m "
        "on k.article_id = m.article_id and k.revision_id = m.revision_id "
        "order by k.first_fetched_at, k.article_id, k.revision_id"
    ).to_arrow_table()


def _read_batch(
    connection: duckdb.DuckDBPyConnection, job: Job, transform: Transform, keys: pa.Table, models: Models, name: str
) -> int:
    made = run_transform(transform, _inputs(connection, job.home, transform, keys), models)
    lined = with_lineage(
        made,
        version=transform.version,
        model=models.name if transform.uses_reader else RULES,
        revision=models.revision if transform.uses_reader else code_version().split("+")[0],
        parameters=parameters_hash(transform),
        code=code_version(),
        run_id=job.run_id,
        at=job.clock.now(),
    )
    write_rows(job.home, transform, lined, days_of(keys["first_fetched_at"]), name)
    return made.num_rows


def _inputs(connection: duckdb.DuckDBPyConnection, home: Home, transform: Transform, keys: pa.Table) -> pa.Table:
    """The columns the transform reads, one row a key in the keys' order, joined from the folders of its inputs."""
    upstream = {other.name: other for other in PAGE_TRANSFORMS + READING_TRANSFORMS}
    ordered = keys.append_column("position", pa.array(range(keys.num_rows), pa.int32()))
    connection.register("wanted", ordered)
    joins = []
    for name in transform.inputs:
        register(connection, home, upstream[name])
        joins.append(
            f"join (select * from {name} semi join wanted using (article_id, revision_id) "
            "qualify row_number() over (partition by article_id, revision_id order by "
            f"{'fetched_at, body_hash' if name == 'content' else LATEST}) = 1) as {name} "
            "using (article_id, revision_id)"
        )
    columns = ", ".join(_qualified(column, transform, upstream) for column in transform.reads.names)
    return connection.execute(
        f"select {columns} from wanted {' '.join(joins)} order by wanted.position"
    ).to_arrow_table()


def _qualified(column: str, transform: Transform, upstream: dict[str, Transform]) -> str:
    """`input.column` of the first input that writes the column; the keys are shared by all."""
    if column in ("article_id", "revision_id"):
        return f"wanted.{column}"
    for name in transform.inputs:
        if column in upstream[name].writes.names:
            return f"{name}.{column}"
    raise LookupError(f"{transform.name} reads {column}, which none of its inputs {transform.inputs} writes")
