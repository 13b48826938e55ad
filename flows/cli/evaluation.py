"""Commands that measure: evaluate, flips."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.screen import AsJson, errors, print_json, screen, settled, show_table
from flows.errors import HomeUnusable


def add_to(app: typer.Typer) -> None:
    """Hang the commands into the application."""
    for command in (evaluate, flips):
        app.command()(command)


Data = Annotated[Path, typer.Argument(help="A file with labels, or a folder of such files.")]
Backend = Annotated[
    list[str] | None, typer.Option(help="reader, columns (what the night makes of it), hub or llm; repeatable.")
]
Against = Annotated[
    list[Path] | None, typer.Option(help="A folder with another reader, or a report of --json; repeatable.")
]
Part = Annotated[str, typer.Option(help="test or validation, of the folder that the reader was trained on.")]
Most = Annotated[int | None, typer.Option(min=1, help="Texts of one set at most, drawn by --seed.")]
Report = Annotated[Path | None, typer.Option("--json", help="Write the figures here.")]
Chart = Annotated[Path | None, typer.Option(help="Draw the figures here: .svg, or .html with the table.")]


def evaluate(
    context: typer.Context,
    data: Data,
    backend: Backend = None,
    against: Against = None,
    part: Part = "test",
    most: Most = None,
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 13,
    report: Report = None,
    chart: Chart = None,
) -> None:
    """Measure readers and backends on your labelled data, side by side, as a Markdown table.

    Files are known by their form, not by their name. Names: a token and its BIO tag a line. Sentiment towards names:
    JSON lines with sentence_normalized and targets (from, to, polarity 2, 4 or 6), or CSV with Title and Decisions.
    Sentiment of sentences: CSV with text and label (0 bearish, 1 bullish, 2 neutral). Key points: CSV with article and
    highlights. The gate: JSON lines with article and summary_sentences.

    The folder that the reader was trained on gives the parts that training left alone.

    Example: nightdesk evaluate labelled/ --backend reader --backend llm --chart figures.html
    """
    settings = settled(context.obj)
    from flows.evaluate import draw, read_sets
    from flows.evaluate import evaluate as measured_by
    from transforms.evaluation.report import as_json, table

    sets = read_sets(data, part, most, seed)
    _warn([f"not read, its form is not known: {name}" for name in sets.skipped])
    found = measured_by(settings, sets, backend or ["reader"], against or [], lambda name: _say(f"reading {name}"))
    print(table(found))  # noqa: T201 - for a file or a program
    _warn(list(dict.fromkeys(note for each in found for note in each.notes)))
    try:
        if report:
            report.write_text(as_json(found), encoding="utf-8")
        if chart:
            draw(found, chart)
    except OSError as error:
        raise HomeUnusable(f"{error.filename} cannot be written: {error.strerror}") from error


def flips(
    context: typer.Context,
    column: Annotated[str, typer.Argument(help="A column that is read from texts, such as sentiment.")],
    old: Annotated[str, typer.Argument(help="A version such as v1, or the path of its folder.")],
    new: Annotated[str, typer.Argument(help="The same; the same folder twice compares before and after a reread.")],
    most: Annotated[int, typer.Option(min=1, help="Entities shown of each kind.")] = 20,
    as_json: AsJson = False,
) -> None:
    """What a new version or backend changes in a column: labels flipped, things added and lost, by source and entity.

    Example: nightdesk flips sentiment v1 v2
    """
    settings = settled(context.obj)
    from flows.flips import compare, rows_of

    found = compare(settings.paths, column, old, new)
    rows = rows_of(found, most)
    moves = [{"what": what, "from": a, "to": b, "times": n} for (what, a, b), n in found.moves.most_common()]
    if as_json:
        print_json({"articles": found.rows, "tallies": rows, "moves": moves})
        return
    screen.print(f"{found.rows} articles on both sides", markup=False)
    show_table(rows)
    if moves:
        show_table(moves)


def _say(words: str) -> None:
    if errors.is_terminal:
        errors.print(words, markup=False, style="dim")


def _warn(notes: list[str]) -> None:
    for note in notes:
        errors.print(note, markup=False, style="yellow")
