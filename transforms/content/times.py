"""Dates in a page's markup: its time elements, and what htmldate (Barbaresi 2020) finds where nothing else is stated.

A clock, the day's date in a page's head and the dates of other articles are none of the article's.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime
from itertools import islice
from typing import Any

from htmldate import find_date

from transforms.content.moments import EARLIEST
from transforms.content.stated import text_of

PUBLISHED = re.compile(r"publi|pubdate|posted|entry-date|post-date|article-date|datum", re.IGNORECASE)
CHANGED = re.compile(r"updat|modif|aktualis|revis|edited|geändert|actualiz|mis-a-jour|aggiorn", re.IGNORECASE)
CHANGED_WORD = re.compile(
    r"\b(?:updated|last (?:modified|changed|edited)|modified|aktualisiert|geändert|zuletzt|mis à jour|modifié|"
    r"actualizado|atualizado|aggiornato|bijgewerkt|uppdaterad|oppdatert|opdateret|päivitetty|zaktualizowano)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?:^|[\s_-])(?:clock|uhr|reloj|horloge|today|current[_-]?(?:date|time|day)|(?:date|time)[_-]?now|now[_-]?(?:date|time)"
    r"|live[_-]?(?:date|time)|date[_-]?today|todays?[_-]?date|weather|wetter|copyright|topbar|top-bar|masthead)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
OUTSIDE = frozenset(("nav", "header", "footer", "aside"))
MAX_TIME_ELEMENTS = 200
MAX_ITEMPROPS = 20
LABEL = 60  # characters around a time element that may say what it is


def times_published(tree: Any) -> Iterator[str]:
    """Moments at which the article's markup says that it was published: those marked so, then the first time element
    inside the article."""
    unmarked: list[str] = []
    for element in islice(tree.iter("time"), MAX_TIME_ELEMENTS):
        stated = element.get("datetime") or ""
        if not stated or says_changed(element) or not in_article_area(element):
            continue
        parent = element.getparent()
        around = (parent.get("class") or "") if parent is not None else ""
        if element.get("pubdate") is not None or PUBLISHED.search(marks(element)) or PUBLISHED.search(around):
            yield stated
        elif next(element.iterancestors("article"), None) is not None:
            unmarked.append(stated)
    yield from items_stating(tree, "datePublished")
    yield from unmarked[:1]


def times_changed(tree: Any) -> Iterator[str]:
    """Moments at which the article's markup says that it was changed."""
    for element in islice(tree.iter("time"), MAX_TIME_ELEMENTS):
        if (stated := element.get("datetime")) and says_changed(element) and in_article_area(element):
            yield stated
    yield from items_stating(tree, "dateModified")


def items_stating(tree: Any, name: str) -> Iterator[str]:
    """What elements marked as a property say, outside any scope that would say whose it is."""
    for element in islice(tree.iterfind(f'.//*[@itemprop="{name}"]'), MAX_ITEMPROPS):
        stated = element.get("content") or element.get("datetime")
        if stated and element.tag != "meta" and in_article_area(element):
            yield stated


def marks(element: Any) -> str:
    """What an element calls itself."""
    return " ".join(element.get(name) or "" for name in ("class", "itemprop", "id"))


def says_changed(element: Any) -> bool:
    """Whether a time element is when something was changed, by its marks or by the word before it."""
    if CHANGED.search(marks(element)):
        return True
    before = element.getprevious()
    parent = element.getparent()
    said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return bool(CHANGED_WORD.search(f"{said[-LABEL:]} {text_of(element, LABEL)}"))


def in_article_area(element: Any) -> bool:
    """Whether the element is no clock and stands in no navigation, margin or list of teasers, nor in a header outside
    the article."""
    if CLOCK.search(marks(element)):
        return False
    for ancestor in element.iterancestors():
        if CLOCK.search(marks(ancestor)):
            return False
        if ancestor.tag in ("article", "main"):
            return next(ancestor.iterancestors("li"), None) is None
        if ancestor.tag in OUTSIDE - {"header"}:
            return False
        if ancestor.tag in ("header", "li") and next(ancestor.iterancestors("article", "main"), None) is None:
            return False
    return True


def day_guessed(tree: Any, url: str, latest: date) -> date | None:
    """htmldate's finding in what is neither clock nor margin, unless it is the day of the fetch or the first of a
    year, which are dates of clocks and copyright lines where nothing marks them."""
    found = find_date(
        without_clocks(tree),
        url=url,
        original_date=True,
        extensive_search=False,
        outputformat="%Y-%m-%d",
        min_date=EARLIEST.date().isoformat(),
        max_date=latest.isoformat(),
        deferred_url_extractor=True,
    )
    if not found:
        return None
    day = datetime.fromisoformat(found).date()
    return None if day >= latest or (day.month, day.day) == (1, 1) else day


def without_clocks(tree: Any) -> Any:
    """A copy of the tree without clocks, and without heads, margins and footers outside the article."""
    copied = deepcopy(tree)
    for element in [*copied.iter()]:
        if not isinstance(element.tag, str) or element.tag in ("html", "head", "body", "meta"):
            continue
        is_margin = element.tag in OUTSIDE and next(element.iterancestors("article", "main"), None) is None
        if element.getparent() is not None and (is_margin or CLOCK.search(marks(element))):
            element.drop_tree()
    return copied
