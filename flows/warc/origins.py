"""Whose a page of an archive is.

A source of the home whose hosts it lies on, or at a host below one of them; else a source made from its host, with the
language left undetermined (`und`), so that the tables know where the page stood. A source file that is written later
does not take such pages over.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flows.crawl.consent import Level
from flows.crawl.urls import host_of
from flows.raw import short_hash
from flows.sources.files import SourceSet, source_rows

ID_LIMIT = 60
UNDETERMINED = "und"  # ISO 639-2: no language is stated

Row = dict[str, Any]


class Origins:
    """The sources that pages are given to. `new`: rows of raw.sources that are not written yet."""

    def __init__(self, sources: SourceSet, in_raw: set[str]) -> None:
        self.new: list[Row] = []
        self._own = {source.source_id: source for source in sources.sources}
        self._written = set(in_raw)
        self._by_host: dict[str, str] = {}
        for source in sources.sources:
            for url in (source.home_url, *(discover.url for discover in source.discover)):
                self._by_host.setdefault(_bare(host_of(url)), source.source_id)

    def source_of(self, url: str) -> str:
        """The id of the source that a page belongs to."""
        host = _bare(host_of(url))
        labels = host.split(".")
        for at in range(len(labels) - 1):
            if found := self._by_host.get(".".join(labels[at:])):
                return found
        return id_of_host(host)

    def stance(self, source_id: str) -> Level | None:
        """What the source's own file says on signals against reading."""
        own = self._own.get(source_id)
        return own.usage_signals if own else None

    def use(self, source_id: str, url: str) -> None:
        """See to it that the source of a row has a row itself."""
        if source_id in self._written:
            return
        self._written.add(source_id)
        own = self._own.get(source_id)
        self.new.append(source_rows([own]).to_pylist()[0] if own else _row(source_id, url))

    def state(self, row: Row) -> None:
        """What an archive states of a source; what the home knows of it stands."""
        if row["source_id"] not in self._written and row["source_id"] not in self._own:
            self._written.add(row["source_id"])
            self.new.append(row)


def id_of_host(host: str) -> str:
    """A source id for a host; two hosts never share one."""
    plain = re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "unknown"
    if plain.replace("-", ".") == host and len(plain) <= ID_LIMIT:
        return plain
    return f"{plain[: ID_LIMIT - 9].strip('-')}-{short_hash(host)[:8]}"


def _row(source_id: str, url: str) -> Row:
    host = _bare(host_of(url))
    facts = {
        "source_id": source_id,
        "name": host[:120] or source_id,
        "home_url": f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/",
        "language": UNDETERMINED,
        "country": None,
        "topics": "",
    }
    return {**facts, "facts_hash": short_hash("\n".join(map(str, facts.values())))}


def _bare(host: str) -> str:
    return host.removeprefix("www.")
