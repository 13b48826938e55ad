"""Measures readers and backends on labelled data that the user points at."""

from collections.abc import Callable, Sequence
from pathlib import Path

from flows.backends import chosen_transforms
from flows.clock import Clock
from flows.errors import ConfigurationError, NothingThere
from flows.settings import Settings
from transforms.backends import CHOICES, HUB, LLM, READER
from transforms.evaluation.chart import html, svg
from transforms.evaluation.evaluate import measure
from transforms.evaluation.figure import Measured
from transforms.evaluation.makers import OfColumns, OfReader
from transforms.evaluation.report import NoReport, read_json
from transforms.evaluation.sets import NothingToMeasure, Sets, sets_of
from transforms.models import Models
from transforms.reader.reader import Reader, ReaderUnavailable, load_reader

COLUMNS = "columns"  # the reader once more, by the columns that the night makes of it
BACKENDS = (READER, COLUMNS, HUB, LLM)
Progress = Callable[[str], None]


def read_sets(data: Path, part: str, most: int | None, seed: int) -> Sets:
    """The labelled data at a path. Raises NothingThere where there is none."""
    try:
        found = sets_of(data, part)
    except NothingToMeasure as error:
        raise NothingThere(str(error), "`nightdesk evaluate --help` tells the forms that are known.") from error
    except OSError as error:
        raise NothingThere(f"{data} cannot be read: {error}") from error
    return found if most is None else found.sampled(most, seed)


def evaluate(
    settings: Settings, sets: Sets, backends: Sequence[str], against: Sequence[Path], progress: Progress
) -> list[Measured]:
    """The figures of each backend, then of each reader's folder or earlier report in `against`.

    Raises ConfigurationError for a backend that is not known or not set up, and for a path that is neither.
    """
    reader = _loaded(settings.reader_threads)
    found = [_of_backend(settings, name, reader, sets, progress) for name in backends]
    for path in against:
        if path.is_dir():
            other = _loaded(settings.reader_threads, path)
            found.append(measure(OfReader(f"{path.name} {other.revision}", other), sets, progress))
        else:
            found += _reported(path)
    return found


def _of_backend(settings: Settings, name: str, reader: Reader, sets: Sets, progress: Progress) -> Measured:
    if name == READER:
        return measure(OfReader(f"reader {reader.revision}", reader), sets, progress)
    if name == COLUMNS:
        return measure(OfColumns(f"columns of {reader.revision}", Models(reader), {}), sets, progress)
    if name not in BACKENDS:
        raise ConfigurationError(f"there is no backend {name!r}", f"There are {', '.join(BACKENDS)}.")
    asked = dict.fromkeys(_columns_of(settings, name), name)
    if not asked:
        raise ConfigurationError(
            f"the backend {name} is not set up", f"Its tables in {settings.paths.settings_file} say what to ask."
        )
    ours = settings.model_copy(update={"backends": asked})
    clock = Clock()
    with chosen_transforms(ours, clock, clock.today()) as chosen:
        made = {transform.name: transform for transform in chosen.transforms if transform.name in asked}
        models = ", ".join(sorted({transform.model for transform in made.values()}))
        return measure(OfColumns(f"{name} {models}", Models(reader), made), sets, progress)


def _columns_of(settings: Settings, backend: str) -> list[str]:
    if backend == HUB:
        return [column for column in CHOICES if column in settings.hub]
    return list(CHOICES) if settings.llm.base_url and settings.llm.model else []


def _loaded(threads: int, folder: Path | None = None) -> Reader:
    try:
        return load_reader(threads, folder) if folder else load_reader(threads)
    except ReaderUnavailable as error:
        raise ConfigurationError(str(error), "A folder with a reader's four files, or a report of --json.") from error


def _reported(path: Path) -> list[Measured]:
    try:
        return read_json(path)
    except NoReport as error:
        raise ConfigurationError(str(error), "A folder with a reader's four files, or a report of --json.") from error


def draw(measured: Sequence[Measured], path: Path) -> None:
    """Write the chart: an HTML page with the table for .html, else the picture alone. Raises OSError."""
    made = html(measured) if path.suffix.lower() in (".html", ".htm") else svg(measured)
    path.write_text(made, encoding="utf-8")
