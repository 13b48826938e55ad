"""The shipped reader, loaded once, and texts of our own with their sentences."""

from collections.abc import Callable

import pytest

from transforms.reader.reader import Reader, load_reader
from transforms.reader.reading import Document, Span
from transforms.sentences import sentence_spans

MERGER = (
    "Harlow Bank said on Tuesday that it would buy Tesco Finance for 2.4 billion pounds. The regulator in London must "
    "still agree. “We are delighted,” said Anna Berg, who runs the bank. Unions warned of heavy job losses. Shares in "
    "Harlow Bank fell sharply after the news."
)
HARVEST = (
    "Farmers in Spain expect the best olive harvest for a decade. Rain came early in Andalusia. Prices, which had "
    "doubled, are falling at last. Maria Lopez of the growers' union praised the new reservoirs."
)
STRIKE = "Train drivers in Lyon walked out on Monday. Talks with the SNCF failed."


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader(threads=2)


def document_of(text: str) -> Document:
    return Document(text, tuple(Span(start, end) for start, end in sentence_spans(text, [(0, len(text))])))


@pytest.fixture(scope="session")
def document() -> Callable[[str], Document]:
    """A text with its sentences."""
    return document_of


@pytest.fixture(scope="session")
def articles() -> list[Document]:
    """Three short articles, and one of several windows made of their sentences."""
    return [document_of(text) for text in (MERGER, HARVEST, STRIKE, " ".join([MERGER, HARVEST] * 8))]
