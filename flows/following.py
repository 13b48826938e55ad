"""Which further pages belong to each body that an article's first page had.

A first page stands from the moment at which it came until another body came. The latest bodies of the further pages
that were had until then are those it is read with: so a page that could not be had again after an edit is the one of
before. One that was had only afterwards is taken all the same: that it was missing is no edit of the article's. Which
of them the text really goes on with, and in which order, the pages themselves say (`transforms/content/joining.py`);
pages_hash says what was there to choose from.
"""

from __future__ import annotations

import duckdb

MOST_PAGES = 99  # of one body; more cannot be numbered
NEVER = 2**62  # microseconds since 1970

# One row per (article, body of its first page, address of a further page). No row for nearly all articles.
FURTHER_PAGES = """
    create or replace temp table further_pages as
    with further as (
        select article_id, url, final_url, body_hash, requested_at
        from raw.fetches semi join raw.pages using (body_hash)
        where purpose = 'following' and outcome = 'ok'
    ),
    first_pages as (
        select
            article_id,
            body_hash,
            requested_at,
            lead(requested_at) over (partition by article_id order by requested_at, fetch_id) as next_at
        from raw.fetches
        where
            purpose = 'article' and outcome = 'ok' and body_hash is not null
            and article_id in (select article_id from further)
    ),
    standing as (
        select article_id, body_hash, arg_max_null(next_at, requested_at) as until
        from first_pages
        group by article_id, body_hash
    ),
    nearest as (
        select
            s.article_id,
            s.body_hash as first_hash,
            f.url,
            f.body_hash,
            f.final_url,
            f.requested_at
        from standing as s
        join further as f on s.article_id = f.article_id
        qualify row_number() over (
            partition by s.article_id, s.body_hash, f.url
            order by
                (s.until is null or f.requested_at < s.until) desc,
                abs(epoch_us(f.requested_at) - coalesce(epoch_us(s.until), $never)),
                f.body_hash
        ) = 1
    )
    select * exclude (requested_at)
    from nearest
    qualify row_number() over (partition by article_id, first_hash order by requested_at desc, url) <= $most_pages
"""
# One row per (article, body of its first page) that has any.
PAGES_HASHES = """
    create or replace temp table pages_hashes as
    select
        article_id,
        first_hash,
        left(sha256(string_agg(url || ' ' || body_hash, chr(10) order by url)), 16) as pages_hash
    from further_pages
    group by article_id, first_hash
"""
# The same, with the pages themselves, of the first pages in `wanted`.
KEPT = """
    select
        f.article_id,
        f.first_hash,
        list(
            struct_pack(
                url := f.url,
                final_url := f.final_url,
                body_hash := f.body_hash,
                body_gzip := p.body_gzip,
                charset := p.charset
            )
            order by f.url
        ) as following
    from further_pages as f
    semi join wanted as w on f.article_id = w.article_id and f.first_hash = w.body_hash
    join raw.pages as p on f.body_hash = p.body_hash
    group by f.article_id, f.first_hash
"""


def find_further_pages(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables further_pages and pages_hashes. The connection has raw attached."""
    connection.execute(FURTHER_PAGES, {"most_pages": MOST_PAGES, "never": NEVER})
    connection.execute(PAGES_HASHES)
