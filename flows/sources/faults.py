"""What is wrong in a source file, said with file, line and mend."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel

from flows.sources.document import Document
from flows.sources.source import Discover, Selectors, Source


@dataclass(frozen=True)
class SourceFault:
    """One thing wrong in a source file. `line` counts from 1; it and `key` are None where they mean nothing."""

    file: Path
    line: int | None
    key: str | None
    message: str
    hint: str

    @property
    def sentence(self) -> str:
        """`file:line: what is wrong`."""
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


def explained(file: Path, document: Document, detail: dict[str, Any]) -> SourceFault:
    """One of pydantic's complaints about a source, in words."""
    path = tuple(detail["loc"])
    names = [str(step) for step in path if isinstance(step, str)]
    key = names[-1] if names else None
    line: int | None = document.line_of(path)
    message, hint = f"`{key}`: {detail['msg'].removeprefix('Value error, ')}", ""
    inner: dict[str, type[BaseModel]] = {"discover": Discover, "selectors": Selectors}
    model = inner.get(names[0], Source) if len(names) > 1 else Source
    known = [name for name in model.model_fields if name != "source_id"]
    if key == "source_id":
        line, message = None, message.removeprefix("`source_id`: ")
        hint = "Rename the file."
    elif detail["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(key), known, 1)
        message = f"unknown key `{key}`"
        hint = f"Did you mean `{near[0]}`?" if near else f"Known keys: {', '.join(known)}."
    elif detail["type"] == "too_short":
        message, hint = f"`{key}` is empty", "Write at least one entry."
    elif detail["type"] == "missing":
        message, hint = f"`{key}` is missing", f"Add a line `{key}: ...`."
    elif "not a CSS selector" in message:
        message = f"`{names[-1]}`: {message.partition('`: ')[2]}"
        hint = "Write it as in a style sheet, such as `article .story-body`; quote one that begins with # or [."
    elif detail["type"] == "string_type":
        hint = "Write text; put quotes around a value that looks like a number, a date or a truth value."
    elif detail["type"] in ("tuple_type", "model_type", "model_attributes_type"):
        hint = "Write a list: [first, second], or one `- ` line for each."
    return SourceFault(file, line, key, message, hint)


def clashes(
    file: Path, document: Document, source: Source, files: Mapping[str, Path], taken: Mapping[str, Path]
) -> list[SourceFault]:
    """What this source has in common with those read before it: its id, or an address."""
    if source.source_id in files:
        message = f"the same file name as {files[source.source_id]}"
        return [SourceFault(file, None, None, message, "Rename one of the two: the name is the source's id.")]
    found = []
    seen: set[str] = set()
    for url, path in addresses(source):
        key = same_address(url)
        other = taken.get(key) or (file if key in seen and path != ("home_url",) else None)
        if other is not None:
            message = f"{url} is already in {'this file' if other == file else other}"
            found.append(SourceFault(file, document.line_of(path), str(path[-1]), message, "Keep it in one place."))
        if path != ("home_url",):
            seen.add(key)
    return found


def addresses(source: Source) -> list[tuple[str, tuple[int | str, ...]]]:
    """Every URL of a source with its place in the file; a section page may well be the home page."""
    places: list[tuple[str, tuple[int | str, ...]]] = [(source.home_url, ("home_url",))]
    return places + [(place.url, ("discover", number, "url")) for number, place in enumerate(source.discover)]


def same_address(url: str) -> str:
    """One spelling for addresses that differ in nothing a server would notice."""
    parts = urlsplit(url)
    return urlunsplit(("", parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query, ""))
