"""Strings that a page states, read from linked data and meta elements."""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from transforms.content.paragraphs import plain

MAX_NAME = 80  # characters of a name, a section or a tag


def said(text: str) -> str:
    """A stated string as a person would read it: plain, with the character references that some sites leave in."""
    return plain(unescape(text))


def text_of(element: Any, limit: int) -> str:
    """The text of an element, its pieces joined by blanks; "" where it has more than `limit` characters.

    Reads no further than the limit: elements nest, and each of a page's headings may hold the whole page.
    """
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        length += len(piece) + 1
        if length > limit:
            return ""
        pieces.append(piece)
    return " ".join(pieces)


def first(values: Iterable[str], limit: int = MAX_NAME) -> str | None:
    """The first of the values that has text, plain; None where it is over `limit` characters or there is none."""
    return next((text for value in values if (text := said(value)) and len(text) <= limit), None)


def strings(value: Any) -> Iterator[str]:
    """The strings in a linked-data value: itself, or those of its list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item


def names(value: Any) -> Iterator[str]:
    """The names in a linked-data value: strings, objects with a name, lists of either."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            yield from strings(item.get("name"))
