"""Extract: every page body that is not yet read at the current version becomes a content row and a quality verdict.

An article's further pages are read with its first one, and again when there are others of them.

Reads raw.duckdb and writes `columns/content` and `columns/quality`. Nothing else: the whole of it can be redone from
raw alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from flows import following
from flows.clock import Clock
from flows.columns import PAGE_TRANSFORMS, days_of, key_columns, register, with_lineage, write_rows
from flows.pages import Limits, PageReader, processes_for
from flows.paths import Home
from flows.progress import Progress
from flows.sources.files import scan_sources
from flows.version import code_version
from transforms.content.selectors import selectors_hash
from transforms.contract import Transform, check_columns, parameters_hash, run_transform
from transforms.models import Models

RULES = "rules"
KEPT, REVISED = "kept", "revised"

# One row per (article, body): the first time this body was seen at this article.
PAGES = """
    create or replace temp table page_keys as
    select
        f.article_id,
        f.body_hash,
        min(f.requested_at) as fetched_at,
        arg_min(f.source_id, f.requested_at) as source_id,
        arg_min(f.url, f.requested_at) as url,
        arg_min(f.final_url, f.requested_at) as final_url,
        row_number() over (partition by f.article_id order by min(f.requested_at), f.body_hash) = 1 as is_first
    from raw.fetches as f
    where f.purpose = 'article' and f.outcome = 'ok' and f.body_hash is not null
    group by f.article_id, f.body_hash
"""

# What the source itself said of the article when it was first seen.
DISCOVERED = """
    create or replace temp table discovered as
    select
        article_id,
        arg_min(title, first_seen_at) as feed_title,
        arg_min(summary, first_seen_at) as feed_summary,
        arg_min(author, first_seen_at) as feed_author,
        arg_min(published_at, first_seen_at) as feed_published_at
    from raw.discoveries
    group by article_id
"""

# Of the rows of one page, the one that was made last: it may have been read again with other selectors, or more pages.
LATEST_ROW = (
    "qualify row_number() over (partition by article_id, body_hash order by processed_at desc, run_id desc) = 1"
)


@dataclass(frozen=True)
class ExtractReport:
    """Pages turned into rows by this run.

    kept and rejected_by_reason count articles by the first body ever seen of each; revised counts later bodies, and
    bodies that were read again.
    """

    pages: int
    kept: int
    revised: int
    rejected_by_reason: dict[str, int]

    @property
    def rejected(self) -> int:
        return sum(self.rejected_by_reason.values())


def extract(
    home: Home,
    run_id: str,
    clock: Clock,
    batch: int,
    progress: Progress,
    processes: int = 0,
    limits: Limits | None = None,
) -> ExtractReport:
    """Run the page transforms over what is not yet done at their versions.

    processes: how many read pages at once; 0 for one a core. The rows are the same with any number.
    """
    if not home.raw_database.exists():
        return ExtractReport(0, 0, 0, {})
    content, quality = PAGE_TRANSFORMS
    with duckdb.connect() as connection:
        _attach(connection, home)
        missing = _missing_pages(connection, home, content)
        done = 0
        with PageReader(processes_for(missing.num_rows, processes), limits) as reader:
            for number, keys in enumerate(_batches(missing, batch)):
                pages = _pages(connection, keys)
                made = check_columns(reader.read(pages.to_pylist()), content.writes, "content output")
                _write(home, content, made, run_id, clock, number)
                progress("extract", done := done + keys.num_rows, missing.num_rows)
        outcomes = _judge(connection, home, quality, run_id, clock, 50 * batch)
    kept, revised = outcomes.pop(KEPT, 0), outcomes.pop(REVISED, 0)
    return ExtractReport(missing.num_rows, kept, revised, dict(sorted(outcomes.items())))


def _judge(
    connection: duckdb.DuckDBPyConnection, home: Home, quality: Transform, run_id: str, clock: Clock, batch: int
) -> Counter[str]:
    """Write the verdicts that are missing; returns how many articles' first bodies had each, and the later bodies."""
    outcomes: Counter[str] = Counter()
    register(connection, home, PAGE_TRANSFORMS[0])
    judged = _missing_quality(connection, home, quality)
    for number, rows in enumerate(_batches(judged, batch)):
        verdicts = run_transform(quality, rows.select(quality.reads.names), Models())  # judged by rules
        _write(home, quality, verdicts, run_id, clock, number, rows["fetched_at"])
        firsts = zip(rows["is_first"].to_pylist(), verdicts["reason"].to_pylist(), strict=True)
        outcomes.update((reason or KEPT) if is_first else REVISED for is_first, reason in firsts)
    return outcomes


def _attach(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    path = str(home.raw_database).replace("'", "''")
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"attach '{path}' as raw (read_only)")
    connection.execute(PAGES)
    connection.execute(DISCOVERED)
    following.find_further_pages(connection)
    connection.register("selectors", _selectors(home))


def _selectors(home: Home) -> pa.Table:
    """The selectors of each source whose file has any, as the user has them now."""
    chosen = {
        source.source_id: source.selectors_json
        for source in scan_sources(home.sources).sources
        if source.selectors_json is not None
    }
    columns = {"source_id": list(chosen), "selectors": list(chosen.values())}
    columns["selectors_hash"] = [selectors_hash(text) or "" for text in chosen.values()]
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _missing_pages(connection: duckdb.DuckDBPyConnection, home: Home, content: Transform) -> pa.Table:
    """Pages without a row, and those whose row was made with other selectors or other further pages than there are."""
    register(connection, home, content)
    return connection.execute(
        f"with counting as (select * from content {LATEST_ROW}) "
        "select k.*, s.selectors, g.pages_hash from page_keys as k "
        "left join selectors as s on k.source_id = s.source_id "
        "left join pages_hashes as g on k.article_id = g.article_id and k.body_hash = g.first_hash "
        "anti join counting as c on k.article_id = c.article_id and k.body_hash = c.body_hash "
        "and c.selectors_hash is not distinct from s.selectors_hash "
        "and c.pages_hash is not distinct from g.pages_hash "
        "order by k.fetched_at, k.article_id, k.body_hash"
    ).to_arrow_table()


def _missing_quality(connection: duckdb.DuckDBPyConnection, home: Home, quality: Transform) -> pa.Table:
    """Rows that were not judged since they were made. is_first: whether nothing of the article was ever judged."""
    register(connection, home, quality)
    same = " and ".join(f"c.{name} = q.{name}" for name in key_columns(quality))
    return connection.execute(
        "select c.*, k.is_first and k.article_id not in (select article_id from quality) as is_first "
        f"from (select * from content {LATEST_ROW}) as c join page_keys as k using (article_id, body_hash) "
        f"anti join quality as q on {same} and q.processed_at >= c.processed_at "
        "order by c.fetched_at, c.article_id, c.body_hash"
    ).to_arrow_table()


def _pages(connection: duckdb.DuckDBPyConnection, keys: pa.Table) -> pa.Table:
    """The pages of the keys as they were kept, with those on which they go on, and what the source said of them."""
    connection.register("wanted", keys)
    return connection.execute(
        "select w.*, d.* exclude (article_id), s.language as language_hint, p.body_gzip, p.charset, g.following "
        "from wanted as w join raw.pages as p on w.body_hash = p.body_hash "
        f"left join ({following.KEPT}) as g on w.article_id = g.article_id and w.body_hash = g.first_hash "
        "left join discovered as d on w.article_id = d.article_id "
        "left join raw.sources as s on w.source_id = s.source_id order by w.fetched_at, w.article_id, w.body_hash"
    ).to_arrow_table()


def _batches(table: pa.Table, size: int) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, size):
        yield table.slice(start, size)


def _write(
    home: Home,
    transform: Transform,
    rows: pa.Table,
    run_id: str,
    clock: Clock,
    number: int,
    fetched_at: pa.ChunkedArray[Any] | None = None,
) -> None:
    moments = rows["fetched_at"] if fetched_at is None else fetched_at
    lined = with_lineage(
        rows,
        version=transform.version,
        model=RULES,
        revision=code_version().split("+")[0],
        parameters=parameters_hash(transform),
        code=code_version(),
        run_id=run_id,
        at=clock.now(),
    )
    write_rows(home, transform, lined, days_of(moments), f"{run_id}-{number:05d}")
