"""A home of two sources in which every layer holds the words of a page that is to be forgotten.

paper     names `secret` and `plain`; `secret` answers after a redirect, and is an alias of the address that it states
other     names `shared`, as the paper does; both asked for it, and each got a body of its own; `copy` cites `secret`
"""

import random
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.answers import ANSWERS
from flows.columns import Folder, with_lineage, write_rows
from flows.ledger import GREEN, Manifest, write_manifest
from flows.load import load_tables, raw_pipeline
from flows.paths import Home
from flows.raw import RAW_TABLES, short_hash
from flows.settings import Settings, quiet_environment
from tests.sql.asked import answer_of
from tests.sql.nights import row
from transforms.catalog import TRANSFORMS
from transforms.contract import Transform

NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
SCHEMAS = {table.name: table.schema for table in RAW_TABLES}
SECRET, FINAL, STATED = "http://paper.example/secret", "http://www.paper.example/moved", "http://paper.example/amp"
PLAIN, SHARED, COPY = "http://paper.example/plain", "http://paper.example/shared", "http://other.example/copy"
MARK = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz", k=24))  # stands in each text of `secret`
PAGES = (  # source, url, final url, body
    ("paper", SECRET, FINAL, f"secret {MARK}. More."),
    ("paper", PLAIN, PLAIN, "plain"),
    ("paper", SHARED, SHARED, "shared as the paper had it"),
    ("other", SHARED, SHARED, "shared as the other had it"),
    ("other", COPY, COPY, "copy"),
)


def raw_rows() -> dict[str, pa.Table]:
    rows: dict[str, list[dict[str, Any]]] = {
        "sources": [
            {"source_id": source, "name": source, "home_url": "", "topics": ""} for source in ("paper", "other")
        ],
        "discoveries": [
            {
                "discovery_id": short_hash(source + url),
                "source_id": source,
                "article_id": short_hash(url),
                "url": url,
                "title": body,
                "found_in": f"http://{source}.example/feed",
            }
            for source, url, _, body in PAGES
        ],
        "fetches": [
            {
                "fetch_id": short_hash(source + url),
                "source_id": source,
                "purpose": "article",
                "article_id": short_hash(url),
                "url": url,
                "final_url": final,
                "outcome": "ok",
                "body_hash": short_hash(body) * 4,
                "robots_verdict": "allowed",
            }
            for source, url, final, body in PAGES
        ],
        "pages": [{"body_hash": short_hash(body) * 4, "body_gzip": body.encode()} for *_, body in PAGES],
        "polls": [
            {"poll_id": source, "source_id": source, "url": f"http://{source}.example/feed", "kind": "feed"}
            for source in ("paper", "other")
        ],
        "consents": [
            {"consent_id": source + url, "source_id": source, "host": url.rpartition("/")[0], "url": url}
            for source, url, *_ in PAGES
        ],
    }
    return {
        name: pa.Table.from_pylist([row(SCHEMAS[name], **given) for given in table], schema=SCHEMAS[name])
        for name, table in rows.items()
    }


def write_columns(home: Home) -> None:
    for number, (_, url, _, body) in enumerate(PAGES):
        keys = {"article_id": short_hash(url), "revision_id": short_hash(body)}
        canonical = STATED if url == SECRET else None
        cited = answer_of((short_hash(COPY), short_hash("copy"), "q"), (short_hash(SECRET), "r", PAGES[0][3]))
        given: dict[str, dict[str, Any]] = {
            "content": {**keys, "body_hash": short_hash(body) * 4, "text": body, "canonical_url": canonical},
            "quality": {**keys, "body_hash": short_hash(body) * 4, "verdict": "kept"},
            "summary": {**keys, "gist": {"text": body, "start": 0, "end": 1, "score": 1.0}, "key_points": []},
            "answers": {**keys, "answers": [cited] if url == COPY else []},
        }
        folders: list[Transform | Folder] = [*TRANSFORMS, ANSWERS]
        for transform in folders:
            if transform.name in given:
                made = pa.Table.from_pylist([row(transform.writes, **given[transform.name])], schema=transform.writes)
                lineage = {"model": "m", "revision": "1", "parameters": "p", "code": "0", "run_id": "r"}
                lined = with_lineage(made, version=transform.version, at=NIGHT, **lineage)
                write_rows(home, transform, lined, [date(2026, 3, 1)], f"{number // 2}-{number}")


def write_elsewhere(home: Home) -> None:
    """What lies in the other folders."""
    for day, url in (("2026-03-01", SECRET), ("2026-03-02", PLAIN)):
        home.briefs.mkdir(exist_ok=True)
        said = MARK if url == SECRET else "nothing"
        (home.briefs / f"{day}.md").write_text(f"### [{said}](<{url}>)\n", "utf-8")
        (home.briefs / f"{day}.html").write_text(f'<a href="{url}?utm_source=x">{said}</a>', "utf-8")
    for file in (home.llm / "replies/ab/x.json", home.dlt / "raw/load/x.parquet", home.prefect / "prefect.db"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(MARK, "utf-8")
    waiting = row(SCHEMAS["pages"], body_hash=short_hash(PAGES[0][3]) * 4, body_gzip=PAGES[0][3].encode())
    (home.spool / "pages").mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist([waiting], schema=SCHEMAS["pages"]), home.spool / "pages" / "a.parquet")
    failed = ({"source_id": "paper", "status": "failed", "reason": f"{SECRET}: {MARK}"},)
    write_manifest(home, Manifest("run-1", NIGHT.date(), GREEN, NIGHT, "0", 1, NIGHT, sources=failed))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("filled") / "home")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in quiet_environment(Settings(home=home.root)).items():
            patch.setenv(name, value)
        load_tables(raw_pipeline(home), raw_rows())
    write_columns(home)
    write_elsewhere(home)
    return home


@pytest.fixture
def home(filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of it, for one test."""
    copy = Home(tmp_path / "home")
    shutil.copytree(filled.root, copy.root)
    for name, value in quiet_environment(Settings(home=copy.root)).items():
        monkeypatch.setenv(name, value)
    return copy


def files_with(home: Home, text: str) -> list[str]:
    """The files of the home that hold the text: Parquet by its rows, which are packed, all else byte by byte."""
    return sorted(
        file.relative_to(home.root).as_posix()
        for file in home.root.rglob("*")
        if file.is_file() and text.encode() in (_rows(file) if file.suffix == ".parquet" else file.read_bytes())
    )


def _rows(file: Path) -> bytes:
    try:
        return str(pq.ParquetFile(file).read().to_pylist()).encode()
    except pa.ArrowInvalid:  # one that only bears the name
        return file.read_bytes()
