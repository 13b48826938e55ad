"""One page of an article, read: what it states, what its links say, and the lines of its body."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from transforms.content.body import body_lines
from transforms.content.boilerplate import without_boilerplate
from transforms.content.forms import GALLERY, LIVE_BLOG, form_of
from transforms.content.galleries import with_captions
from transforms.content.links import link_texts
from transforms.content.live import Update, introduction, updates_of
from transforms.content.metadata import Metadata, read_metadata
from transforms.content.page import Page, parse_page
from transforms.content.selectors import Selectors, remove, selected, selected_lines


@dataclass(frozen=True)
class Body:
    """The lines of an article, and of a live blog its updates as (first line, line after the last, moment)."""

    lines: list[str]
    updates: tuple[tuple[int, int, datetime | None], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One page. links: how often each link text occurs."""

    page: Page
    body_hash: str
    form: str
    metadata: Metadata
    links: Counter[str]
    body: Body


def read_sheet(
    row: dict[str, Any], given: dict[str, Any], selectors: Selectors, form: str = "", titles: tuple[str, ...] = ()
) -> Sheet:
    """The page in `given` (url, final_url, body_hash, html) of the article of `row`. Raises UnreadablePage.

    form, titles: those of the article's first page, where this is another one.
    """
    page = parse_page(given["html"], given["final_url"] or given["url"])
    remove(page.tree, selectors)
    pointed = tuple(selected(page.tree, selectors.title))[:1]
    metadata = read_metadata(page, row["feed_title"], row["feed_author"], pointed)
    links = link_texts(page.tree)
    form = form or form_of(page)
    body = read_body(page, form, selectors, (*metadata.titles, *titles), frozenset(links), row["fetched_at"])
    return Sheet(page, given["body_hash"], form, metadata, links, body)


def read_body(
    page: Page, form: str, selectors: Selectors, titles: tuple[str, ...], links: frozenset[str], fetched_at: datetime
) -> Body:
    """The article's lines: where the source's selectors say, else where they are found."""
    if pointed := selected_lines(page.tree, selectors):
        return Body(pointed)
    lines = without_boilerplate(body_lines(page), titles, links)
    if form == LIVE_BLOG and (updates := updates_of(page, fetched_at)):
        return live_body(introduction(lines, updates), updates)
    return Body(with_captions(lines, page) if form == GALLERY else lines)


def live_body(introducing: list[str], updates: list[Update]) -> Body:
    """What introduces the blog, then its updates."""
    lines = list(introducing)
    places = []
    for update in updates:
        places.append((len(lines), len(lines) + len(update.lines), update.at))
        lines.extend(update.lines)
    return Body(lines, tuple(places))
