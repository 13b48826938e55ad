"""The ledger of what was forgotten: one file an entry under `<home>/forgotten`, without a word of what it erased.

An entry is written before anything is erased, so that a forgetting that was killed is known and finished, and from
that moment the crawl leaves alone what the entry names. Whoever deletes the file of a finished entry allows it again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from flows.crawl.urls import NotAWebAddress, canonical_url, host_of
from flows.errors import ConfigurationError
from flows.paths import Home
from flows.raw import short_hash

Kind = Literal["source", "url", "domain"]


@dataclass(frozen=True)
class Selector:
    """What is to go: a source's id, a canonical URL, or a host with all hosts below it."""

    kind: Kind
    value: str

    def __str__(self) -> str:
        return f"--{self.kind} {self.value}"


@dataclass(frozen=True)
class Entry:
    """One forgetting. `finished_at` is None while it is under way.

    counts: rows and files erased. article_ids: hashes of the addresses at which a forgotten URL was known. briefs: days
    whose briefs showed something of it.
    """

    entry_id: str
    selector: Selector
    requested_at: datetime
    finished_at: datetime | None = None
    counts: dict[str, int] = field(default_factory=dict)
    article_ids: tuple[str, ...] = ()
    briefs: tuple[str, ...] = ()

    def found(self, counts: dict[str, int], article_ids: Sequence[str], briefs: Sequence[str]) -> Entry:
        """With what was found; after a kill less is found, so what was found before stays."""
        return replace(
            self,
            counts={name: max(count, self.counts.get(name, 0)) for name, count in counts.items()},
            article_ids=tuple(sorted({*self.article_ids, *article_ids})) if self.selector.kind == "url" else (),
            briefs=tuple(sorted({*self.briefs, *briefs})),
        )


@dataclass(frozen=True)
class Register:
    """Every entry of a home, oldest first."""

    entries: tuple[Entry, ...] = ()

    @property
    def unfinished(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.finished_at is None)

    def covers_source(self, source_id: str) -> bool:
        """Whether a source is forgotten as a whole."""
        return source_id in self._of("source")

    def covers(self, url: str) -> bool:
        """Whether a URL may not be asked for any more."""
        if not self.entries:
            return False
        with suppress(NotAWebAddress):
            url = canonical_url(url)
        if url in self._of("url") or short_hash(url) in self._article_ids:
            return True
        domains, host = self._of("domain"), host_of(url)
        return bool(domains) and any(host == domain or host.endswith(f".{domain}") for domain in domains)

    def _of(self, kind: Kind) -> frozenset[str]:
        return self._values.get(kind, frozenset())

    @cached_property
    def _values(self) -> dict[Kind, frozenset[str]]:
        kinds: tuple[Kind, ...] = ("source", "url", "domain")
        return {
            kind: frozenset(entry.selector.value for entry in self.entries if entry.selector.kind == kind)
            for kind in kinds
        }

    @cached_property
    def _article_ids(self) -> frozenset[str]:
        return frozenset(article_id for entry in self.entries for article_id in entry.article_ids)


def read_register(home: Home) -> Register:
    """The entries on disk. Raises ConfigurationError for a file that is none: to pass over it would be to forget it."""
    return Register(tuple(_parsed(file) for file in sorted(home.forgotten.glob("*.json"))))


def write_entry(home: Home, entry: Entry) -> None:
    """Write the entry whole, then rename it into its place."""
    home.forgotten.mkdir(parents=True, exist_ok=True)
    file = home.forgotten / f"{entry.entry_id}.json"
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(entry), default=_as_text, indent=1), "utf-8")
    temporary.replace(file)


def _parsed(file: Any) -> Entry:
    try:
        fields = json.loads(file.read_text("utf-8"))
        finished = fields["finished_at"]
        return Entry(
            **{
                **fields,
                "selector": Selector(**fields["selector"]),
                "requested_at": datetime.fromisoformat(fields["requested_at"]),
                "finished_at": datetime.fromisoformat(finished) if finished else None,
                "article_ids": tuple(fields["article_ids"]),
                "briefs": tuple(fields["briefs"]),
            }
        )
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigurationError(
            f"{file} is no entry of what was forgotten: {type(error).__name__}",
            "Nightdesk writes these files; restore it, or delete it if what it names may be fetched again.",
        ) from error


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no place in an entry")
