"""The words around a name: what goes with a company, and what speaks against one."""

from collections.abc import Callable

import pytest

from tests.transforms.written import Written
from transforms.cues import Cues, cues_of, written_small
from transforms.mentions import cleaned

Make = Callable[..., Written]


def cues(made: Written) -> Cues:
    return cues_of(made.document.text, cleaned(made.document.text, made.reading.mentions))


@pytest.mark.parametrize(
    "sentence",
    [
        "Shares of [ORG Halden] fell.",
        "[ORG Halden]'s shares fell.",
        "The chief executive of [ORG Halden] left.",
        "[ORG Halden] CEO Anna Berg left.",
        "[ORG Halden] Q3 profit rose.",
        "Die [ORG Halden] Aktie stieg.",
    ],
)
def test_words_of_the_stock_market_count_twice(written: Make, sentence: str) -> None:
    assert cues(written(sentence)) == Cues(company=1, traded=1)


@pytest.mark.parametrize(
    "sentence",
    [
        "[ORG Halden] said it would close.",
        "It was bought by [ORG Halden] in May.",
        "She joined [ORG Halden] in May.",
        "Engineers at [ORG Halden] struck.",
        "The retailer [ORG Halden] grew.",
        "An [ORG Amazon] warehouse burned.",
    ],
)
def test_words_that_go_with_companies(written: Make, sentence: str) -> None:
    assert cues(written(sentence)) == Cues(company=1)


@pytest.mark.parametrize(
    "sentence",
    [
        "The [ORG Amazon] rainforest burned.",
        "[ORG Meta]-analysis found nothing.",
        "[ORG Visa] applications doubled.",
        "An [ORG Apple], peeled.",
        "The [ORG Amazon] is wide.",
        "[ORG Orange] juice is dear.",
    ],
)
def test_words_that_speak_against_one(written: Make, sentence: str) -> None:
    assert cues(written(sentence)) == Cues(other=1)


@pytest.mark.parametrize("sentence", ["He likes [ORG Halden].", "[ORG Amazon]-owned shops.", "[ORG Halden] in spring."])
def test_other_words_say_nothing(written: Make, sentence: str) -> None:
    assert cues(written(sentence)) == Cues()


def test_tickers_in_brackets(written: Make) -> None:
    made = written("[ORG Meta] (NASDAQ: META) and [ORG Meta] (FB) and [ORG Meta] (see below).")
    assert cues(made).tickers == {"META", "FB"}


def test_a_name_that_is_a_word_in_the_same_text() -> None:
    text = "Target the weeds. A target is met; target.com is no target, nor is on-target."
    assert written_small(text, "Target") == 2
    assert written_small("target " * 50, "Target", most=12) == 12
    assert written_small("ebay", "eBay") == 0
    assert written_small("a|b", "A|B") == 0
