"""The updates of a live blog: each with its words and its time, oldest first, so that a later reading of the same blog
adds at the end and leaves the places before it as they were."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from transforms.content.blocks import block_lines
from transforms.content.body import unmarked
from transforms.content.boilerplate import key
from transforms.content.linked import is_article, kinds
from transforms.content.moments import is_credible, parsed
from transforms.content.page import Page
from transforms.content.paragraphs import plain
from transforms.content.stated import strings

LEAST = 2  # updates; a blog of one is read as an article
MAX_UPDATES = 1_000
SCOPED = './/*[@itemscope and contains(concat(" ", normalize-space(@itemprop), " "), " liveBlogUpdate ")]'
CLASSED = re.compile(
    r"(?:^|[\s_-])(?:live[_-]?(?:blog|ticker|update|feed)|liveblog|ticker)s?[_-]{0,2}(?:post|update|entry|item|event|block"
    r"|message|element)?(?:$|[\s_-])",
    re.IGNORECASE,
)
TAGS = ("article", "section", "div", "li")


@dataclass(frozen=True)
class Update:
    """One entry of a live blog. at: None where it has no credible time."""

    lines: tuple[str, ...]
    at: datetime | None


def updates_of(page: Page, fetched_at: datetime) -> list[Update]:
    """The updates of a page that is a live blog, oldest first; in page order where a time is missing; [] where there
    are fewer than LEAST."""
    found = max((scoped(page, fetched_at), classed(page, fetched_at), stated(page, fetched_at)), key=size)
    once = list({tuple(map(key, update.lines)): update for update in found if update.lines}.values())
    if len(once) < LEAST:
        return []
    times = [update.at for update in once if update.at is not None]
    return sorted(once, key=lambda update: update.at or times[0]) if len(times) == len(once) else once


def size(updates: list[Update]) -> int:
    """Characters in the updates; none where they are too few to be a blog's."""
    return sum(len(line) for update in updates for line in update.lines) if len(updates) >= LEAST else 0


def scoped(page: Page, fetched_at: datetime) -> list[Update]:
    """Updates marked as such by microdata."""
    return [marked(element, fetched_at) for element in page.tree.xpath(SCOPED)[:MAX_UPDATES]]


def classed(page: Page, fetched_at: datetime) -> list[Update]:
    """Updates by their class: the largest group of siblings that are called so and each hold a time."""
    groups: dict[Any, list[Any]] = {}
    for element in page.tree.iter(*TAGS):
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if CLASSED.search(name) and element.getparent() is not None and next(element.iter("time"), None) is not None:
            groups.setdefault(element.getparent(), []).append(element)
    largest = max(groups.values(), key=len, default=[])
    return [marked(element, fetched_at) for element in largest[:MAX_UPDATES]]


def stated(page: Page, fetched_at: datetime) -> list[Update]:
    """Updates in the linked data."""
    found: list[Update] = []
    for item in page.linked_data:
        if "LiveBlogPosting" in kinds(item):
            listed = item.get("liveBlogUpdate")
            for entry in islice(listed if isinstance(listed, list) else [listed], MAX_UPDATES):
                if isinstance(entry, dict) and is_article(entry):
                    said = [*strings(entry.get("headline")), *strings(entry.get("articleBody"))]
                    lines = (plain(line) for text in said for line in unmarked(text).split("\n"))
                    at = moment(strings(entry.get("datePublished")), fetched_at)
                    found.append(Update(tuple(dict.fromkeys(filter(None, lines))), at))
    return found


def marked(element: Any, fetched_at: datetime) -> Update:
    """The update that an element of the page holds."""
    times = [each.get("datetime") or "" for each in islice(element.iter("time"), 5)]
    times += [each.get("content") or "" for each in element.iterfind('.//*[@itemprop="datePublished"]')]
    return Update(tuple(block_lines(element)), moment(times, fetched_at))


def moment(values: Any, fetched_at: datetime) -> datetime | None:
    """The first of the values that is a credible moment."""
    return next((each.at for each in parsed("json_ld", values) if is_credible(each, fetched_at)), None)


def introduction(lines: list[str], updates: list[Update]) -> list[str]:
    """The lines of a page's body that stand in none of its updates."""
    said = " | ".join(key(line) for update in updates for line in update.lines)
    kept = []
    for line in lines:
        words = key(line)
        if words and words not in said:
            kept.append(line)
    return kept
