"""What a text says of a name: where its capital is its own, what follows it, what stands before it."""

from collections.abc import Callable

import pytest

from tests.transforms.written import Written
from transforms.coreference import grouped
from transforms.evidence import Witness, is_ordinary
from transforms.linking import Evidence

Make = Callable[..., Written]


def evidence(made: Written, name: str) -> Evidence:
    groups = grouped(made.document.text, made.reading.mentions)
    return Witness(made.document).evidence(next(group for group in groups if name in group.forms))


@pytest.mark.parametrize(
    ("sentence", "firm"),
    [
        ("On Monday the city sued [ORG Apple] over its taxes.", 1),
        ("[ORG Apple] was sued over taxes.", 0),
        ("“[ORG Apple] was sued,” she said of taxes.", 0),
        ("City Sues [ORG Apple] Over Unpaid Taxes", 0),
        ("CITY SUES [ORG APPLE]", 0),
        ("[ORG IBM] was sued over taxes.", 1),
    ],
)
def test_a_capital_counts_where_nothing_else_explains_it(written: Make, sentence: str, firm: int) -> None:
    found = evidence(written(sentence), sentence.partition("[ORG ")[2].partition("]")[0])
    assert found.firm == firm
    assert found.best_firm == (0.95 if firm else 0)


def test_the_word_itself_is_looked_for_in_the_text(written: Make) -> None:
    found = evidence(written("She sued [ORG Apple] over an apple.", "The apple was red."), "Apple")
    assert (found.small, found.firm) == (2, 1)


def test_what_follows_a_place_and_the_article_before_it(written: Make) -> None:
    assert evidence(written("He lives in [LOC Paris], Texas, today."), "Paris").within == ("Texas",)
    assert evidence(written("He lives in [LOC Portsmouth], New Hampshire."), "Portsmouth").within == ("New Hampshire",)
    assert evidence(written("He left [LOC Paris], Anna stayed."), "Paris").within == ()
    assert evidence(written("The [LOC Delta] floods.", "In [LOC Delta] it rains."), "Delta").with_article == 0.5


def test_headings_are_told_from_sentences() -> None:
    assert is_ordinary("The board of Acme met on Monday.")
    assert not is_ordinary("Board Of Acme Meets On Monday")
    assert not is_ordinary("")
