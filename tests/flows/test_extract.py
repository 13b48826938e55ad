"""The extract stage over pages that lie in raw: what is done, what is done again, and what one page may cost."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows.clock import Clock
from flows.columns import PAGE_TRANSFORMS, register
from flows.extract import ExtractReport, extract
from flows.pages import Limits
from flows.paths import Home
from flows.progress import silent
from flows.raw import RAW_TABLES, short_hash
from tests.transforms.pages import STORY, article, page, paragraphs
from transforms.contract import LINEAGE

AT = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
SOURCE = """\
name: The Harbour Post
home_url: https://{name}.example/
language: en
discover:
  - kind: feed
    url: https://{name}.example/feed.xml
"""
SELECTORS = "selectors:\n  body: .tale\n  title: .name\n  published: .when\n  remove: .noise\n"
ODD = page(
    f'<div class="teasers">{paragraphs(*STORY[3:])}</div><h1>Harbour Post</h1><b class="name">The gate</b>'
    f'<i class="when" datetime="2026-03-08T10:00:00Z">two days ago</i>'
    f'<div class="tale">{paragraphs(*STORY[:2])}<p class="noise">Buy a boat from us today.</p></div>'
)
SLOW = page("".join(f"<p>{number} {STORY[0]}</p>" for number in range(3_000)))
PAGES = {"post/plain": article(), "post/odd": ODD, "mail/plain": article(*STORY[:3])}


class Ticking(Clock):
    """A second later at each look."""

    def __init__(self) -> None:
        self.looks = 0

    def now(self) -> datetime:
        self.looks += 1
        return AT + timedelta(hours=1, seconds=self.looks)


def row(schema: pa.Schema, **given: Any) -> dict[str, Any]:
    """A row of the schema: what is given, else null, else the nothing of its type."""
    nothing: dict[str, Any] = {"string": "", "bool": False, "binary": b"", "int32": 0, "int64": 0, "double": 0.0}
    return {
        each.name: given.get(each.name, None if each.nullable else nothing.get(str(each.type), AT)) for each in schema
    }


def home_with(folder: Path, pages: dict[str, str]) -> Home:
    """A home whose raw.duckdb holds the pages, as `source/name`, and whose sources are the two of PAGES."""
    home = Home(folder)
    home.sources.mkdir(parents=True)
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in RAW_TABLES}
    for name in ("post", "mail"):
        (home.sources / f"{name}.yml").write_text(SOURCE.format(name=name))
        rows["sources"].append({"source_id": name, "name": name, "language": "en"})
    for name, html in pages.items():
        source, url = name.partition("/")[0], f"https://{name}"
        stated = {"article_id": short_hash(url), "source_id": source, "url": url, "body_hash": short_hash(html)}
        rows["fetches"].append({**stated, "fetch_id": name, "purpose": "article", "outcome": "ok"})
        rows["pages"].append({**stated, "body_gzip": gzip.compress(html.encode()), "charset": "utf-8"})
    with duckdb.connect(str(home.raw_database)) as connection:
        for table in RAW_TABLES:
            made = pa.Table.from_pylist([row(table.schema, **given) for given in rows[table.name]], table.schema)
            connection.register("made", made)
            connection.execute(f"create table {table.name} as select * from made")
    return home


def run(home: Home, clock: Clock, processes: int = 1, limits: Limits | None = None) -> ExtractReport:
    return extract(home, f"run-{clock.now():%M%S}", clock, 2, silent, processes, limits)


def rows_of(home: Home, name: str) -> list[dict[str, Any]]:
    """Every row of a page transform, in the order in which they were made, without its lineage."""
    transform = next(each for each in PAGE_TRANSFORMS if each.name == name)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        register(connection, home, transform)
        rows = connection.execute(f"select * from {name} order by processed_at, article_id").to_arrow_table()
    return rows.select([each for each in rows.column_names if each not in {*LINEAGE.names, "date"}]).to_pylist()


def texts(home: Home) -> dict[str, str]:
    """The text of each page by its URL; of a page that was read again, the latest."""
    return {made["url"].removeprefix("https://"): made["text"] for made in rows_of(home, "content")}


def test_pages_are_read_once_and_a_monster_costs_itself_alone(tmp_path: Path) -> None:
    clock = Ticking()
    home = home_with(tmp_path, {**PAGES, "mail/slow": SLOW, "mail/big": "<p>" + "x" * 1_200_000})
    report = run(home, clock, processes=2, limits=Limits(seconds=0.5))
    assert (report.pages, report.kept) == (5, 3)
    assert report.rejected_by_reason == {"too_slow": 1, "too_big": 1}
    assert texts(home)["mail/plain"] == "\n\n".join(STORY[:3])
    assert run(home, clock) == ExtractReport(0, 0, 0, {})


def test_a_sources_selectors_count_from_the_night_on_in_which_they_are_written(tmp_path: Path) -> None:
    clock = Ticking()
    home = home_with(tmp_path, PAGES)
    run(home, clock)
    before = texts(home)
    assert "Buy a boat" in before["post/odd"]
    file = home.sources / "post.yml"
    plain = file.read_text()
    file.write_text(plain + SELECTORS)
    assert run(home, clock).pages == 2  # of that source
    chosen = {made["url"]: made for made in rows_of(home, "content")}["https://post/odd"]
    assert (chosen["text"], chosen["title"]) == ("\n\n".join(STORY[:2]), "The gate")
    assert (chosen["published_at"], chosen["published_at_source"]) == (datetime(2026, 3, 8, 10, tzinfo=UTC), "selector")
    assert texts(home)["post/plain"] == before["post/plain"]  # where a selector finds nothing, the page is read as ever
    assert {made["revision_id"] for made in rows_of(home, "quality")} >= {chosen["revision_id"]}
    assert run(home, clock).pages == 0
    file.write_text(plain)
    assert run(home, clock).pages == 2
    assert texts(home) == before


def test_a_home_without_raw_has_nothing_to_read(tmp_path: Path) -> None:
    assert run(Home(tmp_path), Ticking()) == ExtractReport(0, 0, 0, {})
