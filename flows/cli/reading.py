"""Commands that read what a night has published: query, search, brief, dashboard, doctor."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.screen import AsJson, print_json, printable, screen, settled, show_table
from flows.errors import EXIT_CONFIGURATION
from flows.findings import Finding
from flows.ledger import read_manifests
from flows.settings import Settings

LEVEL_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the application."""
    for command in (query, search, brief, dashboard, doctor):
        app.command()(command)


def query(
    context: typer.Context,
    sql: Annotated[str, typer.Argument(help="One SELECT on the marts.")],
    as_json: AsJson = False,
) -> None:
    """Ask the analytics database in SQL; also while a run is going on.

    Example: nightdesk query "select name, ticker, sum(articles) as n from entity_daily group by all order by n desc"
    """
    from flows.query import query as run_query

    rows = run_query(settled(context.obj), sql).to_pylist()
    if as_json:
        print_json(rows)
    else:
        show_table(rows)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words of the title or the text.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="Results at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find articles by words, best match first (BM25).

    Example: nightdesk search battery plant --limit 5
    """
    from flows.query import search as run_search

    rows = run_search(settled(context.obj), " ".join(words), limit).to_pylist()
    if as_json:
        print_json(rows)
        return
    if not rows:
        screen.print("No article has these words.")
    for row in rows:
        screen.print(printable(row["title"]), style="bold", markup=False)
        screen.print(
            f"  {printable(row['source_name'])} · {printable(row['published_at'])} · {printable(row['url'])}",
            markup=False,
        )
        screen.print(f"  {printable(row['snippet'])}", markup=False, style="dim")


def brief(
    context: typer.Context,
    day: Annotated[str | None, typer.Option(help="A date, YYYY-MM-DD; the latest brief when not given.")] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="The Markdown source.")] = False,
) -> None:
    """Today's brief in the terminal.

    Example: nightdesk brief --day 2026-03-04
    """
    from flows.brief import read_brief_text

    settings = settled(context.obj)
    if as_markdown:
        print(read_brief_text(settings.paths, day))  # noqa: T201 - for programs
    else:
        show_brief(settings, day)


def show_brief(settings: Settings, day: str | None = None) -> None:
    """The brief of a day, the latest where none is given, made from the marts at the width of the terminal."""
    from flows.brief import build_brief, render_terminal, written_day

    home = settings.paths
    wanted = written_day(home, day)
    nights = [asdict(manifest) for manifest in read_manifests(home) if manifest.night_date == wanted]
    night = nights[-1] if nights else {}
    brief = build_brief(home.marts, wanted, settings.time_zone, settings.brief_articles, night)
    screen.print(render_terminal(brief), soft_wrap=False)


def dashboard(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open a browser.")] = False,
) -> None:
    """Open the reader page and the dashboard in the browser.

    Example: nightdesk dashboard --port 8600 --headless
    """
    from deploy.dashboard.launch import launch

    launch(settled(context.obj), port, headless)


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """What is wrong with this installation, in words, and how to mend it.

    Example: nightdesk doctor
    """
    from flows.doctor import diagnose

    end_with_findings(diagnose(settled(context.obj)), as_json=as_json)


def end_with_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Show the findings, and raise typer.Exit where one of them is a failure."""
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        show_findings(findings)
    if any(finding.level == "fail" for finding in findings):
        raise typer.Exit(EXIT_CONFIGURATION)


def show_findings(findings: Sequence[Finding]) -> None:
    """Each finding with its level, and how to mend it under it."""
    for finding in findings:
        screen.print(f"[{LEVEL_COLOURS[finding.level]}]{finding.level:>4}[/]  ", end="")
        screen.print(printable(finding.what), markup=False)
        if finding.mend:
            screen.print(f"      {printable(finding.mend)}", markup=False, style="dim")
