"""Commands about who writes the columns: reread, models."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from flows.cli.screen import bars, print_json, screen, settled
from flows.clock import Clock


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the application."""
    app.command()(reread)


def reread(
    context: typer.Context,
    column: Annotated[str, typer.Argument(help="A column that is read from texts, such as summary.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only texts first fetched on or after this day.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program.")] = False,
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
