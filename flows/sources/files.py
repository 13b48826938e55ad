"""The source files of a home: read with every fault named, and written.

One broken file does not stop a night: the other sources go on, and the fault goes into the report.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml
from pydantic import ValidationError

from flows.errors import ConfigurationError, HomeUnusable
from flows.raw import SOURCES, short_hash
from flows.sources.document import UTF8_MARK, Document, DocumentError, parse_document, read_document
from flows.sources.faults import SourceFault, addresses, clashes, explained, same_address
from flows.sources.source import Source

# Not facts about a newspaper: a change of these is no change of its row.
_NOT_FACTS = {"verified_on", "connect_to", "usage_signals", "usage_reason"}


@dataclass(frozen=True)
class SourceSet:
    """The usable sources ordered by id, the file each came from, and whatever is wrong with the other files."""

    sources: tuple[Source, ...]
    faults: tuple[SourceFault, ...]
    files: Mapping[str, Path]

    @property
    def enabled(self) -> tuple[Source, ...]:
        """Those that a night crawls."""
        return tuple(source for source in self.sources if source.enabled)


def read_sources(folder: Path) -> SourceSet:
    """All good sources and all faults. Raises ConfigurationError only where no source is left to crawl."""
    found = scan_sources(folder)
    if found.enabled:
        return found
    if found.faults:
        fault = found.faults[0]
        others = len(found.faults) - 1
        more = f" ({others} more fault{'s' if others > 1 else ''}: see `nightdesk doctor`)" if others else ""
        raise ConfigurationError(f"no usable source: {fault.sentence}{more}", fault.hint)
    if found.sources:
        raise ConfigurationError(f"every source in {folder} says `enabled: false`", "Set one of them to true.")
    raise ConfigurationError(
        f"there is no source in {folder}",
        "`nightdesk init` writes a starter pack; `nightdesk sources add URL` adds one.",
    )


def scan_sources(folder: Path) -> SourceSet:
    """The same as `read_sources`, without an opinion about whether it is enough. Never raises for what is in it."""
    faults: list[SourceFault] = []
    sources: dict[str, Source] = {}
    files: dict[str, Path] = {}
    taken: dict[str, Path] = {}
    for file in _files(folder, faults):
        if file.suffix != ".yml":
            faults.append(SourceFault(file, None, None, "ends in .yaml", f"Rename it to {file.stem}.yml."))
            continue
        try:
            document = read_document(file)
        except DocumentError as error:
            faults.append(SourceFault(file, error.line, None, error.message, error.hint))
            continue
        source, found = _checked(file, document)
        if source is not None:
            found = clashes(file, document, source, files, taken)
        faults.extend(found)
        if source is None or found:
            continue
        sources[source.source_id] = source
        files[source.source_id] = file
        taken.update((same_address(url), file) for url, _ in addresses(source))
    return SourceSet(tuple(sources[key] for key in sorted(sources)), tuple(faults), files)


def write_source(folder: Path, source: Source) -> Path:
    """Write a new source file, whole or not at all; return where it lies.

    Raises ConfigurationError where a file of that id is already there, HomeUnusable where the disk refuses.
    """
    for there in _files(folder, []):
        if there.stem == source.source_id:
            raise ConfigurationError(f"{there} is already there", "Edit that file, or choose another id.")
    file = folder / f"{source.source_id}.yml"
    replace_file(file, source_text(source).encode("utf-8"))
    return file


def record_verified(file: Path, day: date) -> bool:
    """Write `verified_on` into a source file and leave every other character of it alone.

    Returns whether the file now says so: False where its layout leaves no safe place for the date.
    Raises DocumentError where the file is no YAML any more, HomeUnusable where the disk refuses.
    """
    before = read_document(file)
    node = before.value_node("verified_on")
    text = before.text
    if node is not None:
        gap = "" if text[: node.start_mark.index].endswith((" ", "\t")) else " "
        text = text[: node.start_mark.index] + gap + day.isoformat() + text[node.end_mark.index :]
    else:
        newline = "\r\n" if "\r\n" in text else "\n"
        text += ("" if text.endswith("\n") else newline) + f"verified_on: {day.isoformat()}{newline}"
    data = text.encode("utf-8")
    try:
        after = parse_document(data)
    except DocumentError:
        return False
    if after.values != {**before.values, "verified_on": day}:
        return False
    if before.values.get("verified_on") != day:
        replace_file(file, (UTF8_MARK if before.has_mark else b"") + data)
    return True


def replace_file(file: Path, data: bytes) -> None:
    """Write a file beside and rename it into place. Raises HomeUnusable where the disk refuses."""
    temporary: str | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
        handle, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, mode)  # noqa: PTH101 - mkstemp gives a str, and makes files that only their owner reads
        os.replace(temporary, file)  # noqa: PTH105 - the same
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        message = f"{file} cannot be written: {error.strerror or error}"
        raise HomeUnusable(message, "Check the permissions of the folder and the free space.") from error


def source_text(source: Source) -> str:
    """The YAML of a source, in a fixed order, with a comment where a newcomer would ask."""
    lines = [
        f"name: {_scalar(source.name)}",
        f"home_url: {_scalar(source.home_url)}",
        f"language: {_scalar(source.language)}  # ISO 639-1",
    ]
    if source.country is not None:
        lines.append(f"country: {_scalar(source.country)}  # ISO 3166-1")
    if source.topics:
        lines.append(f"topics: [{', '.join(_scalar(topic) for topic in source.topics)}]")
    lines.append("discover:  # where it announces its articles: feed, sitemap or section")
    for place in source.discover:
        lines.append(f"  - kind: {place.kind}")
        facts = {"url": place.url, "include": place.include, "exclude": place.exclude}
        lines.extend(f"    {key}: {_scalar(value)}" for key, value in facts.items() if value is not None)
    for key in ("connect_to", "delay_seconds", "articles_per_night", "usage_reason", "usage_signals"):
        value = getattr(source, key)
        if value is not None:
            lines.append(f"{key}: {_scalar(value)}")
    if source.selectors is not None:
        lines.append("selectors:  # CSS, where its pages have the article")
        given = source.selectors.model_dump(exclude_defaults=True)
        lines.extend(f"  {key}: [{', '.join(_scalar(each) for each in found)}]" for key, found in given.items())
    if not source.enabled:
        lines.append("enabled: false")
    day = "null" if source.verified_on is None else source.verified_on.isoformat()
    lines.append(f"verified_on: {day}  # set by `nightdesk sources check` when it has reached the source")
    return "\n".join(lines) + "\n"


def facts_hash(source: Source) -> str:
    """16 hex digits that change when a fact about the source changes, and with nothing else."""
    return short_hash(source.model_dump_json(exclude=_NOT_FACTS))


def source_rows(sources: Iterable[Source]) -> pa.Table:
    """One row per source in the shape of raw.sources, ordered by id."""
    rows = [
        {
            "source_id": source.source_id,
            "name": source.name,
            "home_url": source.home_url,
            "language": source.language,
            "country": source.country,
            "topics": ",".join(source.topics),
            "facts_hash": facts_hash(source),
        }
        for source in sorted(sources, key=lambda source: source.source_id)
    ]
    return pa.Table.from_pylist(rows, schema=SOURCES)


def _files(folder: Path, faults: list[SourceFault]) -> list[Path]:
    """Source files at any depth, in a fixed order; what is hidden (a mounted ConfigMap's `..data`) is left alone."""
    found: list[Path] = []
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        inner = file.relative_to(folder).parts
        if file.suffix not in (".yml", ".yaml") or any(part.startswith(".") for part in inner):
            continue
        if file.is_file():
            found.append(file)
        elif not file.is_dir():
            faults.append(SourceFault(file, None, None, "not a file", "Delete it, or mend the link."))
    return found


def _checked(file: Path, document: Document) -> tuple[Source | None, list[SourceFault]]:
    if "source_id" in document.values:
        line = document.line_of(("source_id",))
        return None, [SourceFault(file, line, "source_id", "the file's name is the id", "Delete this line.")]
    try:
        return Source.model_validate({**document.values, "source_id": file.stem}), []
    except ValidationError as error:
        details: list[dict[str, Any]] = [dict(detail) for detail in error.errors(include_url=False)]
        is_list_broken = any(detail["loc"][:1] == ("discover",) and len(detail["loc"]) > 1 for detail in details)
        # pydantic counts the entries that are left, and complains again of the same
        told = [detail for detail in details if not (is_list_broken and detail["type"] == "too_short")]
        told.sort(key=lambda detail: detail["type"] != "extra_forbidden")  # a misspelt key explains a missing one
        return None, [explained(file, document, detail) for detail in told]


def _scalar(value: object) -> str:
    """A YAML scalar on one line."""
    text: str = yaml.safe_dump(value, allow_unicode=True, width=10**6, default_flow_style=True)
    return text.removesuffix("\n").removesuffix("\n...")
