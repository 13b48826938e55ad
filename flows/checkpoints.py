"""The checkpoints of a home: where each lies, and what of it is there."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

from flows.errors import ConfigurationError
from flows.findings import Finding
from flows.paths import Home
from flows.settings import Settings
from transforms.backends import HUB
from transforms.backends.hub.checkpoint import MISSING_EXTRA, Checkpoint


def folder_of(home: Home, model: str, revision: str) -> Path:
    """`models/<owner>--<name>/<revision>`: a plain folder of the checkpoint's own files."""
    return home.models / model.replace("/", "--") / revision


def checkpoint_of(settings: Settings, column: str) -> Checkpoint:
    """The checkpoint that the settings give to a column."""
    stated = settings.hub[column]
    folder = folder_of(settings.paths, stated.model, stated.revision)
    return Checkpoint(column=column, folder=folder, threads=settings.reader_threads, **stated.model_dump())


def check_checkpoints(settings: Settings) -> None:
    """Before a night: what the chosen checkpoints need is there. Loads none of it.

    Raises ConfigurationError with what to install or to fetch.
    """
    for column in (name for name in settings.hub if settings.backend_of(name) == HUB):
        if not importlib.util.find_spec("torch"):
            raise ConfigurationError(MISSING_EXTRA, 'Install the extra: pip install "nightdesk[hub]".')
        checkpoint = checkpoint_of(settings, column)
        if not (checkpoint.folder / "config.json").is_file() or not any(checkpoint.folder.glob("*.safetensors")):
            raise ConfigurationError(
                f"{column} is to be read by {checkpoint.model} at {checkpoint.revision[:12]}, which is not here",
                f"Fetch it: `nightdesk models pull {column}`.",
            )


def check_backends(settings: Settings) -> Iterator[Finding]:
    """For the doctor: whether the checkpoints that the settings choose are here. Loads none of them."""
    chosen = [f"{column} by {backend}" for column, backend in settings.backends.items()]
    try:
        check_checkpoints(settings)
    except ConfigurationError as error:
        yield Finding("fail", error.message, error.hint)
    else:
        yield Finding("ok", f"the backends are as chosen: {', '.join(chosen) or 'the reader for every column'}")
