"""Figures and questions beside a story: those that belong to it, known by then, in all three ways of showing it."""

from datetime import timedelta
from typing import Any

import pytest
from rich.console import Console

from flows.brief import Brief, build_brief, render_html, render_markdown, render_terminal
from flows.brief.beside import figures_beside
from tests.deploy.dashboard.beside import figure_rows, question_row
from tests.deploy.dashboard.marts import DAY, NOON, Name, Piece
from tests.flows.brief.conftest import Publish

SIEMENS = Name("Siemens", ticker="SIE")
ORDER = Piece(
    "wire",
    "Siemens wins an order",
    (
        "Siemens won a $1.2 billion order. Its shares rose 5% on Tuesday. It will cut 300 jobs in Kenya.",
        "Kenya has 47 counties. Siemens expects growth of between 6 and 8 percent. Siemens repeated the 5%.",
    ),
    (1,),
    0,
    (SIEMENS, Name("Kenya", "LOC", relevance="mentioned")),
)
LATER = Piece("ledger", "Kenya signs", ("Kenya's minister signed on <b>Friday</b>. The money is there.",), (0,), None)
QUESTION = "When is it signed?"


def briefed(publish: Publish, *questions: dict[str, Any]) -> Brief:
    return build_brief(publish([ORDER], questions=questions), DAY, "UTC", 10, {})


def test_figures_are_those_of_the_points_and_of_the_main_names_once_and_in_order() -> None:
    shown = figures_beside(figure_rows(ORDER), [(0, 65)])
    assert [(figure.text, figure.owner, figure.direction) for figure in shown] == [
        ("$1.2 billion", "Siemens", None),
        ("5%", "Siemens", "up"),
        ("300 jobs", "Siemens", "down"),
        ("6 and 8 percent", "Siemens", None),
    ]
    assert [figure.text for figure in figures_beside(figure_rows(ORDER), [(0, 65)], limit=3)] == [
        "$1.2 billion",
        "5%",
        "6 and 8 percent",
    ]
    assert figures_beside([], [(0, 65)]) == ()


def test_a_brief_of_a_home_without_these_marts_is_still_a_brief(publish: Publish) -> None:
    marts = publish([ORDER])
    for name in ("figures", "questions"):
        (marts / f"{name}.parquet").unlink()
    (story,) = build_brief(marts, DAY, "UTC", 10, {}).stories
    assert (story.figures, story.questions) == ((), ())


def test_an_answer_found_on_a_later_night_is_not_in_an_earlier_brief(publish: Publish) -> None:
    known = question_row(ORDER, QUESTION, LATER, 0)
    assert [each.question for each in briefed(publish, known).stories[0].questions] == [QUESTION]
    assert briefed(publish, {**known, "known_at": NOON + timedelta(days=2)}).stories[0].questions == ()


@pytest.mark.parametrize("way", ["markdown", "html", "terminal"])
def test_each_way_shows_the_figures_with_owner_and_arrow_and_an_answer_with_its_source(
    publish: Publish, way: str
) -> None:
    made = briefed(publish, question_row(ORDER, QUESTION, LATER, 0))
    console = Console(width=200, record=True, file=None, force_terminal=False)
    with console.capture() as shown:
        console.print(render_terminal(made))
    told = {"markdown": render_markdown(made), "html": render_html(made), "terminal": shown.get()}[way]
    for words in ("↑ 5%", "↓ 300 jobs", "billion", QUESTION, "minister signed on", "ledger"):
        assert words in told
    assert ("<b>" in told) == (way == "terminal")
