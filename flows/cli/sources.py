"""Commands on sources: list, check, add, health."""

from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.screen import AsJson, errors, print_json, printable, screen, settled, show_error, show_table
from flows.clock import Clock
from flows.errors import EXIT_CONFIGURATION, EXIT_RED_NIGHT, NightdeskError

app = typer.Typer(help="The sources you follow: one YAML file each.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_sources(context: typer.Context, as_json: AsJson = False) -> None:
    """Every source of the home, and what is wrong with a file.

    Example: nightdesk sources list
    """
    from flows.sources.files import scan_sources

    found = scan_sources(settled(context.obj).paths.sources)
    rows = [
        {
            "source": source.source_id,
            "name": source.name,
            "language": source.language,
            "topics": ", ".join(source.topics),
            "finds by": ", ".join(sorted({place.kind for place in source.discover})),
            "verified": str(source.verified_on or "not yet"),
            "enabled": "yes" if source.enabled else "no",
        }
        for source in found.sources
    ]
    if as_json:
        print_json(rows)
    else:
        show_table(rows)
    for fault in found.faults:
        show_error(NightdeskError(fault.sentence, fault.hint))
    if found.faults:
        raise typer.Exit(EXIT_CONFIGURATION)


@app.command("check")
def check(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Sources to check; all when not given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask each source once, politely: is it there, may we, what does it offer?

    A source that answers is marked verified in its file.

    Example: nightdesk sources check bbc-world
    """
    from flows.sources.check import check_home

    settings = settled(context.obj)
    results, faults = check_home(settings, Clock(), tuple(names or ()))
    rows = [asdict(result) for result in results]
    if as_json:
        print_json(rows)
    else:
        show_table(rows, ["source_id", "is_reachable", "robots", "items", "newest_at", "message"])
    for fault in faults:
        show_error(NightdeskError(fault.sentence, fault.hint))
    if faults:
        raise typer.Exit(EXIT_CONFIGURATION)
    if not any(result.is_reachable for result in results):
        errors.print("No source could be reached.")
        raise typer.Exit(EXIT_RED_NIGHT)


@app.command("add")
def add(context: typer.Context, url: Annotated[str, typer.Argument(help="The source's home page, or a feed.")]) -> None:
    """Look for feeds on a page and write the source's file.

    Example: nightdesk sources add https://www.example.org
    """
    from flows.sources.add import add_source

    settings = settled(context.obj)
    added = add_source(settings, Clock(), url)
    screen.print(f"wrote {added.file}", markup=False)
    for place in added.source.discover:
        screen.print(f"  {place.kind:<8} {place.url}", markup=False)


@app.command("health")
def health(context: typer.Context, as_json: AsJson = False) -> None:
    """How each source fares by what it answered so far, the worst first, and what to do.

    healthy; slow; undated: a feed without dates; empty: it answers without an item; failing; gone: it is asked only
    now and then; revived: it was gone and answers again. Nothing is asked of any source.

    Example: nightdesk sources health --json
    """
    from flows.health.report import as_json as told_as_json
    from flows.health.report import home_health, table

    now = Clock().now()
    told = home_health(settled(context.obj).paths, now)
    if as_json:
        print_json(told_as_json(told, now))
    elif told:
        rows = table(told, now)
        show_table(rows, [name for name in rows[0] if name != "what to do"])
        for row in rows:
            if row["what to do"]:
                screen.print(printable(f"{row['source'].strip()}: {row['what to do']}"), markup=False)
    else:
        screen.print("There is no source to crawl: `nightdesk init` writes a starter pack.", markup=False)
