"""Commands about archives: export-warc, backfill, replay."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.screen import AsJson, bars, print_json, screen, settled, show_manifest
from flows.clock import Clock
from flows.errors import EXIT_RED_NIGHT, EXIT_USAGE, NightdeskError
from flows.ledger import RED

Domains = Annotated[
    list[str] | None,
    typer.Option("--domain", help="Only pages of this host and of those below it; may be given several times."),
]
Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only pages requested on or after this UTC day.")
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only pages requested on or before this UTC day.")
]
SourceId = Annotated[str | None, typer.Option("--source", help="Only pages of this source.")]


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the application."""
    app.command("export-warc")(export_warc)
    app.command()(backfill)
    app.command()(replay)


def export_warc(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The archive to write; an earlier one of that name is replaced.")] = Path(
        "nightdesk.warc.gz"
    ),
    source: SourceId = None,
    domain: Domains = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Write what was crawled as a web archive (WARC 1.1, gzip), for other tools and for `nightdesk backfill`.

    Example: nightdesk export-warc --out 2026-03.warc.gz --since 2026-03-01 --until 2026-03-31
    """
    settings = settled(context.obj)
    from flows.warc.export import export_warc as write_archive
    from flows.warc.selection import selected

    selection = selected(domain, since, until, source)
    with bars() as progress:
        report = write_archive(settings.paths, out.absolute(), selection, Clock(), progress)
    if as_json:
        print_json(asdict(report))
        return
    screen.print(
        f"wrote {report.records} records to {report.file}: {report.pages} pages, {report.repeats} repeats of them,"
        f" {report.facts} rows of facts",
        markup=False,
    )


def backfill(
    context: typer.Context,
    archives: Annotated[list[str], typer.Argument(help="WARC files, or URLs of them.")],
    source: SourceId = None,
    domain: Domains = None,
    since: Since = None,
    until: Until = None,
    read: Annotated[bool, typer.Option(help="Read the new pages at once; else the next night does.")] = True,
    limit_gb: Annotated[float, typer.Option(min=0.001, help="Of one archive behind a URL, no more is read.")] = 2.0,
    as_json: AsJson = False,
) -> None:
    """Take the pages of web archives (WARC, also those of CC-NEWS) as if they had been crawled.

    Every record is counted as taken, filtered or rejected, with the reason. Killed, it goes on where it was when it is
    started again in the same way.

    Example: nightdesk backfill CC-NEWS-20260301020000-00001.warc.gz --domain example.org --since 2026-03-01
    """
    settings = settled(context.obj)
    from flows.warc.backfill import Backfill, names, outcomes
    from flows.warc.backfill import backfill as run_backfill
    from flows.warc.remote import Fetching
    from flows.warc.selection import selected

    fetching = Fetching(settings.user_agent, settings.request_timeout_seconds, int(limit_gb * 1e9))
    wanted = Backfill(names(archives), selected(domain, since, until, source), fetching, read)
    with bars() as progress:
        manifest = run_backfill(settings, Clock(), progress, wanted)
    if as_json:
        print_json(asdict(manifest))
    else:
        show_manifest(manifest)
        counts = outcomes(manifest)
        parts = " + ".join(f"{number} {name}" for name, number in counts.items() if name != "records")
        screen.print(f"  records: {counts['records']} = {parts or 'none'}", markup=False)
    if manifest.status == RED:
        raise typer.Exit(EXIT_RED_NIGHT)


def replay(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make columns, tables and briefs anew from the pages that are kept, without any network.

    What readers have stays until all of it is there, and is then swapped.

    Example: nightdesk replay --yes
    """
    settings = settled(context.obj)
    from flows.replay import plan_replay
    from flows.replay import replay as run_replay

    if not yes:
        plan = plan_replay(settings)
        screen.print("\n".join(plan.sentences), markup=False)
        if not sys.stdin.isatty():
            error = NightdeskError("nobody is there to say yes", "`nightdesk replay --yes` does it without asking.")
            error.exit_code = EXIT_USAGE
            raise error
        typer.confirm("Go on?", abort=True)
    with bars() as progress:
        report = run_replay(settings, Clock(), progress)
    if as_json:
        print_json(asdict(report))
        return
    screen.print(
        f"read {report.pages} pages again: {report.articles} texts read, {report.answers} questions answered from other"
        f" articles, {report.briefs} briefs written",
        markup=False,
    )
