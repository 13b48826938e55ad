"""YAML from a person's hand: every broken file is refused with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources.document import SIZE_LIMIT_BYTES, DocumentError, parse_document, read_document


def test_lines_of_keys_and_list_items() -> None:
    text = "# a comment\nname: A\n\ndiscover:\n  - kind: feed\n    url: x\n  - kind: section\n    url: y\n"
    document = parse_document(text.encode())
    assert document.line_of(("name",)) == 2
    assert document.line_of(("discover", 1)) == 7
    assert document.line_of(("discover", 1, "url")) == 8
    assert document.line_of(("discover", 1, "include")) == 7, "a missing key points to what it is missing from"
    assert document.line_of(("language",)) == 2, "the first line of the mapping"
    assert document.text == text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 1, "empty"),
        (b"- a\n- b\n", 1, "key: value"),
        (b"name: A\nurl: [1, 2\nx: 3\n", 3, "YAML"),
        (b"name: A\n\turl: b\n", 2, "YAML"),
        (b"name: A\nname: B\n", 2, "twice"),
        (b"name: A\n---\nname: B\n", 2, "document"),
        (b"a: &x [1]\nb: *x\n", 2, "aliases"),
        (b"a: !!python/object/apply:os.system ['true']\n", 1, "YAML"),
        (b"name: caf\xe9\n", 1, "UTF-8"),
        (b"name: A\nb: \x07\n", 2, "character"),
        (b"day: 2026-13-45\n", None, "YAML"),
        (b"n: " + b"1" * 5000 + b"\n", None, "YAML"),
        (b"a: " + b"[" * 2000, 1, "deeply"),
        (b"a: b\n" * SIZE_LIMIT_BYTES, None, "larger"),
    ],
)
def test_a_broken_document_is_refused_with_its_line(text: bytes, line: int | None, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_document(text)
    assert words in caught.value.message
    assert caught.value.line == line


def test_a_nest_of_aliases_costs_nothing() -> None:
    levels = [b"a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)]
    with pytest.raises(DocumentError, match="aliases"):
        parse_document(b"\n".join(levels))


def test_norway_is_a_country_and_a_language() -> None:
    document = parse_document(b"language: no\ncountry: NO\nenabled: true\nanswer: yes\n")
    assert document.values == {"language": "no", "country": "NO", "enabled": True, "answer": "yes"}


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    document = parse_document(b"\xef\xbb\xbfname: A\n")
    assert document.has_mark
    assert document.values == {"name": "A"}


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path)


@given(st.binary(max_size=200) | st.text("abc:-[]{}&*!|>%@#'\"?, \n\t01é", max_size=80).map(str.encode))
def test_any_bytes_give_a_mapping_or_a_document_error(data: bytes) -> None:
    try:
        document = parse_document(data)
    except DocumentError as error:
        said, line = error.message, error.line
    else:
        said, line = str(sorted(map(str, document.values))), document.line_of(("name",))
    assert said
    assert line is None or 1 <= line <= data.count(b"\n") + data.count(b"\r") + 2
