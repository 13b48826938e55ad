"""The XML reader that feedparser is told to use: expat, but a document that declares a dangerous entity is refused.

feedparser takes declarations out of the DOCTYPE, but only those that stand on lines of their own. The others expat
unfolds up to a hundredfold, which holds the whole crawl up for seconds. Older feeds honestly declare names of single
characters; those stay. On the refusal feedparser goes on with its tolerant reader, which unfolds none.
"""

from typing import Any
from xml.sax import SAXNotSupportedException
from xml.sax.expatreader import ExpatParser

HARMLESS_LENGTH = 8  # characters: a word or a letter, hardly longer than the reference to it


class EntitylessParser(ExpatParser):
    """Raises SAXNotSupportedException where an entity is external, refers to another, or is long."""

    def reset(self) -> None:
        super().reset()
        expat: Any = self._parser  # type: ignore[attr-defined]  # not in the stubs
        expat.EntityDeclHandler = _judge


def create_parser(*arguments: Any, **named: Any) -> EntitylessParser:
    """What xml.sax.make_parser asks a module for."""
    return EntitylessParser(*arguments, **named)


def _judge(name: str, _is_parameter: int, value: str | None, *_where: object) -> None:
    """`value` with its character references resolved; None for an external entity."""
    if value is None or "&" in value or "%" in value or len(value) > HARMLESS_LENGTH:
        raise SAXNotSupportedException(f"it declares the entity {name[:40]}")
