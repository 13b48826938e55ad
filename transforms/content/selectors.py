"""Where a source's own file says that its articles stand: CSS selectors for the rare site that needs them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml.etree import XPath, XPathError

from transforms.content.blocks import block_lines
from transforms.content.paragraphs import plain
from transforms.content.stated import text_of

MAX_FOUND = 500  # elements of one selector
MAX_VALUE = 500  # characters of a title or a date


@dataclass(frozen=True)
class Selectors:
    """CSS selectors; each may be empty.

    body: the elements that hold the article, in page order; what lies in another of them counts once.
    title, published: the element whose text (of a date: `datetime` or `content` first) says it.
    remove: what is no part of the page at all.
    """

    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


NONE = Selectors()


@lru_cache(maxsize=1_000)
def compiled(selector: str) -> Any:
    """The selector, ready for use. Raises ValueError where it is none, saying what is wrong with it."""
    try:
        return XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant-or-self::"))
    except (SelectorError, XPathError, RecursionError) as error:
        raise ValueError(f"not a CSS selector: {error}") from error


@lru_cache(maxsize=1_000)
def read_selectors(text: str | None) -> Selectors:
    """The selectors that a row has as JSON; NONE for null."""
    if not text:
        return NONE
    given = json.loads(text)
    return Selectors(**{name: tuple(given.get(name, ())) for name in Selectors.__dataclass_fields__})


def selectors_hash(text: str | None) -> str | None:
    """16 hex digits of a row's selectors, so that pages are read again when these change; None without any."""
    return sha256(text.encode("utf-8")).hexdigest()[:16] if text else None


def elements(tree: Any, selectors: tuple[str, ...]) -> list[Any]:
    """The elements that any of the selectors finds, in page order, none inside another."""
    found = {element for selector in selectors for element in compiled(selector)(tree)[:MAX_FOUND]}
    if not found:
        return []
    return [each for each in tree.iter() if each in found and not any(up in found for up in each.iterancestors())]


def remove(tree: Any, selectors: Selectors) -> None:
    """Take out of the tree what the source's file says is no part of it."""
    for element in elements(tree, selectors.remove):
        if element.getparent() is not None and element.tag != "body":
            element.drop_tree()


def selected_lines(tree: Any, selectors: Selectors) -> list[str]:
    """The lines of the body where the selectors say that it is; [] where they find nothing."""
    return [line for element in elements(tree, selectors.body) for line in block_lines(element)]


def selected(tree: Any, selectors: tuple[str, ...], *attributes: str) -> Iterator[str]:
    """What the elements of the selectors say: the first of the attributes that one has, else its text."""
    for element in elements(tree, selectors):
        stated = next((value for name in attributes if (value := element.get(name))), None)
        if text := plain(stated or text_of(element, MAX_VALUE)):
            yield text
