"""The captions of a gallery: its text, where the pictures are the article."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from transforms.content.boilerplate import key
from transforms.content.page import Page
from transforms.content.paragraphs import plain
from transforms.content.stated import strings, text_of

MAX_CAPTIONS = 300
MAX_CAPTION = 2_000  # characters
CAPTIONS = (
    ".//figcaption[not(ancestor::nav or ancestor::aside or ancestor::footer)]"
    ' | .//*[contains(@class, "caption") and not(self::figcaption) and not(ancestor::figcaption)'
    ' and not(ancestor::nav or ancestor::aside or ancestor::footer) and not(.//*[contains(@class, "caption")])]'
)
HOLDERS = ("associatedMedia", "image", "hasPart", "itemListElement")


def with_captions(lines: list[str], page: Page) -> list[str]:
    """The lines, and after them the captions that they do not hold yet, in page order, each once."""
    said = " " + " ".join(key(line) for line in lines) + " "
    seen: set[str] = set()
    added: list[str] = []
    for caption in islice(captions(page), MAX_CAPTIONS):
        words = key(caption)
        if words and words not in seen and f" {words} " not in said:
            seen.add(words)
            added.append(caption)
    return [*lines, *added]


def captions(page: Page) -> Iterator[str]:
    """The captions in the markup; where it has none, those of the pictures in the linked data."""
    shown = [plain(text_of(element, MAX_CAPTION)) for element in page.tree.xpath(CAPTIONS)[:MAX_CAPTIONS]]
    if any(shown):
        yield from shown
        return
    for item in page.linked_data:
        for holder in HOLDERS:
            yield from stated_captions(item.get(holder))


def stated_captions(value: Any) -> Iterator[str]:
    """The captions of the pictures in a linked-data value."""
    for picture in value if isinstance(value, list) else [value]:
        if isinstance(picture, dict) and "ImageObject" in str(picture.get("@type")):
            stated = [*strings(picture.get("caption")), *strings(picture.get("description"))]
            yield from (plain(text[:MAX_CAPTION]) for text in stated[:1])
