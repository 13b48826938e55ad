"""Commands that run nights: demo, run, serve, init, press."""

import shutil
import sys
import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.reading import show_brief
from flows.cli.screen import State, bars, print_json, screen, settled, show_error, show_manifest
from flows.clock import Clock
from flows.errors import EXIT_RED_NIGHT, ConfigurationError, NightdeskError
from flows.ledger import RED, Manifest
from flows.settings import Settings

PACKS = ("world", "finance", "technology")


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the application."""
    for command in (demo, run, serve, init, press):
        app.command()(command)


def demo(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Where the demo goes.", show_default="as for every command")] = None,
) -> None:
    """Three nights over the bundled sample press, without the internet.

    Serves fictional newspapers on this machine, runs three consecutive nights over them, prints the brief and where
    everything lies, and ends by itself.

    Example: nightdesk demo --home /tmp/nightdesk
    """
    state: State = context.obj
    settings = settled(State(home or state.home, state.debug))
    from flows.demo import play_demo

    with bars() as progress:
        for night, manifest in play_demo(settings, progress):
            screen.print(f"\n[bold]Night {night} of 3[/]")
            show_manifest(manifest)
    screen.print()
    show_brief(settings)
    _show_places(settings)


def run(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="The manifest, for a program.")] = False,
) -> None:
    """One night, now: crawl, load, extract, read, model, publish.

    Example: nightdesk run && nightdesk brief
    """
    settings = settled(context.obj)
    manifest = _run(settings, quiet=as_json)
    if as_json:
        print_json(asdict(manifest))
    if manifest.status == RED:
        raise typer.Exit(EXIT_RED_NIGHT)


def serve(context: typer.Context) -> None:
    """Run every night on schedule, in this process; a missed night is caught up at once.

    The schedule is `cron` and `time_zone` of the settings. Stop it with Ctrl-C.

    Example: NIGHTDESK_CRON="30 4 * * *" NIGHTDESK_TIME_ZONE=Europe/Zurich nightdesk serve
    """
    settings = settled(context.obj)
    from flows.schedule import serve as serve_nights

    def one_night() -> Manifest | None:
        try:
            return _run(settings, quiet=False)
        except NightdeskError as error:
            show_error(error)  # tomorrow's night may do better; the reason is also in the manifest
            return None

    serve_nights(settings, Clock(), one_night, time.sleep, screen.print)


def init(
    context: typer.Context,
    packs: Annotated[
        list[str] | None, typer.Option("--pack", help=f"Starter packs: {', '.join(PACKS)}; all when not given.")
    ] = None,
    contact: Annotated[str, typer.Option(help="How a source's operator can reach you; sent with every request.")] = "",
) -> None:
    """Make a home: a settings file and a starter pack of well-known public sources.

    Example: nightdesk --home ~/news init --pack finance --contact https://example.org/me
    """
    settings = settled(context.obj)
    from flows.init import init_home

    unknown = [pack for pack in packs or () if pack not in PACKS]
    if unknown:
        raise ConfigurationError(f"there is no starter pack {unknown[0]!r}", f"Packs: {', '.join(PACKS)}.")
    written = init_home(settings.paths, tuple(packs or PACKS), contact)
    for file in written:
        screen.print(f"wrote {file}", markup=False)
    screen.print(
        "The sources are unverified until `nightdesk sources check` has reached them. Then: nightdesk run", markup=False
    )


def press(
    context: typer.Context,  # noqa: ARG001 - typer hands it to every command
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8765,
    night: Annotated[int, typer.Option(min=1, max=3, help="Which night's state of the world to serve.")] = 3,
    articles: Annotated[int | None, typer.Option(help="Generate this many articles instead, for load tests.")] = None,
    write_sources: Annotated[Path | None, typer.Option(help="Write the papers' source files to this folder.")] = None,
) -> None:
    """Serve the sample press on this machine until interrupted, for trying things out and for load tests.

    Example: nightdesk press --articles 5000 --write-sources /tmp/load/sources
    """
    from flows.press.editions import load_editions
    from flows.press.generator import generate
    from flows.press.server import Press

    editions = generate(articles, papers=max(1, articles // 500), seed=1) if articles else load_editions()
    with Press(editions, anchor_date=Clock().today() - timedelta(days=1), night=night, port=port) as served:
        if write_sources:
            served.write_sources(write_sources)
        screen.print(f"The sample press answers on 127.0.0.1:{served.port}. Stop it with Ctrl-C.", markup=False)
        while True:
            time.sleep(3600)


def _run(settings: Settings, *, quiet: bool) -> Manifest:
    from flows.nightly import run_night

    with bars() as progress:
        manifest = run_night(settings, progress=progress)
    if not quiet:
        show_manifest(manifest)
    return manifest


def _command() -> str:
    """The command as the user's shell finds it; `make demo` runs that of an environment which is not activated."""
    own = Path(sys.executable).with_name("nightdesk")
    if shutil.which("nightdesk") or not own.exists():
        return "nightdesk"
    return str(own.relative_to(Path.cwd()) if own.is_relative_to(Path.cwd()) else own)


def _show_places(settings: Settings) -> None:
    home = settings.paths
    today = max(home.briefs.glob("*.html"), default=home.briefs)
    prefix = _command() if home.root == Path("data").absolute() else f"{_command()} --home {home.root}"
    lines = (
        f"The brief as a page       {today}",
        f"The analytics database    {home.database}",
        f"What dashboards read      {home.marts}/*.parquet",
        f"Every page as it came     {home.raw_database}",
        "",
        "Now try",
        f'  {prefix} query "select title, sentiment_label from articles order by published_at desc limit 5"',
        f"  {prefix} search battery",
        f"  {prefix} dashboard",
    )
    screen.print("\n" + "\n".join(lines), markup=False)
