"""Text is kept plain, and its paragraphs are found where their offsets say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.content.paragraphs import count_words, joined, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u00a0 b\tc\n", "a b c"),
        ("Ha\u00adfen\u200b\ufeff", "Hafen"),
        ("e\u0301", "é"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("\ud800x", "x"),
        ("می\u200cشود", "می\u200cشود"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_a_reader_cannot_see_goes_and_what_carries_meaning_stays(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_plain_text_is_one_line_of_nfc_and_plain_already(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\n\r\t\x00\u2028\u202e")
    once.encode("utf-8")


@given(st.lists(st.text().map(plain)))
def test_spans_hold_their_paragraphs(lines: list[str]) -> None:
    text, spans = joined(lines)
    assert [text[start:end] for start, end in spans] == [line for line in lines if line]


@pytest.mark.parametrize(("text", "words"), [("", 0), ("The gate failed.", 3), ("閘門が壊れた", 3), ("Tokyo 東京", 2)])
def test_words_are_counted_in_scripts_with_and_without_blanks(text: str, words: int) -> None:
    assert count_words(text) == words
