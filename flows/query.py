"""Questions to the published database: SQL from the user, and search by words (BM25).

The database is swapped in by one rename, so it can be asked while a run goes on: it is opened read-only, asked, and
closed. A query is a stranger's text as far as files are concerned: access to anything outside the database is off
before it runs, and it cannot be switched on again.
"""

from __future__ import annotations

import importlib.resources
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.errors import EXIT_USAGE, NightdeskError, NothingThere
from flows.paths import Home
from flows.settings import Settings

SNIPPET_CHARACTERS = 280
_WORDS_LIMIT = 500  # characters of a search
_INDEX = "fts_main_articles"
# The extension's own pattern keeps a-z alone: 5G, 2026 and every other script would be lost.
_NOT_IN_WORDS = r"[^\p{L}\p{N}]+"
_FIELDS: list[pa.Field[Any]] = [
    pa.field("article_id", pa.string()),
    pa.field("title", pa.string()),
    pa.field("source_name", pa.string()),
    pa.field("published_at", pa.timestamp("us", tz="UTC")),
    pa.field("url", pa.string()),
    pa.field("score", pa.float64()),
    pa.field("snippet", pa.string()),
]
_RESULT = pa.schema(_FIELDS)
_opening = threading.Lock()


class QueryError(NightdeskError):
    """The question itself is wrong; another question may be right."""

    exit_code = EXIT_USAGE


def query(settings: Settings, sql: str) -> pa.Table:
    """The rows that a SELECT gives on the published database.

    Raises NothingThere before the first night, QueryError with the database's complaint in one sentence.
    """
    with open_published(settings.paths) as connection:
        try:
            result = connection.execute(sql) if sql.strip(" ;\n\t") else None
            if not result or not result.description:
                raise QueryError("this statement gives no rows", "Ask a SELECT.")
            return result.to_arrow_table()
        except (duckdb.Error, ValueError, RuntimeError) as error:
            raise QueryError(_one_sentence(error), _tables_hint(connection)) from error


def search(settings: Settings, words: str, limit: int = 10) -> pa.Table:
    """Articles with any of the words in title or text, best first.

    Columns: article_id, title, source_name, published_at, url, score (BM25, higher is better), snippet (the sentence
    of the text that holds most of the words). Raises NothingThere, and QueryError where there is no word.
    """
    if not _terms(words):
        raise QueryError("there is no word to search for", "For example: nightdesk search battery plant")
    sql = f"""
        select article_id, title, source_name, published_at, url, score, text, sentences
        from (select *, {_INDEX}.match_bm25(article_id, ?) as score from main.articles)
        where score is not null
        order by score desc, published_at desc nulls last, article_id
        limit ?"""  # noqa: S608 - the only name put in is a constant of this module
    with open_published(settings.paths, for_search=True) as connection:
        if not _has_index(connection):
            raise NothingThere("there is no search index yet", "It is made at the end of a night: `nightdesk run`.")
        cursor = connection.execute(sql, [words[:_WORDS_LIMIT], limit])
        names = [str(column[0]) for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        stems = _stems(connection, words)
    rows = [
        {**{name: row[name] for name in _RESULT.names if name != "snippet"}, "snippet": _snippet(row, stems)}
        for row in found
    ]
    return pa.Table.from_pylist(rows, schema=_RESULT)


def create_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Index title and text of main.articles in the database of `connection`; an index already there is replaced.

    The extension is loaded from its Python package, which needs no place in the home and no network. English stems
    and stop words; words of other languages and scripts are found as well, by their own form.
    """
    load_search_extension(connection)
    connection.execute(
        "pragma create_fts_index('main.articles', 'article_id', 'title', 'text', overwrite = 1, "
        f"ignore = '{_NOT_IN_WORDS}')"
    )


def load_search_extension(connection: duckdb.DuckDBPyConnection) -> None:
    """Load fts into the connection. Raises NightdeskError where its package is missing or of another version."""
    file = search_extension_file()
    try:
        connection.execute(f"load '{str(file).replace(chr(39), chr(39) * 2)}'")
    except duckdb.Error as error:
        raise NightdeskError(
            f"DuckDB's search extension cannot be loaded: {_one_sentence(error)}",
            f"Install duckdb-extension-fts=={duckdb.__version__}, the version of duckdb.",
        ) from error


def search_extension_file() -> Path:
    """Where the package keeps the extension for this version of DuckDB; the file may be missing."""
    try:
        package = importlib.resources.files("duckdb_extension_fts")
    except ModuleNotFoundError as error:
        raise NightdeskError(
            "DuckDB's search extension is not installed", f"Install duckdb-extension-fts=={duckdb.__version__}."
        ) from error
    return Path(str(package)) / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"


@contextmanager
def open_published(home: Home, *, for_search: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, read-only and locked in: no other file, no network, no change of configuration.

    Raises NothingThere before the first night, NightdeskError where the file is damaged.
    """
    if not home.database.is_file():
        raise NothingThere(f"no night has been published in {home.root}", "Run `nightdesk run`, or `nightdesk demo`.")
    with _opening:  # threads of a dashboard share one instance of the database; its locks are set once
        try:
            connection = duckdb.connect(str(home.database), read_only=True)
        except (duckdb.Error, OSError) as error:
            raise NightdeskError(
                f"{home.database} cannot be opened: {_one_sentence(error)}",
                "A run writes it anew from the Parquet columns: `nightdesk run`.",
            ) from error
        try:
            _shut_in(connection, for_search=for_search)
        except BaseException:
            connection.close()
            raise
    try:
        yield connection
    finally:
        connection.close()


def _shut_in(connection: duckdb.DuckDBPyConnection, *, for_search: bool) -> None:
    is_locked = connection.execute("select current_setting('lock_configuration')").fetchone() == (True,)
    if not is_locked:
        if for_search or _has_index(connection):  # with the index there, SQL may use its functions
            load_search_extension(connection)
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
            connection.execute(f"set {setting} = false")
        connection.execute("set lock_configuration = true")


def _has_index(connection: duckdb.DuckDBPyConnection) -> bool:
    sql = "select count(*) from duckdb_schemas() where schema_name = ?"
    return connection.execute(sql, [_INDEX]).fetchone() != (0,)


def _one_sentence(error: Exception) -> str:
    """The first line of DuckDB's message, with its guess at what was meant."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    guesses = [line for line in lines[1:] if line.startswith(("Did you mean", "Candidate bindings"))]
    return " ".join([*lines[:1], *guesses[:1]])[:400] or type(error).__name__


def _tables_hint(connection: duckdb.DuckDBPyConnection) -> str:
    sql = "select table_name from duckdb_tables() where schema_name = 'main' and not internal order by 1"
    try:
        names = [name for (name,) in connection.execute(sql).fetchall()]
    except duckdb.Error:  # the connection itself is broken; the first complaint is the one to show
        return ""
    return f'Tables: {", ".join(names)}. Columns: nightdesk query "describe articles"'


def _terms(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(character for character in folded if not unicodedata.combining(character)))


def _stems(connection: duckdb.DuckDBPyConnection, words: str) -> tuple[str, ...]:
    """What the words of the text begin with that the index counts as the same; Porter writes battery as batteri."""
    stemmed = (connection.execute("select stem(?, 'porter')", [term]).fetchone() for term in set(_terms(words)))
    return tuple(str(row[0]).removesuffix("i") for row in stemmed if row and row[0])


def _snippet(row: dict[str, Any], stems: Sequence[str]) -> str:
    """The first of the sentences that hold most of the words, shortened around its first match."""
    text: str = row["text"] or ""
    spans: list[tuple[int, int]] = [(span["start"], span["end"]) for span in row["sentences"] or ()] or [(0, len(text))]
    best = max(spans, key=lambda span: len(_held(text[span[0] : span[1]], stems)))
    sentence = " ".join(text[best[0] : best[1]].split())
    if len(sentence) <= SNIPPET_CHARACTERS:
        return sentence
    matches = (match.start() for match in re.finditer(r"[^\W_]+", sentence) if _held(match[0], stems))
    start = max(0, next(matches, 0) - SNIPPET_CHARACTERS // 3)
    end = start + SNIPPET_CHARACTERS
    return ("… " if start else "") + sentence[start:end].strip() + (" …" if end < len(sentence) else "")


def _held(text: str, stems: Sequence[str]) -> set[str]:
    terms = _terms(text)
    return {stem for stem in stems if any(term.startswith(stem) for term in terms)}
