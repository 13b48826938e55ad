"""Linked data: what a page states of itself in JSON-LD, and what its objects are.

Real pages break the rules of JSON: comments around it, commas too many, several values in one script, entities in place
of quotes, values cut off. What can be mended is; of the rest the plain strings are picked out.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

Linked = Mapping[str, Any]

MAX_OBJECTS = 2_000  # of one page, nested ones included
MAX_VALUES = 50  # one after another in one script

WRAPPER = re.compile(r"^\s*(?:/[/*]\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*/)?|(?:/[/*]\s*)?(?:-->|\]\]>)(?:\s*\*/)?\s*$")
COMMA_TOO_MANY = re.compile(r",(\s*[}\]])")
FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|dateCreated|articleSection|inLanguage)"\s*:\s*"((?:[^"\\]|\\.)*+)"'
)
ARTICLE_KINDS = ("Article", "BlogPosting", "Report", "Review")
ADDRESSES = ("url", "mainEntityOfPage", "@id")


def linked_data(tree: Any) -> Iterator[Linked]:
    """Every object of the tree's JSON-LD scripts, breadth first, at most MAX_OBJECTS."""
    waiting: list[Any] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            waiting.extend(values(script.text))
    given = 0
    while waiting:
        level, waiting = waiting, []
        for item in level:
            if given >= MAX_OBJECTS:
                return
            if isinstance(item, dict):
                given += 1
                yield item
                waiting.extend(item.values())
            elif isinstance(item, list):
                waiting.extend(item)


def values(script: str) -> list[Any]:
    """The JSON values in a script's text, mended where they must be; [] where nothing can be read."""
    text = WRAPPER.sub("", WRAPPER.sub("", script)).strip().rstrip(";")
    if text.startswith(("{&quot;", "[{&quot;")):
        text = unescape(text)
    for attempt in (text, COMMA_TOO_MANY.sub(r"\1", text)):
        if found := sequence(attempt):
            return found
    fields = FIELD.findall(text)
    kinds_stated = [value for name, value in fields if name == "@type"]
    if not any(kind.endswith(ARTICLE_KINDS) for kind in kinds_stated):
        return []
    picked = dict(reversed(fields))  # the first of each name
    return [{**picked, "@type": next(kind for kind in kinds_stated if kind.endswith(ARTICLE_KINDS))}]


def sequence(text: str) -> list[Any]:
    """The JSON values that stand in the text one after another; [] unless they fill it."""
    decoder = json.JSONDecoder(strict=False)  # real pages carry raw line breaks inside strings
    found: list[Any] = []
    place = 0
    while place < len(text) and len(found) < MAX_VALUES:
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return []
        found.append(value)
        while place < len(text) and (text[place].isspace() or text[place] in ",;"):
            place += 1
    return found


def kinds(item: Linked) -> tuple[str, ...]:
    """The types of a linked-data object, without a vocabulary's address: ("NewsArticle",)."""
    stated = item.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(value.rsplit("/", 1)[-1].removeprefix("schema:") for value in listed if isinstance(value, str))


def is_article(item: Linked) -> bool:
    """Whether a linked-data object is an article of any of schema.org's kinds."""
    return any(kind.endswith(ARTICLE_KINDS) for kind in kinds(item))


def main_article(items: Iterable[Linked], *addresses: str) -> Linked:
    """The object that is the article at one of the addresses; {} where none is an article.

    An article with one of the addresses goes before one without any, and that before one of another address, which is
    a related one as a rule. One that states nothing but its name and type is a reference.
    """
    here = {place_of(address) for address in addresses}
    best: Linked = {}
    best_rank = 0
    for item in items:
        if not is_article(item):
            continue
        stated = {place_of(address) for address in stated_addresses(item)} - {""}
        rank = 2 * (3 if stated & here else 2 if not stated else 1)
        rank += any(item.get(name) for name in ("headline", "datePublished", "articleBody", "author"))
        if rank > best_rank:
            best, best_rank = item, rank
    return best


def stated_addresses(item: Linked) -> Iterator[str]:
    """Where a linked-data object says that it is found."""
    for name in ADDRESSES:
        value = item.get(name)
        inner = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(inner, str) and "://" in inner:
            yield inner


def place_of(url: str) -> str:
    """Host and path of an address, in one spelling; "" for the front page of a site and for no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}" if path else ""


def resolved(value: Any, items: Iterable[Linked]) -> Any:
    """The value with a reference (an object that has nothing but an @id) replaced by the object it refers to."""
    if isinstance(value, list):
        return [resolved(each, items) for each in value[:MAX_VALUES]]
    if not isinstance(value, dict) or not isinstance(value.get("@id"), str) or value.keys() - {"@id", "@type"}:
        return value
    named = (item for item in items if item.get("@id") == value["@id"] and item.keys() - {"@id", "@type"})
    return next(named, value)
