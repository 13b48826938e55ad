"""Strings from strangers are read plain and no further than their limit."""

import lxml.html
import pytest

from transforms.content.stated import MAX_NAME, first, names, said, strings, text_of


def test_references_left_in_a_string_are_read() -> None:
    assert said(" Brannock &amp; Quay&nbsp;\u200b") == "Brannock & Quay"


def test_the_first_that_says_something_is_taken_or_none_when_it_is_too_long() -> None:
    assert first(["", " ", "Towns", "Quay"]) == "Towns"
    assert first(["x" * (MAX_NAME + 1), "\u200b"]) is None


def test_text_is_joined_by_blanks_up_to_the_limit() -> None:
    element = lxml.html.fragment_fromstring("<h1>The <b>gate</b></h1>")
    assert text_of(element, 50).split() == ["The", "gate"]
    assert text_of(element, 5) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ana", ["Ana"]),
        ({"name": ["Ana", 7, "Bo"]}, ["Ana", "Bo"]),
        (["Ana", {"name": "Bo"}, {"name": {"name": "Cy"}}, None, 3], ["Ana", "Bo"]),
        (None, []),
    ],
)
def test_names_are_found_in_whatever_shape_and_nothing_else(value: object, expected: list[str]) -> None:
    assert list(names(value)) == expected
    assert all(isinstance(each, str) for each in strings(value))
