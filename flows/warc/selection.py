"""Which part of an archive, or of raw, is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flows.crawl.urls import host_of
from flows.errors import EXIT_USAGE, NightdeskError
from flows.raw import RAW_TABLES

# The first and the last moment of a row. Tables without any are not chosen by date.
MOMENTS = {
    "discoveries": ("first_seen_at", "last_seen_at"),
    "fetches": ("requested_at", "requested_at"),
    "polls": ("polled_at", "polled_at"),
    "consents": ("seen_at", "seen_at"),
}
_SCHEMAS = {table.name: table.schema for table in RAW_TABLES}


@dataclass(frozen=True)
class Selection:
    """Pages of these hosts and of those below them, requested on these UTC days, of this source; all where it is empty.

    since, until: both days count.
    """

    domains: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    source: str | None = None

    def leaves_out(self, url: str, first: datetime, last: datetime, source_id: str) -> str | None:
        """Why a page is not wanted: domain, date or source; None where it is."""
        if self.domains and not self._has_host(host_of(url)):
            return "domain"
        if self._is_before(last) or self._is_after(first):
            return "date"
        return "source" if self.source is not None and source_id != self.source else None

    def leaves_out_row(self, table: str, row: Mapping[str, Any]) -> str | None:
        """The same of a row of raw."""
        if "url" in row:
            first, last = (row[name] for name in MOMENTS[table])
            return self.leaves_out(row["url"], first, last, row["source_id"])
        return "source" if self.source is not None and row["source_id"] != self.source else None

    def condition(self, table: str) -> tuple[str, dict[str, Any]]:
        """The same as a condition of DuckDB on the columns of a raw table, with its parameters."""
        parts, values = ["true"], dict[str, Any]()
        if table in MOMENTS:
            first, last = MOMENTS[table]
            if self.since:
                parts.append(f"{last} >= $since")
                values["since"] = _midnight(self.since)
            if self.until:
                parts.append(f"{first} < $until")
                values["until"] = _midnight(self.until + timedelta(days=1))
        if self.source and "source_id" in _SCHEMAS[table].names:
            parts.append("source_id = $source")
            values["source"] = self.source
        if self.domains and table in MOMENTS:
            host = "regexp_extract(url, '^https?://([^/:?#]+)', 1)"
            parts.append(f"exists (select 1 from unnest($domains) as d (d) where ends_with('.' || {host}, '.' || d))")
            values["domains"] = list(self.domains)
        return " and ".join(parts), values

    def _has_host(self, host: str) -> bool:
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)

    def _is_before(self, moment: datetime) -> bool:
        return self.since is not None and moment < _midnight(self.since)

    def _is_after(self, moment: datetime) -> bool:
        return self.until is not None and moment >= _midnight(self.until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def selected(
    domains: Sequence[str] | None, since: datetime | None, until: datetime | None, source: str | None
) -> Selection:
    """The selection that a command line names. A host may be given with what surrounds it in a URL."""
    hosts = [host_of(domain if "//" in domain else f"//{domain}").lower() for domain in domains or ()]
    if not all(hosts):
        error = NightdeskError("--domain names no host", "Write it as example.org.")
        error.exit_code = EXIT_USAGE
        raise error
    return Selection(tuple(hosts), since.date() if since else None, until.date() if until else None, source)
