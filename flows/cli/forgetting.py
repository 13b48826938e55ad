"""The command forget."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.screen import print_json, screen, settled
from flows.clock import Clock
from flows.errors import EXIT_USAGE, NightdeskError
from flows.forget.register import Entry, Selector, read_register
from flows.ledger import run_lock


def add_to(app: typer.Typer) -> None:
    """Hang the command into the application."""
    app.command()(forget)


def forget(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Everything of a source, by its id.")] = None,
    url: Annotated[str | None, typer.Option(help="One article.")] = None,
    domain: Annotated[str | None, typer.Option(help="Everything of a host and the hosts below it.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="What was forgotten so far.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a program; asks nothing, so it needs --yes.")] = False,
) -> None:
    """Erase a source, a page or a domain from every layer, and never fetch it again.

    Without a selector, a forget that was killed is finished.

    Example: nightdesk forget --url https://www.example.org/2026/an-article --dry-run
    """
    settings = settled(context.obj)
    from flows.forget.forgetting import finish, plan, selector_of
    from flows.forget.forgetting import forget as erase

    if listed:
        _show(read_register(settings.paths).entries, as_json=as_json)
        return
    given = [(kind, value) for kind, value in (("source", source), ("url", url), ("domain", domain)) if value]
    if not given and read_register(settings.paths).unfinished:
        with run_lock(settings.paths):
            _show(finish(settings, Clock()), as_json=as_json)
        return
    if len(given) != 1:
        raise _usage("say what to forget, by one of --source, --url and --domain")
    kind, value = given[0]
    selector = selector_of(kind, value)  # type: ignore[arg-type]  # one of the three
    if not yes or dry_run:
        _show_plan(selector, plan(settings, selector), as_json=as_json)
    if not dry_run:
        _confirm(yes=yes, as_json=as_json)
        _show([erase(settings, Clock(), selector)], as_json=as_json)


def _confirm(*, yes: bool, as_json: bool) -> None:
    if not yes and as_json:
        raise _usage("nothing was erased: --json asks nothing, so it needs --yes")
    if not yes:
        typer.confirm("Erase this for good, and never fetch it again?", abort=True)


def _show_plan(selector: Selector, counts: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json({"selector": asdict(selector), "counts": counts})
    else:
        screen.print(f"{selector}: {_words(counts)}", markup=False)


def _show(entries: Sequence[Entry], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(entry) for entry in entries])
        return
    for entry in entries:
        when = f"{entry.requested_at:%Y-%m-%d %H:%M}" if entry.finished_at else "not finished"
        screen.print(f"{when}  {entry.selector}: {_words(entry.counts)}", markup=False)
    if not entries:
        screen.print("nothing was forgotten so far")


def _words(counts: dict[str, int]) -> str:
    found = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count]
    return ", ".join(found) if found else "nothing of it is here"


def _usage(message: str) -> NightdeskError:
    error = NightdeskError(message, "For example: nightdesk forget --domain example.org --dry-run")
    error.exit_code = EXIT_USAGE
    return error
