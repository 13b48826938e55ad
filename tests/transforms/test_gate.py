"""The gate lets through what the span bears out, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.gate import LEAST_SUPPORT, REWORDED_SUPPORT, judge

SPAN = (
    "The crisis led CEO Mark Zuckerberg to a reshuffle on Jan. 26, 2026, in which Alexandr Wang, the 29-year-old "
    "founder of Scale AI, was put in charge of Meta’s new labs after a $14 billion deal, which one analyst "
    "called “a desperate move” while shares fell 5 per cent to 1,000 points."
)
PLACES = [place for place, letter in enumerate(SPAN) if letter == " "]


@pytest.mark.parametrize(
    "line",
    [
        SPAN,
        "Alexandr Wang was put in charge of Meta's new labs.",
        "Wang, 29, is in charge of Meta's labs after a 14bn dollars deal.",
        "Founder Wang is in charge of the labs.",
        "Shares fell 5% to 1 thousand points.",
        "The reshuffle was on 26 January 2026.",
        "The reshuffle was in January 2026.",
        'An analyst called the deal "a desperate move".',
    ],
)
def test_what_the_span_says_passes(line: str) -> None:
    verdict = judge(line, SPAN, REWORDED_SUPPORT)
    assert verdict.passed, verdict.missing


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ("Wang was put in charge after a $15 billion deal.", "number"),
        ("Wang was put in charge after a €14 billion deal.", "number"),
        ("Shares fell 5 points.", "number"),
        ("Shares fell fifty per cent.", "number"),
        ("The reshuffle was on 27 January 2026.", "date"),
        ("The reshuffle was in January 2025.", "date"),
        ("The reshuffle was in March.", "date"),
        ("The reshuffle was on a Monday.", "date"),
        ('An analyst called the deal "a shrewd move".', "quotation"),
        ('The founder was put in charge of "new labs".', "quotation"),
        ("Alexandr Wang was put in charge of OpenAI.", "name"),
        ("Mark Wang was put in charge of the labs.", "name"),
        ("Alexandr Zuckerberg was put in charge of the labs.", "name"),
        ("Profits led to a reshuffle.", "name"),
        ("The founder of GPT-5 was put in charge of the labs.", "name"),
    ],
)
def test_a_fact_that_the_span_lacks_is_refused_and_named(line: str, lacking: str) -> None:
    verdict = judge(line, SPAN)
    assert not verdict.passed
    assert any(missing.startswith(lacking) for missing in verdict.missing), verdict.missing


def test_words_without_support_are_refused_though_every_fact_is_there() -> None:
    verdict = judge("Meta quietly abandoned ambitious plans, angering regulators.", SPAN)
    assert not verdict.passed
    assert verdict.missing == ()
    assert verdict.support < REWORDED_SUPPORT


@pytest.mark.parametrize(
    "line",
    [
        "Doyne met women and children in Surkhet.",
        "The ferry sank to the harbour of Brannock in 2011.",
        "Ida Holm scored her first goal of the season in the tower of Brannock.",
    ],
)
def test_two_sentences_spliced_into_one_are_refused_though_every_word_is_there(line: str) -> None:
    article = (
        "Surkhet lies in the hills. Doyne left the town for a year. In the camp she met women who fled and children. "
        "The ferry was built in Brannock in 2011, and after a stop in its harbour a torpedo sank another ship there. "
        "Ida Holm wore the colours of Brannock. Rosa Berg scored her first goal of the season under the tower."
    )
    verdict = judge(line, article)
    assert verdict.missing == ()
    assert not verdict.passed


def test_who_copies_is_held_to_the_letter_and_who_rewords_is_not() -> None:
    line = "Wang, 29, is in charge of Meta's labs after a 14bn dollars deal."
    assert not judge(line, SPAN).passed
    assert judge(line, SPAN, REWORDED_SUPPORT).passed
    assert judge("The founder of Scale AI was put in charge of Meta’s new labs.", SPAN).support >= LEAST_SUPPORT


def test_an_empty_line_is_refused() -> None:
    assert not judge("", SPAN).passed
    assert not judge("  \n", SPAN).passed


@given(st.sampled_from(PLACES), st.integers(1, 10**7).filter(lambda value: value not in {5, 14, 26, 29, 1000, 2026}))
def test_a_number_put_anywhere_is_refused(place: int, value: int) -> None:
    line = f"{SPAN[:place]} {value} {SPAN[place:].lstrip()}"
    assert not judge(line, SPAN).passed


@given(
    st.sampled_from([0, *PLACES]), st.from_regex(r"[B-Z][bcdfgklmnpr][aeiou][bcdfgklmnpr]{2}[aeiou]x", fullmatch=True)
)
def test_a_name_put_anywhere_is_refused(place: int, name: str) -> None:
    line = f"{SPAN[:place]} {name} {SPAN[place:].lstrip()}".strip()
    assert not judge(line, SPAN).passed


WORDS = st.sampled_from(
    [
        "the",
        "of",
        "Meta",
        "GPT-4",
        "Llama",
        "4",
        "$14",
        "billion",
        "5%",
        "1,000",
        "three",
        "on",
        "May",
        "26",
        "January",
        "2025",
        "Monday",
        "said",
        "“a",
        "dead",
        "end”",
        "‘young’",
        "He",
        "Wang,",
        "it's",
        "U.S.",
        "—",
        "10-15%",
        "3rd",
        "(AMI)",
        "it.",
        "No!",
        "2026-01-26",
        "l’État",
        "1.000,50",
        "½",
        "東京",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=25).map(" ".join))
def test_any_text_bears_itself_out(text: str) -> None:
    verdict = judge(text, text)
    assert verdict.missing == ()
    assert verdict.support in (0.0, 1.0)  # 0 where there are no words, only marks


@given(st.text(max_size=120))
def test_no_text_lacks_its_own_facts(text: str) -> None:
    assert judge(text, text).missing == ()


@given(st.text(max_size=80), st.text(max_size=80))
def test_support_is_a_share(line: str, span: str) -> None:
    assert 0.0 <= judge(line, span).support <= 1.0


def test_the_threshold_is_the_callers() -> None:
    line = "Wang was put in charge of the labs by surprised directors."
    assert judge(line, SPAN, least_support=0.3).passed
    assert not judge(line, SPAN, least_support=0.9).passed
