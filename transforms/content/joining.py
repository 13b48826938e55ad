"""The pages of one article put together, in the order in which each names the next.

What every page repeats stands once: title, standfirst, notices, the count of the pages. A page that was not had, cannot
be read or is none of the article's ends the text before it, and is what is missing. Live blogs are not joined: their
further pages are older updates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from transforms.content.boilerplate import HEAD, TAIL, key
from transforms.content.following import is_page_of, next_url
from transforms.content.forms import LIVE_BLOG
from transforms.content.page import UnreadablePage
from transforms.content.paragraphs import MAX_TEXT, SEPARATOR
from transforms.content.selectors import Selectors
from transforms.content.sheets import Body, Sheet, read_sheet

REPEATED_WORDS = 5  # in the middle of a page, a line of fewer ("Yes.") may be said twice
COUNT = re.compile(
    r"\W*(?:page|seite|pagina|página|sida|side|strona)?\s*\d{1,2}\s*(?:of|/|von|van|de|di|sur|av|af|z)\s*\d{1,2}\W*",
    re.IGNORECASE,
)


def joined_sheets(first: Sheet, row: dict[str, Any], selectors: Selectors) -> tuple[list[Sheet], str | None]:
    """The pages of the article from its first on, and the address of the one that is missing; None where it is whole.

    row: what `content` reads; its `following` are the pages that were had, by the addresses asked for.
    """
    sheets, onward = [first], next_url(first.page)
    if first.form == LIVE_BLOG:
        return sheets, onward
    given = {page["url"]: page for page in row["following"] or ()}
    had = {row["url"], first.page.url}
    said = {key(line) for line in first.body.lines}
    size = length(first)
    while onward is not None and (page := given.pop(onward, None)) is not None:
        sheet = following_sheet(first, row, page, selectors, said)
        size += length(sheet) if sheet else 0
        if sheet is None or size > MAX_TEXT:
            break
        sheets.append(sheet)
        said.update(map(key, sheet.body.lines))
        had.update((onward, sheet.page.url))
        onward = next_url(sheet.page)
        if onward in had:
            onward = None
    if len(sheets) > 1:
        sheets[0] = replace(first, body=Body([line for line in first.body.lines if not COUNT.fullmatch(line)]))
    return sheets, onward


def length(sheet: Sheet) -> int:
    """Characters that its lines take in a text, what stands between them included."""
    return sum(len(line) + len(SEPARATOR) for line in sheet.body.lines)


def following_sheet(
    first: Sheet, row: dict[str, Any], page: dict[str, Any], selectors: Selectors, said: set[str]
) -> Sheet | None:
    """A page after the first, without what was said; None where it cannot be read or is none of the article's."""
    try:
        sheet = read_sheet(row, page, selectors, first.form, first.metadata.titles)
    except UnreadablePage:
        return None
    if not is_page_of(sheet.page, page["url"]):
        return None
    return replace(sheet, body=Body(new_lines(sheet.body.lines, said)))


def new_lines(lines: list[str], said: set[str]) -> list[str]:
    """The lines that no earlier page has, and that do not count the pages."""
    kept = []
    for index, line in enumerate(lines):
        words = key(line)
        is_edge = index < HEAD or index >= len(lines) - TAIL
        is_repeated = words in said and (is_edge or words.count(" ") >= REPEATED_WORDS - 1)
        if words and not is_repeated and not COUNT.fullmatch(line):
            kept.append(line)
    return kept
