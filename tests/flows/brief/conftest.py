"""Marts of one invented night, and briefs made of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.brief import Brief, build_brief
from tests.deploy.dashboard import marts
from tests.deploy.dashboard.beside import figure_rows
from tests.deploy.dashboard.columns import SCHEMAS
from tests.deploy.dashboard.marts import DAY, NOON, Name, Piece, article_row, mention_rows

PORT = (
    "The port of Rotterdam closed at dawn. Ships wait at sea, nine of them laden with fruit.",
    "Maersk expects a delay of hours. The barrier opens tomorrow if the wind drops.",
)
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \x1b[31mred\x1b]0;owned\x07 [bold]loud[/bold] "
    "[click](javascript:alert(3)) ![p](http://evil.example/p.png) **x** `y` | z |\n"
    "# heading\n\n--- \u202eevil www.a.example"
)
SHOWN_OF_HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> [31mred]0;owned [bold]loud[/bold]"

ROTTERDAM = Name("Rotterdam", "LOC")
MAERSK = Name("Maersk", ticker="MAERSK-B", tone="negative")

Publish = Callable[..., Path]
Make = Callable[..., Brief]


@pytest.fixture(autouse=True)
def sources_go_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """The night of the dashboard's tests gives some of the same ids names."""
    monkeypatch.setattr(marts, "SOURCE_NAMES", {})


def port_piece(source: str = "courier", title: str | None = "Port closes", **more: Any) -> Piece:
    """An article on the port: the first sentence is its gist, the third and fourth its points."""
    facts: dict[str, Any] = {
        "paragraphs": PORT,
        "points": (2, 3),
        "gist": 0,
        "names": (ROTTERDAM, MAERSK),
        "tone": -0.4,
    }
    return Piece(source, title, **facts | more)


def hostile_piece() -> Piece:
    """An article whose every word was written by an enemy of the reader."""
    text = (f"{HOSTILE.replace(chr(10), ' ')}.", "<b>Second</b> sentence of [the](http://evil.example) text.")
    names = (Name("<b>Bold</b> & [Co](x)", ticker="<i>", forms=("Second",)),)
    more = {"section": "<u>World</u>\n# x", "source_name": "<b>Paper</b> [red]\x1b[2J", "main_entities": []}
    return Piece("hostile", HOSTILE, text, (1,), 0, names, 0.9, url="javascript:alert(4)", more=more)


def night() -> list[Piece]:
    """Twelve articles of seven sources; two are word for word the agency's."""
    wire = port_piece("wire", "Port of Rotterdam closes", published_at=NOON - timedelta(hours=9), section="Economy")
    copies = [replace(wire, source=name, published_at=NOON - timedelta(hours=5)) for name in ("valley", "herald")]
    own = [
        Piece(
            f"paper{number % 4}",
            f"Story {number}",
            (f"Story {number} is about company {number}. It has a second sentence. And a third, with {number}.",),
            (1, 2),
            0,
            (Name(f"Company {number}"),),
            number / 10 - 0.4,
            section=("World", "Technology", "Sport", None)[number % 4],
            published_at=NOON - timedelta(hours=2 + number),
        )
        for number in range(8)
    ]
    return [wire, *copies, *own, hostile_piece()]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Writes marts and returns their folder; `order` is the order of the rows in the file."""

    def write(
        pieces: Iterable[Piece] = (),
        sources: Mapping[str, str] | None = None,
        reverse: bool = False,
        questions: Iterable[dict[str, Any]] = (),
    ) -> Path:
        marts = tmp_path / "marts"
        marts.mkdir(exist_ok=True)
        listed = list(pieces)
        articles = [article_row(piece) for piece in listed]
        rows = {
            "articles": articles,
            "entity_mentions": [row for piece in listed for row in mention_rows(piece)],
            "figures": [row for piece in listed for row in figure_rows(piece)],
            "questions": list(questions),
            "source_daily": [{"source_id": key, "source_name": name} for key, name in (sources or {}).items()],
        }
        for name, table in rows.items():
            ordered = table[::-1] if reverse else table
            pq.write_table(pa.Table.from_pylist(ordered, schema=SCHEMAS[name]), marts / f"{name}.parquet")
        return marts

    return write


@pytest.fixture
def make(publish: Publish) -> Make:
    """The brief of DAY over the pieces given."""

    def made(*pieces: Piece, limit: int = 40, zone: str = "UTC", report: Mapping[str, Any] | None = None) -> Brief:
        return build_brief(publish(pieces), DAY, zone, limit, report or {})

    return made


@pytest.fixture
def full(make: Make) -> Brief:
    """The brief of `night()`, with the report of a night that one source failed."""
    return make(*night(), report=amber())


def amber() -> dict[str, Any]:
    """The manifest of a night in which one source of eight failed."""
    counts = {"fetched": 15, "refused": 1, "deferred": 2, "failed": 3, "articles": 12, "rejected": 3}
    good = [{"source_id": f"paper{number}", "status": "ok", "reason": None} for number in range(7)]
    bad = {"source_id": "signal", "status": "failed", "reason": "<i>timeout</i> after [20] s"}
    return {
        "night_date": DAY.isoformat(),
        "started_at": (NOON - timedelta(minutes=30)).isoformat(),
        "counts": counts,
        "sources": [*good, bad],
        "rejected_by_reason": {"too_short": 1, "cookie_wall": 2},
    }
