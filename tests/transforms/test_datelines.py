"""Where the news itself begins."""

import pytest

from transforms.datelines import after_dateline


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("LONDON, Jan 26 (Northline) - Shares fell.", "Shares"),
        ("NextFin News - Shares fell.", "Shares"),
        ("NEW YORK - Shares fell.", "Shares"),
        ("Shares fell - and rose again.", "Shares fell"),
        ("", ""),
    ],
)
def test_a_dateline_ends_where_the_sentence_begins(text: str, begins: str) -> None:
    assert text[after_dateline(text) :].startswith(begins)
