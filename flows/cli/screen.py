"""What the command line shows: tables, bars, one clear sentence for an error."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table

from flows.errors import NightdeskError
from flows.ledger import AMBER, GREEN, Manifest, is_missing
from flows.progress import Progress
from flows.settings import Settings, load_settings, prepare_environment

screen = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="For a program.")]
STAGE_WORDS = {"crawl": "crawling sources", "extract": "extracting pages", "read": "reading articles"}


@dataclass(frozen=True)
class State:
    """What the user said before the command."""

    home: Path | None
    debug: bool


def settled(state: State) -> Settings:
    """The settings in force, with the libraries' environment prepared; variables that the user has set stay."""
    settings = load_settings(state.home)
    prepare_environment(settings, debug=state.debug)
    return settings


def show_error(error: NightdeskError) -> None:
    """The error in one sentence, the hint under it, on standard error."""
    errors.print(f"[bold red]nightdesk:[/] {escape(error.message)}")
    if error.hint:
        errors.print(f"  [dim]{escape(error.hint)}[/]")


def print_json(value: object) -> None:
    """The value as JSON on standard output, times in ISO 8601."""
    print(json.dumps(value, default=_as_text, ensure_ascii=False, indent=1))  # noqa: T201 - for programs


def show_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> None:
    """Rows as a table; what a source wrote is shown as text, never as markup or a terminal command."""
    names = list(columns or (rows[0].keys() if rows else ()))
    table = Table(*names, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(escape(printable(row.get(name))) for name in names))
    screen.print(table)


def printable(value: object) -> str:
    """A value as one line of text without control characters (they could steer the terminal)."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        text = value.strftime("%Y-%m-%d %H:%M")
    else:
        text = f"{value:.3f}" if isinstance(value, float) else str(value)
    return "".join(character if character.isprintable() else " " for character in text)


@contextmanager
def bars() -> Iterator[Progress]:
    """A Progress that draws one bar a stage; silent where the output is no terminal."""
    columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=errors, disable=not errors.is_terminal, transient=True) as drawn:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = drawn.add_task(STAGE_WORDS.get(stage, stage), total=total)
            drawn.update(tasks[stage], completed=done, total=total)

        yield report


def show_manifest(manifest: Manifest) -> None:
    """The night in a few lines: verdict, sums that close, stages, sources that failed."""
    colour = {GREEN: "green", AMBER: "yellow"}.get(manifest.status, "red")
    counts = manifest.counts
    screen.print(f"[bold {colour}]{manifest.status}[/] night of {manifest.night_date}: {escape(manifest.message)}")
    screen.print(
        f"  asked for {counts['due']} new URLs = {counts['fetched']} fetched + {counts['refused']} refused"
        f" + {counts['deferred']} deferred + {counts['failed']} failed"
    )
    reasons = ", ".join(f"{number} {reason}" for reason, number in manifest.rejected_by_reason.items())
    screen.print(
        f"  read {counts['articles'] + counts['rejected']} new pages = {counts['articles']} articles"
        f" + {counts['rejected']} rejected" + (f" ({reasons})" if reasons else "")
    )
    screen.print(
        f"  asked again for {counts['rechecked']} articles: {counts['unchanged']} unchanged,"
        f" {counts['revised']} revised"
    )
    screen.print("  " + " · ".join(f"{stage.name} {stage.seconds:.1f} s" for stage in manifest.stages))
    for source in manifest.sources:
        if source["status"] != "ok":
            style = "yellow" if is_missing(source) else "dim"
            screen.print(f"  [{style}]{escape(source['source_id'])}[/]: {escape(printable(source.get('reason')))}")
    for alert in manifest.alerts or ():
        screen.print(f"  changed: {escape(printable(alert['message']))}")


def _as_text(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)
