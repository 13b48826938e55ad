"""Records of archives made rows of raw. Every record is counted once: taken, filtered or rejected, with the reason.

A response of anybody's archive becomes a row of fetches and one of pages; one that is no page, a row of fetches that
failed, as in a crawl. What Nightdesk wrote itself has its facts before it (facts.py), and becomes the rows it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastwarc import WarcRecord, WarcRecordType

from flows.crawl.consent import PREFIX, refusal
from flows.crawl.pages import packed, page_row
from flows.crawl.usage import joined, page_flags
from flows.forget.register import Register
from flows.raw import PAGE_PURPOSES
from flows.settings import Settings
from flows.warc import facts
from flows.warc.archive import Rejected, block_of
from flows.warc.origins import Origins
from flows.warc.pages import page_of, place_of, response_of
from flows.warc.rows import answer_columns, request_row
from flows.warc.selection import Selection

FACTS_LIMIT = 64_000_000  # bytes of one record of facts

Row = dict[str, Any]


class Filtered(Exception):
    """A record that is not wanted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Taker:
    """Takes records one by one. `rows`: what is not written yet; `counts`: outcomes, as in a Bookmark.

    has_page: whether a page of that hash is in raw.
    """

    def __init__(
        self,
        settings: Settings,
        selection: Selection,
        origins: Origins,
        register: Register,
        run_id: str,
        now: datetime,
        has_page: Callable[[str], bool],
    ) -> None:
        self._settings = settings
        self._selection = selection
        self._origins = origins
        self._register = register
        self._run_id = run_id
        self._now = now
        self._has_page = has_page
        self._pending: tuple[str, facts.Rows] | None = None
        self.new_pages: set[str] = set()
        self.rows: facts.Rows = {}
        self.held_bytes = 0
        self.counts: Counter[str] = Counter()

    @property
    def is_between(self) -> bool:
        """Whether no facts wait for their record."""
        return self._pending is None

    def take(self, record: WarcRecord) -> None:
        """Count the record and keep its rows."""
        pending = self._waited_for(record)
        weight = 1 if pending is None else 2  # the facts share the fate of their record
        try:
            self._take(record, pending)
        except Filtered as error:
            self.counts[f"filtered {error.reason}"] += weight
        except facts.BadFacts:
            self.counts["rejected bad_facts"] += weight
        except Rejected as error:
            self.counts[f"rejected {error.reason}"] += weight
        else:
            self.counts["taken"] += weight if self._pending is None else 0

    def drop(self) -> None:
        """Let go of the rows."""
        self.rows.clear()
        self.held_bytes = 0
        self._pending = None

    def end(self) -> None:
        """Nothing follows in this archive."""
        if self._pending is not None:
            self.counts["rejected facts_without_record"] += 1
            self._pending = None

    def _waited_for(self, record: WarcRecord) -> facts.Rows | None:
        pending = self._pending
        if pending is None:
            return None
        if pending[0] == _bare(record.record_id):
            self._pending = None
            return pending[1]
        self.end()
        return None

    def _take(self, record: WarcRecord, pending: facts.Rows | None) -> None:
        kind = record.record_type
        if kind == WarcRecordType.response:
            if pending is None:
                self._take_response(record)
            else:
                self._take_own(record, pending)
        elif kind == WarcRecordType.revisit:
            self._take_revisit(pending)
        elif kind == WarcRecordType.metadata:
            self._take_metadata(record)
        else:
            raise Filtered("other_record")

    def _take_metadata(self, record: WarcRecord) -> None:
        if not (record.headers.get("Content-Type") or "").startswith(facts.CONTENT_TYPE):
            raise Filtered("other_record")
        rows = facts.parsed(block_of(record, FACTS_LIMIT))
        if rows is None:
            raise Filtered("other_record")
        if about := _bare(record.headers.get("WARC-Concurrent-To")):
            self._pending = about, rows
            return
        if rows.get("pages"):
            raise facts.BadFacts("a page without its record")
        self._keep_wanted(rows)

    def _keep_wanted(self, rows: facts.Rows) -> None:
        reasons = []
        kept = 0
        for table, some in rows.items():
            for row in some:
                if reason := self._left_out(table, row):
                    reasons.append(reason)
                    continue
                self._keep_row(table, row)
                kept += 1
        if reasons and not kept:
            raise Filtered(reasons[0])

    def _keep_row(self, table: str, row: Row) -> None:
        if table == "sources":
            return self._origins.state(row)
        if table == "fetches" and row["purpose"] in PAGE_PURPOSES and row["outcome"] == "ok":
            self._page_is_there(row)
        self._origins.use(row["source_id"], row["url"])
        return self._keep(table, row)

    def _left_out(self, table: str, row: Row) -> str | None:
        url = row.get("url", "")
        if self._register.covers_source(row["source_id"]) or (url and self._register.covers(url)):
            return "forgotten"
        return self._selection.leaves_out_row(table, row)

    def _take_own(self, record: WarcRecord, pending: facts.Rows) -> None:
        fetch, page = _only(pending, "fetches"), _only(pending, "pages")
        if reason := self._left_out("fetches", fetch):
            raise Filtered(reason)
        response, _ = response_of(record, fetch["url"], self._settings.body_limit_bytes)
        body = response.body
        if {hashlib.sha256(body).hexdigest()} != {page["body_hash"], fetch["body_hash"]}:
            raise Rejected("digest_mismatch")
        self._origins.use(fetch["source_id"], fetch["url"])
        self._keep("pages", {**page, "body_bytes": len(body), facts.BODY: packed(body)})
        self._keep("fetches", fetch)

    def _take_revisit(self, pending: facts.Rows | None) -> None:
        if pending is None:
            raise Rejected("revisit")  # of a page that may be anywhere
        fetch = _only(pending, "fetches")
        if reason := self._left_out("fetches", fetch):
            raise Filtered(reason)
        self._keep_row("fetches", fetch)

    def _page_is_there(self, fetch: Row) -> None:
        known = fetch["body_hash"]
        if known not in self.new_pages and not self._has_page(known):
            raise Rejected("page_missing")

    def _take_response(self, record: WarcRecord) -> None:
        url, found, at = place_of(record, self._now)
        source_id = self._origins.source_of(url)
        if self._register.covers(url) or self._register.covers_source(source_id):
            raise Filtered("forgotten")
        if reason := self._selection.leaves_out(url, at, at, source_id):
            raise Filtered(reason)
        fetch = request_row(self._run_id, _bare(record.record_id), source_id, url, found, at)
        self._origins.use(source_id, url)
        limit = self._settings.body_limit_bytes
        try:
            response, _ = response_of(record, url, limit)
            fetch |= answer_columns(response)
            page = page_of(response, limit)
            flags = page_flags(page.headers, page.body)
            fetch["usage_flags"] = joined(flags)
            stance = self._origins.stance(source_id) or self._settings.usage_signals
            if against := refusal(flags, stance):
                raise Rejected(against)
        except Rejected as error:
            outcome = "refused" if error.reason.startswith(PREFIX) else "failed"
            message = None if str(error) == error.reason else str(error)[:500]
            self._keep("fetches", {**fetch, "outcome": outcome, "error_class": error.reason, "error_message": message})
            raise
        body_hash = hashlib.sha256(page.body).hexdigest()
        self._keep("pages", page_row(page, body_hash, at))
        self._keep("fetches", {**fetch, "outcome": "ok", "body_hash": body_hash, "body_bytes": len(page.body)})

    def _keep(self, table: str, row: Row) -> None:
        if table == "pages":
            if row["body_hash"] in self.new_pages:
                return
            self.new_pages.add(row["body_hash"])
            self.held_bytes += len(row[facts.BODY])
        self.rows.setdefault(table, []).append(row)


def _only(rows: facts.Rows, table: str) -> Row:
    some = rows.get(table, [])
    if len(some) != 1:
        raise facts.BadFacts(f"{len(some)} rows of {table} for one record")
    return some[0]


def _bare(record_id: str | None) -> str:
    return (record_id or "").strip().removeprefix("<").removesuffix(">")
