"""What was made from the forgotten pages, erased: column rows, answers that cite them, replies of models, briefs.

Every step may be repeated: a second time finds nothing. Files are written beside their place and renamed.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.answers import ANSWERS
from flows.columns import TEMPORARY
from flows.crawl.urls import NotAWebAddress, canonical_url
from flows.forget.selection import Selection, quoted
from flows.ledger import read_manifests, write_manifest
from flows.paths import Home

_URL = re.compile(r"https?://[^\s<>\"]+")


def erase_rows(home: Home, selection: Selection) -> dict[str, int]:
    """Take the rows of the articles out of every version of every column folder; column_rows and answers erased."""
    counts = {"column_rows": 0, "answers": 0}
    if not selection.article_ids:
        return counts
    gone = selection.article_ids
    kept = _kept_revisions(home, selection)
    for folder in sorted(home.columns.glob("*/v*")):
        is_answers = folder.parent.name == ANSWERS.name
        for file in sorted(folder.glob("date=*/*.parquet")):
            rows = pq.ParquetFile(file).read()
            left = rows.filter(pa.array(_stays(rows, gone, selection.kept_bodies, kept)))
            cited = _without_cited(left, gone) if is_answers else left
            counts["column_rows"] += rows.num_rows - left.num_rows
            counts["answers"] += _answers(left) - _answers(cited) if is_answers else 0
            if cited.num_rows < rows.num_rows or cited is not left:
                _replace(file, cited)
    return counts


def _stays(
    rows: pa.Table, gone: frozenset[str], bodies: frozenset[tuple[str, str]], revisions: frozenset[tuple[str, str]]
) -> list[bool]:
    """Row by row: of an article that goes, only what was made from a body that another source has."""
    key, kept = ("body_hash", bodies) if "body_hash" in rows.column_names else ("revision_id", revisions)
    pairs = zip(rows["article_id"].to_pylist(), rows[key].to_pylist(), strict=True)
    return [pair[0] not in gone or pair in kept for pair in pairs]


def _kept_revisions(home: Home, selection: Selection) -> frozenset[tuple[str, str]]:
    """(article_id, revision_id) of the texts that were found in bodies that stay."""
    pattern = home.columns / "content" / "v*" / "date=*" / "*.parquet"
    if not selection.kept_bodies or not any(home.columns.glob("content/v*/date=*/*.parquet")):
        return frozenset()
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select distinct article_id, revision_id, body_hash from read_parquet('{quoted(pattern)}', "
            "union_by_name = true)"
        ).fetchall()
    kept = selection.kept_bodies
    return frozenset((article, revision) for article, revision, body in found if (article, body) in kept)


def _without_cited(rows: pa.Table, gone: frozenset[str]) -> pa.Table:
    """The rows without the answers that ask for a forgotten article or cite one; the same table where there is none."""
    column = _listed(rows)
    left = [
        [each for each in answers if not gone & {each["asking_article_id"], each["cited_article_id"]}]
        for answers in column
    ]
    if left == column:
        return rows
    at = rows.schema.get_field_index("answers")
    return rows.set_column(at, rows.schema.field(at), pa.array(left, rows.schema.field(at).type))


def _answers(rows: pa.Table) -> int:
    return sum(map(len, _listed(rows)))


def _listed(rows: pa.Table) -> list[list[dict[str, Any]]]:
    listed: list[Any] = rows["answers"].to_pylist()
    return listed


def _replace(file: Path, rows: pa.Table) -> None:
    if not rows.num_rows:
        file.unlink()
        with suppress(OSError):  # others lie in the same day
            file.parent.rmdir()
        return
    temporary = file.with_suffix(TEMPORARY)
    pq.write_table(rows, temporary, compression="zstd")
    temporary.replace(file)


def erase_replies(home: Home) -> int:
    """All kept replies of models: they are named by a hash of what was asked, so whose they are nobody can tell."""
    folder = home.llm / "replies"
    count = sum(1 for file in folder.rglob("*") if file.is_file())
    shutil.rmtree(folder, ignore_errors=not folder.exists())
    return count


def briefs_showing(home: Home, urls: frozenset[str]) -> list[str]:
    """The days whose briefs, in either form, lead to one of the URLs."""
    wanted = {_canonical(url) for url in urls}
    days = set()
    for file in (*home.briefs.glob("*.md"), *home.briefs.glob("*.html")):
        shown = {_canonical(html.unescape(found)) for found in _URL.findall(file.read_text("utf-8", "replace"))}
        if shown & wanted:
            days.add(file.stem)
    return sorted(days)


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except NotAWebAddress:
        return url


def erase_briefs(home: Home, days: Sequence[str]) -> None:
    """Both forms of the days' briefs."""
    for day in days:
        for ending in ("md", "html"):
            (home.briefs / f"{day}.{ending}").unlink(missing_ok=True)
    for leftover in home.briefs.glob("*.tmp"):
        leftover.unlink()


def erase_reasons(home: Home, names: Sequence[str]) -> None:
    """What the reports of nights quote of a source or an address; that it failed, and its counts, stay."""
    for manifest in read_manifests(home):
        told = tuple(
            {**source, "reason": "forgotten"} if _names(source, names) else source for source in manifest.sources
        )
        if told != manifest.sources:
            write_manifest(home, type(manifest)(**{**vars(manifest), "sources": told}))


def _names(source: dict[str, Any], names: Sequence[str]) -> bool:
    reason = source.get("reason")
    if not reason or reason == "forgotten":
        return False
    return any(name == source["source_id"] or name in reason for name in names)


def erase_working_files(home: Home, *, keeps_prefect: bool) -> None:
    """The folders of dlt, dbt and Prefect, a replay that was not finished, and robots.txt files; all are remade.

    They hold rows, compiled queries, copies of columns and briefs.
    """
    for folder in (home.dlt, home.dbt, home.replay, home.robots, *(() if keeps_prefect else (home.prefect,))):
        shutil.rmtree(folder, ignore_errors=not folder.exists())
