"""Raw written as WARC 1.1, for other readers of archives and for `nightdesk backfill`.

What stands in it, in this order: a warcinfo record; facts (facts.py) with the sources, discoveries, polls and consents;
then the requests in the order in which they were made. The first request that returned a body is a response record,
each later one with the same body a revisit of it, each 304 a revisit without a body. A request without a body that raw
keeps (failures, what was not asked for, feeds) is a row of facts.

Raw does not keep an exchange as it was on the wire, and the archive does not pretend to: bodies are decompressed and
de-chunked, HTTP heads are made from the headers that raw keeps, Content-Length is that of the body as it stands there,
and there are no request records. The warcinfo record says so.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from fastwarc import WarcRecordType

from flows.clock import Clock
from flows.errors import HomeUnusable, NothingThere
from flows.ledger import run_lock
from flows.load import load_spool
from flows.paths import Home
from flows.progress import Progress
from flows.version import code_version
from flows.warc import facts
from flows.warc.records import (
    IDENTICAL,
    NOT_MODIFIED,
    Headers,
    Writer,
    http_head,
    payload_digest,
    record_id,
    target_uri,
    writing,
)
from flows.warc.selection import Selection

PAGES_AT_ONCE = 64
ROWS_AT_ONCE = 500
RESPONSE = "application/http; msgtype=response"
SAID = (
    "Written from the raw tables of Nightdesk. Bodies are decompressed and de-chunked. HTTP heads are reconstructed "
    "from the headers that were kept; Content-Encoding and Transfer-Encoding are left out, Content-Length is that of "
    "the body here. Requests were not kept. Metadata records of application/json hold rows of those tables."
)
FIRST = ("sources", "discoveries", "polls", "consents")

_FETCHES = """
    with chosen as (
        select
            fetches.*,
            fetches.purpose in ('article', 'following') and fetches.outcome = 'ok'
            and pages.body_hash is not null as has_page
        from raw.main.fetches as fetches
        left join raw.main.pages as pages on fetches.body_hash = pages.body_hash
        where {condition}
    )
    select
        * exclude (has_page),
        case when has_page then
            first_value(struct_pack(id := fetch_id, at := requested_at, url := coalesce(final_url, url))) over (
                partition by has_page, body_hash order by requested_at, fetch_id
            )
        end as first
    from chosen
    order by requested_at, fetch_id
"""
_PAGES = "select * from raw.main.pages where body_hash in (select unnest(?))"

Row = dict[str, Any]


@dataclass(frozen=True)
class ExportReport:
    """What the archive holds: pages are response records, repeats are revisits, facts the rows beside them."""

    file: str
    bytes: int
    records: int
    pages: int
    repeats: int
    facts: int


def export_warc(home: Home, file: Path, selection: Selection, clock: Clock, progress: Progress) -> ExportReport:
    """Write what the selection names of raw into the file; what is there under that name is replaced at the end.

    Raises NothingThere without raw, Busy while a run is going on, HomeUnusable when the file cannot be written.
    """
    if not home.raw_database.exists():
        raise NothingThere(f"there is nothing to export in {home.root}", "Run a night first: `nightdesk run`.")
    with run_lock(home):
        load_spool(home)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with writing(file) as writer, duckdb.connect() as connection:
                _attach(connection, home)
                export = _Export(writer, connection, selection, clock.now())
                export.write(file.name, progress)
        except OSError as error:
            raise HomeUnusable(
                f"{file} cannot be written: {error.strerror or error}", "Choose another place with --out."
            ) from error
    return ExportReport(str(file), file.stat().st_size, writer.records, export.pages, export.repeats, export.facts)


def _attach(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    path = str(home.raw_database).replace("'", "''")
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"attach '{path}' as raw (read_only)")


class _Export:
    def __init__(
        self, writer: Writer, connection: duckdb.DuckDBPyConnection, selection: Selection, now: datetime
    ) -> None:
        self._writer = writer
        self._connection = connection
        self._selection = selection
        self._now = now
        self.pages = self.repeats = self.facts = 0

    def write(self, name: str, progress: Progress) -> None:
        self._warcinfo(name)
        for table in FIRST:
            for some in self._rows(f"select * from raw.main.{table} where {{condition}} order by all", table):
                self._write_facts({table: some})
        condition, values = self._condition("fetches")
        counted = self._connection.execute(f"select count(*) from raw.main.fetches where {condition}", values)
        total, done = (counted.fetchone() or (0,))[0], 0
        for some in self._rows(_FETCHES, "fetches"):
            self._write_fetches(some)
            progress("export", done := done + len(some), total)

    def _rows(self, query: str, table: str) -> Iterator[list[Row]]:
        """The rows some at a time; a home of an older version may lack a table."""
        present = "select 1 from duckdb_tables() where database_name = 'raw' and table_name = ?"
        if not self._connection.execute(present, [table]).fetchall():
            return
        condition, values = self._condition(table)
        cursor = self._connection.cursor().execute(query.format(condition=condition), values)
        names = [column[0] for column in cursor.description or ()]
        while some := cursor.fetchmany(PAGES_AT_ONCE if table == "fetches" else ROWS_AT_ONCE):
            yield [dict(zip(names, row, strict=True)) for row in some]

    def _condition(self, table: str) -> tuple[str, dict[str, Any]]:
        condition, values = self._selection.condition(table)
        if table == "discoveries" and values:  # what was said of an article goes with its pages
            asked, _ = self._selection.condition("fetches")
            condition = f"({condition}) or article_id in (select article_id from raw.main.fetches where {asked})"
        return condition, values

    def _write_fetches(self, rows: Sequence[Row]) -> None:
        firsts = [row["body_hash"] for row in rows if row["first"] and row["first"]["id"] == row["fetch_id"]]
        cursor = self._connection.execute(_PAGES, [firsts])
        names = [column[0] for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        pages = {page["body_hash"]: page for page in found}
        plain: list[Row] = []
        for row in rows:
            first = row.pop("first")
            if first is None and not (row["purpose"] == "article" and row["outcome"] == "not_modified"):
                plain.append(row)
            elif first is not None and first["id"] == row["fetch_id"]:
                self._write_response(row, pages[row["body_hash"]])
            else:
                self._write_revisit(row, first)
        if plain:
            self._write_facts({"fetches": plain})

    def _warcinfo(self, name: str) -> None:
        fields = {
            "software": f"Nightdesk/{code_version()}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": SAID,
        }
        block = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
        own, kind = record_id("info", str(self._now)), "application/warc-fields"
        self._writer.write(WarcRecordType.warcinfo, own, self._now, kind, block, [("WARC-Filename", name)])

    def _write_facts(self, rows: dict[str, list[Row]], about: str | None = None, at: datetime | None = None) -> None:
        block = facts.written(rows)
        headers: Headers = [("WARC-Concurrent-To", f"<{about}>" if about else None)]
        own = record_id("facts", about or str(self._writer.records))
        self._writer.write(WarcRecordType.metadata, own, at or self._now, facts.CONTENT_TYPE, block, headers)
        self.facts += sum(map(len, rows.values()))

    def _write_response(self, row: Row, page: Row) -> None:
        own = record_id("fetch", row["fetch_id"])
        body = gzip.decompress(page["body_gzip"])
        self._write_facts({"fetches": [row], "pages": [page]}, own, row["requested_at"])
        block = http_head(row["status"] or 200, [*_kept(row), ("Content-Length", str(len(body)))]) + body
        headers: Headers = [
            ("WARC-Target-URI", target_uri(row["final_url"] or row["url"])),
            ("WARC-Payload-Digest", payload_digest(row["body_hash"])),
        ]
        self._writer.write(WarcRecordType.response, own, row["requested_at"], RESPONSE, block, headers)
        self.pages += 1

    def _write_revisit(self, row: Row, first: Row | None) -> None:
        own = record_id("fetch", row["fetch_id"])
        self._write_facts({"fetches": [row]}, own, row["requested_at"])
        headers: list[tuple[str, str | None]] = [("WARC-Target-URI", target_uri(row["final_url"] or row["url"]))]
        if first is None:
            headers.append(("WARC-Profile", NOT_MODIFIED))
        else:
            at = first["at"].astimezone(UTC).isoformat().replace("+00:00", "Z")
            headers += [
                ("WARC-Profile", IDENTICAL),
                ("WARC-Refers-To", f"<{record_id('fetch', first['id'])}>"),
                ("WARC-Refers-To-Target-URI", target_uri(first["url"])),
                ("WARC-Refers-To-Date", at),
                ("WARC-Payload-Digest", payload_digest(row["body_hash"])),
            ]
        block = http_head(row["status"] or (304 if first is None else 200), _kept(row))
        self._writer.write(WarcRecordType.revisit, own, row["requested_at"], RESPONSE, block, headers)
        self.repeats += 1


def _kept(row: Row) -> Headers:
    """The HTTP headers that raw keeps of an answer."""
    return [
        ("Content-Type", row["content_type"]),
        ("ETag", row["etag"]),
        ("Last-Modified", row["last_modified"]),
    ]
