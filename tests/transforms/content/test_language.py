"""The language of a text: the detector where it can be sure, what is stated elsewhere."""

import pytest

from tests.transforms.pages import GERMAN_STORY, STORY
from transforms.content.language import code, language_of

ENGLISH, GERMAN = " ".join(STORY), " ".join(GERMAN_STORY)


@pytest.mark.parametrize(
    ("stated", "expected"), [("de-AT", "de"), (" EN_us ", "en"), ("deu", None), ("", None), (None, None), ("d3", None)]
)
def test_a_tag_is_cut_to_its_code(stated: str | None, expected: str | None) -> None:
    assert code(stated) == expected


@pytest.mark.parametrize(("text", "expected"), [(ENGLISH, "en"), (GERMAN, "de")])
def test_a_long_text_speaks_for_itself(text: str, expected: str) -> None:
    assert language_of(text, None, None) == expected
    assert language_of(text, "fr", "fr-CA") == expected


def test_a_short_text_is_what_page_and_source_say() -> None:
    assert language_of("Die Tide", "en-GB", "de") == "en"
    assert language_of("Die Tide", None, "de") == "de"
    assert language_of("Die Tide", None, None) is None


def test_of_two_statements_the_text_chooses() -> None:
    assert language_of(GERMAN[:110], "en", "de") == "de"
