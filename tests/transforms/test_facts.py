"""Two ways of writing one fact give one value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.facts import Date, Number, dates, numbers, plain, quotations, tokens, weekdays


def values(text: str) -> list[tuple[Decimal, str]]:
    return [(number.value, number.unit) for number in numbers(plain(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000", "1 thousand"),
        ("1000", "a thousand"),
        ("5%", "5 per cent"),
        ("5 percent", "five per cent"),
        ("$14 billion", "14bn dollars"),
        ("US$1.5m", "1.5 million dollars"),
        ("€2bn", "2 billion euros"),
        ("two", "2"),
        ("twenty-five", "25"),
        ("a dozen", "12"),
        ("1 million", "1,000,000"),
    ],
)
def test_spellings_of_one_amount_are_equal(one: str, other: str) -> None:
    assert values(one) == values(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("5%", "5"), ("$5", "€5"), ("5%", "5 percentage points"), ("1.5", "15"), ("-3%", "3%"), ("5m", "5bn")],
)
def test_different_amounts_differ(one: str, other: str) -> None:
    assert values(one) != values(other)


def test_digits_of_a_name_are_no_number() -> None:
    assert numbers("GPT-4 and V6") == []
    assert numbers("the 29-year-old") == [Number(Decimal(29), "")]
    assert numbers("the 3rd") == [Number(Decimal(3), "th")]


def test_dates_in_their_usual_forms() -> None:
    whole = Date(2026, 1, 26)
    for written in ("January 26, 2026", "26 January 2026", "Jan. 26, 2026", "2026-01-26", "the 26th of January 2026"):
        assert dates(plain(written)) == [whole], written
    assert dates("in March") == [Date(None, 3, None)]
    assert dates("April 2025") == [Date(2025, 4, None)]
    assert dates("they may march on") == []


def test_a_date_within_another_states_no_more_than_it() -> None:
    assert Date(None, 1, 26).is_within(Date(2026, 1, 26))
    assert not Date(2026, 1, 26).is_within(Date(None, 1, 26))
    assert not Date(2026, 1, 27).is_within(Date(2026, 1, 26))


def test_weekdays_are_found_whole() -> None:
    assert weekdays("On Monday, not Sundays") == {"monday"}


def test_quotation_marks_of_all_kinds_quote_the_same() -> None:
    for written in ("“a dead end,” he said", '"a dead end", he said', "‘a dead end’ he said", "«a dead end» he said"):
        assert quotations(plain(written)) == ["a dead end"], written
    assert quotations(plain("the workers' pay and Meta’s rise")) == []
    assert quotations(plain("he said “it is over")) == ["it is over"]


def test_tokens_know_what_directly_follows() -> None:
    assert list(tokens("CEO Mark Zuckerberg, Meta's head")) == [
        ("CEO", False),
        ("Mark", True),
        ("Zuckerberg", True),
        ("Meta", False),
        ("head", True),
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_read_for_facts(text: str) -> None:
    bare = plain(text)
    assert plain(bare) == bare
    assert all(1 <= date.month <= 12 for date in dates(bare))
    assert isinstance(numbers(bare), list)
    assert all(quotations(bare))


@given(st.integers(0, 10**12))
def test_thousands_separators_change_nothing(value: int) -> None:
    assert values(f"{value:,}") == values(str(value)) == [(Decimal(value), "")]
