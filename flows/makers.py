"""Who writes each column of a home: named, found on disk, and tried on a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.checkpoints import checkpoint_of
from flows.columns import READING_TRANSFORMS
from flows.extract import RULES
from flows.findings import Finding
from flows.pull import pulled
from flows.settings import Settings
from transforms.backends import HUB, LLM, READER
from transforms.backends.hub.checkpoint import CheckpointUnusable
from transforms.backends.hub.trial import SENTENCE, tried
from transforms.reader.reader import WEIGHTS, ReaderUnavailable, load_reader
from transforms.reader.reading import Document, Span


@dataclass(frozen=True)
class Maker:
    """The maker of one column. where: a folder or an address; "" for rules. bytes: on disk, null where not here."""

    column: str
    backend: str
    model: str
    revision: str
    licence: str
    bytes: int | None
    where: str
    state: str


def makers(settings: Settings) -> list[Maker]:
    """The maker of every column that is read from texts. Nothing is loaded but the reader, and nobody is asked."""
    reader = load_reader(1)
    size = sum(file.stat().st_size for file in WEIGHTS.iterdir() if file.is_file())
    found = []
    for transform in READING_TRANSFORMS:
        name, backend = transform.name, settings.backend_of(transform.name)
        if backend == HUB:
            found.append(_of_hub(settings, name))
        elif backend == LLM:
            stated = settings.llm
            found.append(Maker(name, LLM, stated.model, "", "", None, stated.base_url, "is asked when a night reads"))
        elif transform.uses_reader:
            of_reader = (reader.name, reader.revision, "apache-2.0", size, str(WEIGHTS), "here")
            found.append(Maker(name, READER, *of_reader))
        else:
            found.append(Maker(name, RULES, RULES, f"v{transform.version}", "", None, "", "here"))
    return found


def _of_hub(settings: Settings, column: str) -> Maker:
    checkpoint = checkpoint_of(settings, column)
    here = pulled(checkpoint, hashes=False)
    state = "not here" if here is None else f"lacks {', '.join(here.damaged)}" if here.damaged else "here"
    named = (checkpoint.model, checkpoint.revision, here.licence if here else "", here.bytes if here else None)
    return Maker(column, HUB, *named, str(checkpoint.folder), state)


def check_makers(settings: Settings) -> Iterator[Finding]:
    """The reader and each checkpoint in use: files, hashes, loading, and what it makes of a sentence."""
    try:
        reading = load_reader(1).read([Document(SENTENCE, (Span(0, len(SENTENCE)),))])[0]
        names = ", ".join(SENTENCE[mention.start : mention.end] for mention in reading.mentions)
        yield Finding("ok", f"reader: loads, and finds {names or 'no name'} in a sentence")
    except ReaderUnavailable as error:
        yield Finding("fail", f"reader: {error}", "Install Nightdesk again.")
    for transform in READING_TRANSFORMS:
        backend = settings.backend_of(transform.name)
        if backend == HUB:
            yield _checked(settings, transform.name)
        elif backend == LLM:
            what = (
                f"{transform.name}: {settings.llm.model} at {settings.llm.base_url} is not asked here: answers may cost"
            )
            yield Finding("ok", what)


def _checked(settings: Settings, column: str) -> Finding:
    checkpoint = checkpoint_of(settings, column)
    mend = f"Fetch it: `nightdesk models pull {column}`."
    here = pulled(checkpoint, hashes=True)
    if here is None:
        return Finding("fail", f"{column}: {checkpoint.model} at {checkpoint.revision[:12]} is not here", mend)
    if here.damaged:
        again = f"Delete {Path(checkpoint.folder)} and fetch it again: `nightdesk models pull {column}`."
        return Finding("fail", f"{column}: {', '.join(here.damaged)} of {checkpoint.model} is not as fetched", again)
    try:
        said = tried(checkpoint)
        return Finding("ok", f"{column}: {checkpoint.model} at {checkpoint.loaded.revision}: {said}")
    except CheckpointUnusable as error:
        return Finding("fail", f"{column}: {error.message}", error.hint)
