"""Extract: every page body that is not yet read at the current version becomes a content row and a quality verdict.

Reads raw.duckdb and writes `columns/content` and `columns/quality`. Nothing else: the whole of it can be redone from
raw alone.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from flows.clock import Clock
from flows.columns import PAGE_TRANSFORMS, days_of, key_columns, register, with_lineage, write_rows
from flows.crawl.charset import decode_page
from flows.paths import Home
from flows.progress import Progress
from flows.version import code_version
from transforms.contract import Transform, parameters_hash, run_transform
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


@dataclass(frozen=True)
class ExtractReport:
    """Pages turned into rows by this run.

    kept and rejected_by_reason count articles by the first body ever seen of each; revised counts later bodies.
    """

    pages: int
    kept: int
    revised: int
    rejected_by_reason: dict[str, int]

    @property
    def rejected(self) -> int:
        return sum(self.rejected_by_reason.values())


def extract(home: Home, run_id: str, clock: Clock, batch: int, progress: Progress) -> ExtractReport:
    """Run the page transforms over what is not yet done at their versions."""
    done = 0
    outcomes: Counter[str] = Counter()
    if not home.raw_database.exists():
        return ExtractReport(0, 0, 0, {})
    models = Models()  # pages are judged by rules
    with duckdb.connect() as connection:
        _attach(connection, home)
        content, quality = PAGE_TRANSFORMS
        missing = _missing_pages(connection, home, content)
        for number, keys in enumerate(_batches(missing, batch)):
            pages = _pages(connection, keys)
            _write(
                home, content, run_transform(content, pages.select(content.reads.names), models), run_id, clock, number
            )
            progress("extract", done := done + keys.num_rows, missing.num_rows)
        register(connection, home, content)
        judged = _missing_quality(connection, home, quality)
        for number, rows in enumerate(_batches(judged, 50 * batch)):
            verdicts = run_transform(quality, rows.select(quality.reads.names), models)
            _write(home, quality, verdicts, run_id, clock, number, rows["fetched_at"])
            firsts = zip(rows["is_first"].to_pylist(), verdicts["reason"].to_pylist(), strict=True)
            outcomes.update((reason or KEPT) if is_first else REVISED for is_first, reason in firsts)
    kept, revised = outcomes.pop(KEPT, 0), outcomes.pop(REVISED, 0)
    return ExtractReport(missing.num_rows, kept, revised, dict(sorted(outcomes.items())))


def _attach(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    path = str(home.raw_database).replace("'", "''")
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"attach '{path}' as raw (read_only)")
    connection.execute(PAGES)
    connection.execute(DISCOVERED)


def _missing_pages(connection: duckdb.DuckDBPyConnection, home: Home, content: Transform) -> pa.Table:
    register(connection, home, content)
    return connection.execute(
        "select k.* from page_keys as k anti join content as c on k.article_id = c.article_id "
        "and k.body_hash = c.body_hash order by k.fetched_at, k.article_id, k.body_hash"
    ).to_arrow_table()


def _missing_quality(connection: duckdb.DuckDBPyConnection, home: Home, quality: Transform) -> pa.Table:
    register(connection, home, quality)
    same = " and ".join(f"c.{name} = q.{name}" for name in key_columns(quality))
    return connection.execute(
        f"select c.*, k.is_first from content as c join page_keys as k using (article_id, body_hash) "
        f"anti join quality as q on {same} "
        "order by c.fetched_at, c.article_id, c.body_hash"
    ).to_arrow_table()


def _pages(connection: duckdb.DuckDBPyConnection, keys: pa.Table) -> pa.Table:
    """The pages of the keys with their HTML decoded, and what the source said of them."""
    connection.register("wanted", keys)
    rows = connection.execute(
        "select w.*, d.* exclude (article_id), s.language as language_hint, p.body_gzip, p.charset "
        "from wanted as w join raw.pages as p on w.body_hash = p.body_hash "
        "left join discovered as d on w.article_id = d.article_id "
        "left join raw.sources as s on w.source_id = s.source_id order by w.fetched_at, w.article_id, w.body_hash"
    ).to_arrow_table()
    html = [
        decode_page(gzip.decompress(page["body_gzip"]), page["charset"])
        for page in rows.select(["body_gzip", "charset"]).to_pylist()
    ]
    return rows.append_column("html", pa.array(html, pa.string()))


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
