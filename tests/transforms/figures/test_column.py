"""The figures of an article: right on labelled sentences, exact in their places, equal however they are written."""

from calendar import month_name
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.figures.labelled import agreement, cases, read
from transforms.figures.amounts import KINDS
from transforms.figures.movement import DOWN, FLAT, UP

PIECES = [
    *("$14bn", "5%", "1,200", "7 percent", "one in five", "half a million", "2025", "A$", "½", "-3", "३"),
    *("rose", "cut", "to", "from", "between", "and", "[ORG Acme]'s", "[PER Ada Berg]", "jobs", "people", "its"),
    *("–", ",", ".", "“", "(", ")", "é", "🙂"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25)


def figure(sentence: str, language: str = "en") -> dict[str, Any]:
    """The one figure of a sentence."""
    (only,) = read(sentence, language=language)
    return only


def test_the_rules_agree_with_the_labelled_sentences() -> None:
    found = agreement()
    assert len(cases()) >= 120
    assert found.expected >= 150
    assert found.precision >= 0.97, found.wrong
    assert found.recall >= 0.97, found.wrong
    assert found.directions >= 0.97 * found.exact, found.wrong
    assert found.owned_right >= 0.95 * found.owned, found.wrong


@given(TEXTS, st.sampled_from(["en", "de"]))
def test_every_figure_stands_where_it_says_in_one_sentence(words: list[str], language: str) -> None:
    sentence = " ".join(words)
    rows = read("It was so.", sentence, language=language)
    text = f"It was so. {sentence}"
    for name in ("[ORG ", "[PER ", "]"):
        text = text.replace(name, "")
    last = 0
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"]
        assert row["start"] >= last
        assert row["kind"] in KINDS
        assert row["direction"] in (None, UP, DOWN, FLAT)
        assert (row["kind"] == "percentage") == (row["unit"] in ("%", "pp", "bp"))
        assert row["currency"] is None or row["kind"] == "amount"
        last = row["end"]


@given(st.integers(1, 999), st.sampled_from(["million", "billion"]))
def test_one_amount_has_one_value_however_it_is_written(number: int, scale: str) -> None:
    short = {"million": "m", "billion": "bn"}[scale]
    zeros = {"million": ",000,000", "billion": ",000,000,000"}[scale]
    spellings = (
        f"${number} {scale}",
        f"${number}{short}",
        f"US${number}-{scale}",
        f"{number} {scale} dollars",
        f"${number}{zeros}",
        f"USD {number} {scale}",
        f"{number}\u00a0{scale} US dollars",
    )
    found = [figure(f"They paid {spelling} for it.") for spelling in spellings]
    assert {(row["kind"], row["value"], row["unit"], row["currency"]) for row in found} == {
        ("amount", number * {"million": 1e6, "billion": 1e9}[scale], None, "USD")
    }


@given(st.integers(2, 10**8))
def test_a_german_point_is_an_english_comma(number: int) -> None:
    english = figure(f"There are {number:,} people.")
    german = figure(f"Es sind {number:,} Menschen.".replace(",", "."), "de")
    assert english["value"] == german["value"] == number
    assert (english["unit"], german["unit"]) == ("people", "Menschen")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5%", "five per cent"),
        ("2.5 percent", "two and a half percent"),
        ("0.5 percentage points", "half a percentage point"),
        ("25 basis points", "25bps"),
        ("500,000 people", "half a million people"),
        ("12 eggs", "a dozen eggs"),
        ("250 people", "two hundred and fifty people"),
        ("threefold", "3-fold"),
        ("€1.5bn", "1.5 billion euros"),
        ("£1.25", "125 pence"),
    ],
)
def test_two_spellings_of_one_figure_are_equal(one: str, other: str) -> None:
    first, second = (figure(f"It was {spelling} then.") for spelling in (one, other))
    for name in ("kind", "value", "unit", "currency"):
        assert first[name] == second[name]


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1950, 2049), st.integers(0, 23), st.integers(0, 59))
def test_dates_and_times_are_no_figures(month: int, day: int, year: int, hour: int, minute: int) -> None:
    name = month_name[month]
    assert read(f"On {name} {day}, {year}, at {hour:02}:{minute:02}, it began.") == []
    assert (
        read(f"It began on {day} {name} {year} and on {year}-{month:02}-{day:02} and {day:02}/{month:02}/{year}.") == []
    )
    assert read(f"They won {day}-{month} in {year}.") == []


def test_another_language_and_none_have_no_figures() -> None:
    assert read("Le chiffre d'affaires a atteint 5 milliards d'euros.", language="fr") == []
    assert read("It cost $5 billion.", language="") == []
    assert len(read("It cost $5 billion.", language="en-GB")) == 1


def test_a_nights_worst_text_is_read_in_bounds() -> None:
    hostile = (
        "1,2.3-4/5%$" * 2_000,
        "a " * 20_000,
        "five and " * 5_000,
        "$" * 50_000,
        "1 " * 20_000,
        "rose " * 10_000 + "5%",
    )
    for text in hostile:
        read(text)


def test_the_place_a_report_comes_from_owns_no_figure() -> None:
    found = figure("[LOC LEEDS] (Northline) - [ORG Acme] said it would take on 82,000 workers.")
    assert found["owner"] == "Acme"
