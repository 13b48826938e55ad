"""What stands beside the points of an article: its figures and its questions, each leading to its sentence."""

import re

import duckdb

from deploy.dashboard import tables
from deploy.dashboard.beside import figures_panel, questions_section
from flows.settings import Settings
from tests.deploy.dashboard.beside import figure_rows
from tests.deploy.dashboard.marts import article_row
from tests.deploy.dashboard.night import CHALLENGE, ODD, PIECES, QUESTIONS, RAIL

ROW = article_row(RAIL)
CHIP = next(piece for piece in PIECES if piece.source == "circuit")


def test_a_figure_shows_where_it_went_whose_it_is_and_leads_to_its_sentence() -> None:
    row = article_row(CHIP)
    panel = figures_panel(row, figure_rows(CHIP))
    assert "↑ 2.1 per cent</span></td><td>Nvidia</td>" in panel
    cited = re.findall(r'href="#(cited-\d)"', panel)
    assert cited == sorted(cited)
    assert "3.4 billion dollars" in panel
    assert figures_panel(row, []) == ""


def test_an_answer_leads_to_its_sentence_here_or_to_the_article_that_gives_it() -> None:
    asked = [row for row in QUESTIONS if row["article_id"] == ROW["article_id"]]
    made = questions_section(ROW, asked, "UTC")
    assert made.count("<summary>") == 2
    assert made.count("<details open>") == 1
    here, there = made.split("</details>")[:2]
    assert 'href="#cited-3"' in here
    assert f'href="?article={article_row(CHALLENGE)["article_id"]}"' in there
    assert "Lakeside Tribune, 3 Mar 2026" in there
    assert questions_section(ROW, [], "UTC") == ""


def test_hostile_words_stay_words() -> None:
    odd = [row for row in QUESTIONS if row["article_id"] == article_row(ODD)["article_id"]]
    made = questions_section(article_row(ODD), odd, "UTC")
    assert "&lt;img src=x onerror=alert(1)&gt;" in made
    assert set(re.findall(r"<(\w+)", made)) <= {"section", "h2", "details", "summary", "p", "q", "a", "span", "br"}


def test_a_database_of_an_earlier_version_has_neither(settings: Settings) -> None:
    with tables.reading(settings.paths) as connection:
        assert len(tables.questions_of(connection, ROW["article_id"])) == 2
        assert tables.figures_of(connection, ROW["article_id"])
    with duckdb.connect() as empty:
        assert tables.questions_of(empty, ROW["article_id"]) == tables.figures_of(empty, ROW["article_id"]) == []
