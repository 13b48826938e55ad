"""The commands evaluate and flips, as users type them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.columns import READING_TRANSFORMS, with_lineage, write_rows
from flows.errors import ConfigurationError, NothingThere
from flows.flips import compare, rows_of
from flows.paths import Home
from tests.sql.nights import row
from tests.transforms.evaluation.written_sets import write_sets
from transforms.content import CONTENT
from transforms.contract import Transform
from transforms.sentiment import SENTIMENT

NIGHT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def ask(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), *words])


def test_a_folder_of_labelled_files_becomes_a_table_a_report_and_a_chart(tmp_path: Path) -> None:
    data, report, chart = write_sets(tmp_path / "sets"), tmp_path / "r.json", tmp_path / "c.html"
    done = ask(tmp_path, "evaluate", str(data), "--backend", "reader", "--json", str(report), "--chart", str(chart))
    assert done.exit_code == 0, done.output
    tasks = {line.split(" | ")[0].strip("| ") for line in done.stdout.splitlines()[2:]}
    assert tasks == {
        "names",
        "sentiment towards names",
        "sentiment of sentences",
        "key points",
        "salience",
        "embedding",
        "gate",
    }
    assert "notes/README.md" in done.stderr
    again = ask(tmp_path, "evaluate", str(data / "five.csv"), "--backend", "columns", "--against", str(report))
    assert again.exit_code == 0, again.output
    [line] = [line for line in again.stdout.splitlines() if "five.csv" in line and "accuracy" in line]
    columns, reader = line.split(" | ")[4:6]
    assert columns == reader, "of one sentence the column says what the reader says"
    assert "<svg" in chart.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("{data}/notes",), "no labelled data"),
        (("{data}", "--backend", "oracle"), "no backend 'oracle'"),
        (("{data}", "--backend", "llm"), "not set up"),
        (("{data}/five.csv", "--against", "{data}/five.csv"), "no report"),
        (("{data}/five.csv", "--against", "{data}/notes"), "cannot be read"),
    ],
)
def test_what_cannot_be_measured_is_said_in_a_sentence(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    data = write_sets(tmp_path / "sets")
    done = ask(tmp_path, "evaluate", *(word.format(data=data) for word in words))
    assert isinstance(done.exception, (ConfigurationError, NothingThere))
    assert message in done.exception.message


def put(home: Home, transform: Transform, version: int, rows: list[dict[str, Any]], at: datetime) -> None:
    lined = with_lineage(
        pa.Table.from_pylist(rows, schema=transform.writes), version=version, model="m", revision="r",
        parameters="p", code="c", run_id=f"{at:%H%M}", at=at,
    )  # fmt: skip
    folder = home.columns / transform.name / f"v{version}" / "date=2026-03-01"
    write_rows(home, transform, lined, [date(2026, 3, 1)] * len(rows), f"{at:%H%M}")
    made = home.columns / transform.name / f"v{transform.version}" / "date=2026-03-01"
    if made != folder:
        folder.mkdir(parents=True, exist_ok=True)
        for file in made.glob("*.parquet"):
            file.rename(folder / file.name)


def tone(key: str, label: str) -> dict[str, Any]:
    return row(SENTIMENT.writes, article_id=key, revision_id=key, label=label)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    sources = {"a": "herald", "b": "courier"}
    contents = [row(CONTENT.writes, article_id=a, revision_id=a, source_id=source) for a, source in sources.items()]
    put(home, CONTENT, CONTENT.version, contents, NIGHT)
    put(home, SENTIMENT, 91, [tone("a", "neutral"), tone("b", "neutral"), tone("c", "positive")], NIGHT)
    put(home, SENTIMENT, 92, [tone("a", "negative"), tone("b", "neutral")], NIGHT)
    put(home, SENTIMENT, 92, [tone("a", "positive")], NIGHT.replace(hour=5))
    return home


def shares(home: Home, old: str, new: str) -> dict[tuple[str, str], float]:
    flips = compare(home, "sentiment", old, new)
    return {(r["by"], r["which"]): r["flipped_share"] for r in rows_of(flips) if r["what"] == "article label"}


def test_two_versions_are_compared_by_their_latest_rows(home: Home) -> None:
    assert shares(home, "v91", "v92") == {("all", ""): 0.5, ("source", "courier"): 0, ("source", "herald"): 1}
    moves = compare(home, "sentiment", "v91", str(home.columns / "sentiment" / "v92")).moves
    assert moves == {("article label", "neutral", "positive"): 1}


def test_one_folder_is_compared_before_and_after_a_reread(home: Home) -> None:
    assert shares(home, "v92", "v92")["all", ""] == 0.5
    assert compare(home, "sentiment", "v92", "v92").moves == {("article label", "negative", "positive"): 1}


def test_the_command_shows_it_and_a_missing_folder_is_named(home: Home) -> None:
    told = json.loads(ask(home.root, "flips", "sentiment", "v91", "v92", "--json").stdout)
    assert told["articles"] == 2
    assert told["moves"] == [{"what": "article label", "from": "neutral", "to": "positive", "times": 1}]
    assert "herald" in ask(home.root, "flips", "sentiment", "v91", "v92").stdout
    assert "v7" in str(ask(home.root, "flips", "sentiment", "v7", "v92").exception)
    assert READING_TRANSFORMS[0].name in str(ask(home.root, "flips", "nonsense", "v1", "v2").exception.hint)  # type: ignore[union-attr]
