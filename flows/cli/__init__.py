"""The command `nightdesk`.

Every command reads the settings once, prepares the libraries' environment, and only then imports what it needs:
`--help` is quick, and no library sees an environment of its own choosing.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli import archives, backends, evaluation, forgetting, nights, reading, sources
from flows.cli.screen import State, show_error
from flows.errors import EXIT_BUG, NightdeskError

EXIT_CODES = """
Exit codes: 0 done · 1 a bug of ours · 2 the command line is wrong · 3 a file you wrote is wrong · 4 a run is going on,
come back later · 5 the night has no result · 6 the home cannot be written · 7 nothing there yet, run a night first
"""

app = typer.Typer(
    name="nightdesk",
    help="The night desk of a newsroom, as a data pipeline: crawl, keep, read, model, publish.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def prepare(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="Where every layer lies; else NIGHTDESK_HOME, else ./data.", show_default=False)
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Remember what holds for every command."""
    context.obj = State(home=home, debug=debug)


nights.add_to(app)
reading.add_to(app)
backends.add_to(app)
evaluation.add_to(app)
archives.add_to(app)
forgetting.add_to(app)
app.add_typer(sources.app, name="sources")


def main() -> None:
    """Run the command line and leave with the exit code that tells the caller what to do."""
    debug = "--debug" in sys.argv
    try:
        app(standalone_mode=True)
    except NightdeskError as error:
        if debug:
            raise
        show_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output left, as `| head` does. Python would complain once more while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        show_error(
            NightdeskError(f"{type(error).__name__}: {error}", "This is a bug of Nightdesk. --debug shows where.")
        )
        sys.exit(EXIT_BUG)
