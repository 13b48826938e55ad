"""Commands about who writes the columns: reread, models."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from flows.cli.reading import end_with_findings
from flows.cli.screen import AsJson, bars, print_json, screen, settled, show_table
from flows.clock import Clock
from flows.errors import ConfigurationError


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the application."""
    app.command()(reread)
    app.add_typer(models, name="models")


models = typer.Typer(help="What reads each column: list, check, pull.", no_args_is_help=True, rich_markup_mode=None)


@models.command("list")
def list_models(context: typer.Context, as_json: AsJson = False) -> None:
    """What reads each column: backend, model, revision, licence, size, place.

    Example: nightdesk models list
    """
    settings = settled(context.obj)
    from flows.makers import makers

    rows = [asdict(maker) for maker in makers(settings)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        row["revision"] = row["revision"][:16]
        row["MB"] = "" if row["bytes"] is None else round(row["bytes"] / 1e6)
    show_table(rows, ("column", "backend", "model", "revision", "licence", "MB", "state", "where"))


@models.command()
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Whether the models in use are whole, load, and read a sentence; on which device and in which precision.

    Example: nightdesk models check
    """
    settings = settled(context.obj)
    from flows.makers import check_makers

    end_with_findings(list(check_makers(settings)), as_json=as_json)


@models.command()
def pull(
    context: typer.Context,
    columns: Annotated[
        list[str] | None, typer.Argument(metavar="[COLUMN]...", help="Columns with a [hub.<column>]; all by default.")
    ] = None,
    limit_gb: Annotated[float, typer.Option(min=0.001, help="A larger checkpoint is not fetched.")] = 6.0,
    as_json: AsJson = False,
) -> None:
    """Fetch the checkpoints that the settings name into the home; nights then need no network for them.

    Asks the hub at HF_ENDPOINT, with HF_TOKEN where it is set.

    Example: nightdesk models pull summary
    """
    settings = settled(context.obj)
    from flows.checkpoints import checkpoint_of
    from flows.pull import pull as fetch

    unknown = [column for column in columns or () if column not in settings.hub]
    if unknown or not settings.hub:
        missing = unknown[0] if unknown else "<column>"
        mend = f'Add `model = "owner/name"` and `revision = "<40 hex digits>"` to it in {settings.paths.settings_file}.'
        raise ConfigurationError(f"there is no table [hub.{missing}]", mend)
    rows = []
    for column in columns or settings.hub:
        checkpoint = checkpoint_of(settings, column)
        with bars() as progress:
            is_new = fetch(checkpoint, progress, int(limit_gb * 1e9))
        rows.append({"column": column, "model": checkpoint.model, "folder": str(checkpoint.folder), "is_new": is_new})
        if not as_json:
            done = "fetched to" if is_new else "was already in"
            screen.print(f"{checkpoint.model} {done} {checkpoint.folder}", markup=False)
    if as_json:
        print_json(rows)


def reread(
    context: typer.Context,
    column: Annotated[str, typer.Argument(help="A column that is read from texts, such as summary.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only texts first fetched on or after this day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a column again by the backend that the settings give it now, with the columns that are made from it.

    Only rows that another model or other parameters made are read again; a killed reread goes on where it was.

    Example: nightdesk reread summary --since 2026-03-01
    """
    settings = settled(context.obj)
    from flows.reread import reread_and_publish

    with bars() as progress:
        report = reread_and_publish(settings, Clock(), progress, column, since.date() if since else None)
    if as_json:
        print_json(asdict(report))
        return
    made = [f"{rows} of {name}" for name, rows in report.rows.items() if rows]
    screen.print(f"reread {report.articles} texts: " + (", ".join(made) if made else "nothing was to do"), markup=False)
