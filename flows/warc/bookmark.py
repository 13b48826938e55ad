"""How far an archive was read, so that a backfill that was killed goes on there.

One file for each archive and selection. It is written after the rows of a portion are in the spool: a kill in between
has that portion read again, and reading a record twice is reading it once, for its rows have the same keys.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from flows.paths import Home
from flows.raw import short_hash
from flows.warc.selection import Selection


@dataclass
class Bookmark:
    """A place in an archive, and what was counted up to it.

    offset: where the next record begins; None in an archive where that cannot be said, and `records` are passed over.
    identity: of the archive, such as its size; with another one it is read from the beginning. counts: by outcome,
    `taken`, `filtered <reason>`, `rejected <reason>`.
    """

    file: Path
    identity: str = ""
    offset: int | None = 0
    records: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    is_done: bool = False
    broken: str = ""

    def copy(self) -> Bookmark:
        """The place as it is now."""
        return replace(self, counts=Counter(self.counts))

    def write(self) -> None:
        """Raises OSError."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.file.with_suffix(".tmp")
        fields = {name: value for name, value in vars(self).items() if name != "file"}
        temporary.write_text(json.dumps(fields), "utf-8")
        temporary.replace(self.file)


def open_bookmark(home: Home, archive: str, selection: Selection, identity: str = "") -> Bookmark:
    """The place where an earlier backfill of this archive stopped, else its beginning."""
    name = short_hash(json.dumps([archive, asdict(selection)], default=str))
    file = home.backfills / f"{name}.json"
    try:
        kept: dict[str, Any] = json.loads(file.read_text("utf-8"))
        found = Bookmark(file, **{**kept, "counts": Counter(kept["counts"])})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return Bookmark(file, identity)
    return found if found.identity == identity or not identity else Bookmark(file, identity)
