"""The XML reader that feedparser is told to use: expat, but a document that declares a dangerous entity is refused.

feedparser takes declarations out of the DOCTYPE, but only those that stand on lines of their own. The others expat
unfolds up to a hundredfold, which holds the whole crawl up for seconds. Older feeds honestly declare names of single
characters; those stay. On the refusal feedparser goes on with its tolerant reader, which unfolds none. Before that,
`dangerous_entity` says of a document whether one of its declarations has no honest use in a feed.
"""

import re
from typing import Any
from xml.sax import SAXNotSupportedException
from xml.sax.expatreader import ExpatParser

HARMLESS_LENGTH = 8  # characters: a word or a letter, hardly longer than the reference to it
HONEST_LENGTH = 1_000

_SUBSET = re.compile(r"<!DOCTYPE\b[^\[>]*\[(.*?)(?:\]\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([^\s"'>%]{1,100})\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_REFERENCE = re.compile(r"&[^#\s&;]{1,100};|%[^\s%;]{1,100};")


def dangerous_entity(text: str) -> str | None:
    """What is wrong with the first declared entity that is external, refers to another or is long; None for none.

    Parameter entities (`%`) are no matter: some old feeds name HTML's lists of characters so, and nothing loads them.
    """
    subset = _SUBSET.search(text)
    for name, is_external, one, other in _ENTITY.findall(subset[1]) if subset else ():
        value = one or other
        if is_external or _REFERENCE.search(value) or len(value) > HONEST_LENGTH:
            what = "outside" if is_external else "of others" if len(value) <= HONEST_LENGTH else "too long"
            return f"it declares an entity, {name[:40]}, that is {what}"
    return None


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
