"""What a selector names among the rows of raw: for each table the keys that go.

source   all that was discovered, asked and polled for it. An article that another source asked for as well keeps that
         source's rows and pages.
url      every article known at that address: as found, as asked, as answered after redirects, or as its page says.
domain   every article whose address, or whose answer after redirects, lies at the host or below it, and what feeds and
         sitemaps there said.

A page goes with the last fetch that returned it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.columns import PAGE_TRANSFORMS
from flows.forget.register import Selector
from flows.paths import Home
from flows.raw import RAW_TABLES

_HOST = "rtrim(regexp_extract(lower({url}), '^[a-z]+://(?:[^/?#@]*@)?([^/?#:]+)', 1), '.')"
_AT_DOMAIN = f"coalesce(ends_with('.' || {_HOST}, '.' || $value), false)"


def _at(kind: str, *columns: str) -> str:
    """Whether one of the columns is the URL, or lies at the domain."""
    test = "coalesce({url} = $value, false)" if kind == "url" else _AT_DOMAIN
    return "(" + " or ".join(test.format(url=column) for column in columns) + ")"


_GONE = "article_id in (select article_id from gone)"
_IS_PAGE = "purpose in ('article', 'following') and body_hash is not null"
# Articles whose texts were read with a further page that goes: they are read again without it.
_LOSING_A_PAGE = (
    "select f.article_id from known_fetches as f semi join going_pages using (body_hash) where f.purpose = 'following'"
)


def _conditions(kind: str) -> dict[str, str]:
    """The rows of each table that go; pages are found by what is left of the fetches."""
    if kind == "source":
        return dict.fromkeys(("sources", "discoveries", "fetches", "polls", "consents"), "source_id = $value")
    return {
        "sources": "$value is null",
        "discoveries": f"({_GONE} or {_at(kind, 'found_in')})",
        "fetches": f"(coalesce({_GONE}, false) or {_at(kind, 'url', 'final_url')})",
        "polls": _at(kind, "url"),
        "consents": f"({_at(kind, 'url', *(('host',) if kind == 'domain' else ()))} "
        "or url in (select url from known_fetches semi join going_fetches using (fetch_id)))",
    }


@dataclass(frozen=True)
class Selection:
    """What goes. The connection has raw attached read-only and, for each table, the keys in `going_<table>`."""

    connection: duckdb.DuckDBPyConnection
    counts: dict[str, int]
    article_ids: frozenset[str]
    kept_bodies: frozenset[tuple[str, str]]  # (article_id, body_hash) that another source has of those articles
    urls: frozenset[str]


@contextmanager
def select(home: Home, selector: Selector) -> Iterator[Selection]:
    """The rows of raw.duckdb that the selector names."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set temp_directory = ''")  # nothing spills beside the home
        _open(connection, home)
        value = {"value": selector.value}
        connection.execute(f"create temp table gone as {_articles(connection, home, selector)}", value)
        for table, condition in _conditions(selector.kind).items():
            key = next(each.key for each in RAW_TABLES if each.name == table)
            made = f"create temp table going_{table} as select {key} from known_{table} where {condition}"
            connection.execute(made, value)
        connection.execute(
            "create temp table going_pages as select distinct body_hash from known_fetches "
            f"semi join going_fetches using (fetch_id) where {_IS_PAGE} "
            "except select body_hash from known_fetches anti join going_fetches using (fetch_id) "
            f"where {_IS_PAGE}"
        )
        yield _found(connection)


def _found(connection: duckdb.DuckDBPyConnection) -> Selection:
    counts = {}
    for table in RAW_TABLES:
        row = connection.execute(f"select count(*) from going_{table.name}").fetchone()
        counts[table.name] = int(row[0]) if row else 0
    gone = {str(article_id) for (article_id,) in connection.execute("select article_id from gone").fetchall()}
    kept = connection.execute(
        f"select distinct article_id, body_hash from known_fetches anti join going_fetches using (fetch_id) "
        f"where {_GONE} and purpose = 'article' and outcome = 'ok' and article_id not in ({_LOSING_A_PAGE})"
    ).fetchall()
    urls = connection.execute(
        f"select url from known_discoveries where {_GONE} union select url from known_fetches where {_GONE} "
        f"union select final_url from known_fetches where {_GONE} and final_url is not null"
    ).fetchall()
    return Selection(
        connection, counts, frozenset(gone), frozenset((a, b) for a, b in kept), frozenset(str(url) for (url,) in urls)
    )


def _articles(connection: duckdb.DuckDBPyConnection, home: Home, selector: Selector) -> str:
    """The articles that the selector names."""
    kind = selector.kind
    if kind == "source":
        return (
            "select article_id from known_discoveries where source_id = $value union "
            "select article_id from known_fetches where source_id = $value and article_id is not null"
        )
    named = (
        f"select article_id from known_discoveries where {_at(kind, 'url', 'url_as_found')} union "
        f"select article_id from known_fetches where {_at(kind, 'url', 'final_url')} and article_id is not null"
    )
    content = PAGE_TRANSFORMS[0]
    files = home.columns / content.name
    if kind == "url" and any(files.glob("v*/date=*/*.parquet")):
        pattern = str(files / "v*" / "date=*" / "*.parquet").replace("'", "''")
        connection.execute(
            f"create view known_content as select * from read_parquet('{pattern}', union_by_name = true)"
        )
        named += " union select article_id from known_content where canonical_url = $value"
    return named


def _open(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    present: set[str] = set()
    if home.raw_database.exists():
        connection.execute(f"attach '{quoted(home.raw_database)}' as raw (read_only)")
        listed = "select table_name from duckdb_tables() where database_name = 'raw' and schema_name = 'main'"
        present = {str(name) for (name,) in connection.execute(listed).fetchall()}
    for table in RAW_TABLES:
        if table.name in present:
            connection.execute(f"create view known_{table.name} as select * from raw.main.{table.name}")
        else:
            connection.register(f"known_{table.name}", table.schema.empty_table())


def quoted(path: Path) -> str:
    """A path between single quotes of SQL."""
    return str(path).replace("'", "''")
