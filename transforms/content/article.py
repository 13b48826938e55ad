"""One article: every reader of this folder asked, and the answers put together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from transforms.content.announced import announcement
from transforms.content.blocks import SILENT, SILENT_IN_FORMS, block_lines
from transforms.content.dates import modified, published
from transforms.content.doors import doors
from transforms.content.forms import ARTICLE
from transforms.content.joining import joined_sheets
from transforms.content.language import language_of, stated_language
from transforms.content.links import link_share
from transforms.content.metadata import Metadata
from transforms.content.page import Page, UnreadablePage
from transforms.content.paragraphs import MAX_TEXT, count_words, joined
from transforms.content.selectors import Selectors, read_selectors, selected
from transforms.content.sheets import Sheet, read_sheet
from transforms.content.signs import PUZZLE, is_challenge, signs_of
from transforms.content.teasers import teaser_share, teaser_texts
from transforms.paywall import has_notice
from transforms.sentences import sentence_spans

FEW_WORDS = 150  # with fewer, what the page shows besides is kept: it may say why there is no article
NO_WORDS = 30  # with fewer, what its forms say is kept too: a page may be nothing else
MAX_SHOWN = 3_000  # characters


@dataclass(frozen=True)
class Article:
    """What is read from one page; the defaults are those of a page that cannot be read."""

    form: str = ARTICLE
    canonical_url: str | None = None
    amp_url: str | None = None
    next_url: str | None = None
    title: str | None = None
    text: str = ""
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_at_source: str | None = None
    published_at_confidence: float | None = None
    modified_at: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    lead_image_url: str | None = None
    is_free_to_read: bool | None = None
    has_paywall_notice: bool = False
    page_type: str | None = None
    signs: list[str] = field(default_factory=list)
    shown: str | None = None
    link_share: float = 0.0
    teaser_share: float = 0.0
    extraction_error: str | None = None


def read_page(row: dict[str, Any]) -> Article:
    """The article on one page, or on several. `row` has the columns that `content` reads. Raises UnreadablePage."""
    selectors = read_selectors(row["selectors"])
    first = read_sheet(row, row, selectors)
    sheets, missing = joined_sheets(first, row, selectors)
    page = first.page
    lines = [line for sheet in sheets for line in sheet.body.lines]
    text, paragraphs = joined(lines)
    if len(text) > MAX_TEXT:
        raise UnreadablePage(f"too large: {len(text)} characters of text, limit {MAX_TEXT}")
    words = count_words(text)
    seen = shown(page, words < NO_WORDS) if words < FEW_WORDS else None
    judged = lines or (seen or "").split("\n")  # a list of links has no body, and is one all the same
    return Article(
        form=first.form,
        next_url=missing,
        text=text,
        paragraphs=paragraphs,
        sentences=sentence_spans(text, paragraphs),
        pages=places(sheets, paragraphs),
        updates=[
            {"start": paragraphs[begin][0], "end": paragraphs[after - 1][1], "at": at}
            for begin, after, at in first.body.updates
        ],
        language=language_of(text, stated_language(page), row["language_hint"]),
        has_paywall_notice=any(has_notice(sheet.page.tree) for sheet in sheets),
        signs=signs_of(page.tree) if seen is None else all_signs(page, row, judged),
        shown=seen,
        link_share=link_share("\n".join(judged), sum((sheet.links for sheet in sheets), Counter())),
        teaser_share=teaser_share(judged, frozenset().union(*(teaser_texts(sheet.page) for sheet in sheets))),
        **dates(page, selectors, row["feed_published_at"], row["fetched_at"]),
        **stated(first.metadata),
    )


def all_signs(page: Page, row: dict[str, Any], lines: list[str]) -> list[str]:
    """What a page with little text is built of, sorted; `lines` are what was read of it."""
    found = {*signs_of(page.tree, lines), *doors(page), *announcement(page, row["feed_title"], row["feed_summary"])}
    return sorted(found | ({PUZZLE} if is_challenge(row["html"]) else set()))


def places(sheets: list[Sheet], paragraphs: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Where the text of each page stands, of an article of several; a page that says nothing new has no place."""
    found: list[dict[str, Any]] = []
    begin = 0
    for sheet in sheets if len(sheets) > 1 else ():
        after = begin + len(sheet.body.lines)
        if after > begin:
            span = {"start": paragraphs[begin][0], "end": paragraphs[after - 1][1]}
            found.append({**span, "body_hash": sheet.body_hash})
        begin = after
    return found


def dates(page: Page, selectors: Selectors, feed_published_at: datetime | None, fetched_at: datetime) -> dict[str, Any]:
    """When the article was published, who says so, and when it was changed."""
    pointed = tuple(selected(page.tree, selectors.published, "datetime", "content"))
    found = published(page, feed_published_at, fetched_at, pointed)
    return {
        "published_at": found.at if found else None,
        "published_at_source": found.source if found else None,
        "published_at_confidence": found.confidence if found else None,
        "modified_at": modified(page, found, fetched_at),
    }


def stated(metadata: Metadata) -> dict[str, Any]:
    """The metadata that is a column as it is."""
    names = ("title", "authors", "site_name", "section", "tags", "lead_image_url", "canonical_url", "amp_url")
    return {name: getattr(metadata, name) for name in (*names, "is_free_to_read", "page_type")}


def shown(page: Page, with_forms: bool = False) -> str:
    """The beginning of what the page shows anywhere, a line a block."""
    body = page.tree.find(".//body")
    lines = block_lines(page.tree if body is None else body, SILENT_IN_FORMS if with_forms else SILENT)
    return "\n".join(lines)[:MAX_SHOWN]
