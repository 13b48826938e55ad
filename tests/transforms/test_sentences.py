"""Sentences lie within paragraphs, leave nothing out, and end where a reader would say they do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.sentences import sentence_spans, within

PIECES = st.sampled_from(
    [
        "Rain fell.",
        "No. 5",
        "z. B.",
        "„Nein.“",
        "”",
        "...",
        "?!",
        " ",
        "\u00a0",
        "U.S.",
        "am 3. Mai",
        "a. b.",
        "Dr.",
        "\n",
    ]
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, [(0, len(text))])]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map(" ".join)), max_size=5))
def test_sentences_cover_their_paragraphs_in_order_without_overlap(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    place = 0
    found = sentence_spans(text, spans)
    for first, last in found:
        assert place <= first < last
        assert not text[place:first].strip()
        assert text[first:last] == text[first:last].strip()
        assert any(begin <= first and last <= end for begin, end in spans)
        place = last
    assert not text[place:].strip()
    assert sentence_spans(text, spans) == found


@pytest.mark.parametrize(
    "sentences",
    [
        ("Dr. Berg met Mr. Wang at No. 5 on St. Anne Street.", "They spoke."),
        ("The U.S. economy grew by 2.4 percent.", "Prices rose."),
        ("“Nobody came,” she said.", "“The water did.”", "Then it froze."),
        ("Am 5. Januar fiel Schnee.", "Am 6. Februar taute es."),
        ("Das betrifft z. B. Basel.", "Bern nicht."),
        ("„Niemand ist gekommen.“", "Dann kam das Wasser."),
        ("Es kostet 2,4 Mio. Euro.", "Wer zahlt?", "Niemand!"),
        ("The strike begins next month.", "“Nobody can win,” she said of the scandal.", "Then it froze."),
        ("He took the wheel.", "More than 400 lorries moved to New York.", "Ice stopped them."),
        ("Fig. 5 shows the port, cf. Berg et al. 2020, art. 4 of the act.",),
        ("They flew to Mon. Repos, West. Australia.",),
        ("Is it over?", "No!", "It has begun."),
    ],
)
def test_a_boundary_stands_where_a_sentence_ends_and_nowhere_else(sentences: tuple[str, ...]) -> None:
    assert cut(" ".join(sentences)) == list(sentences)


def test_marks_alone_are_no_sentence() -> None:
    assert cut("It rained. …") == ["It rained. …"]
    assert cut("It rained. ” ” It stopped.") == ["It rained. ”", "” It stopped."]
    assert cut(" \u00a0 ") == []


def test_a_sentence_joined_of_thousands_of_pieces_is_one() -> None:
    text = "Items a. " + "b. c. " * 20_000 + "ended."
    assert len(within(text)) == 1
