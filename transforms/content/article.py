"""One page's article: every reader of this folder asked, and the answers put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from transforms.content.blocks import block_lines
from transforms.content.body import body_lines
from transforms.content.boilerplate import without_boilerplate
from transforms.content.dates import modified, published
from transforms.content.following import next_url
from transforms.content.forms import ARTICLE, GALLERY, LIVE_BLOG, form_of
from transforms.content.galleries import with_captions
from transforms.content.language import language_of, stated_language
from transforms.content.links import link_share, link_texts
from transforms.content.live import Update, introduction, updates_of
from transforms.content.metadata import Metadata, read_metadata
from transforms.content.page import Page, UnreadablePage, parse_page
from transforms.content.paragraphs import MAX_TEXT, count_words, joined
from transforms.content.selectors import Selectors, read_selectors, remove, selected, selected_lines
from transforms.content.signs import signs_of
from transforms.content.teasers import teaser_share, teaser_texts
from transforms.paywall import has_notice
from transforms.sentences import sentence_spans

FEW_WORDS = 150  # with fewer, what the page shows besides is kept: it may say why there is no article
MAX_SHOWN = 3_000  # characters


@dataclass(frozen=True)
class Body:
    """The lines of an article, and of a live blog its updates as (first line, line after the last, moment)."""

    lines: list[str]
    updates: tuple[tuple[int, int, datetime | None], ...] = ()


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
    """The article on one page. `row` has the columns that `content` reads. Raises UnreadablePage."""
    page = parse_page(row["html"], row["final_url"] or row["url"])
    selectors = read_selectors(row["selectors"])
    remove(page.tree, selectors)
    titles = tuple(selected(page.tree, selectors.title))[:1]
    metadata = read_metadata(page, row["feed_title"], row["feed_author"], titles)
    links = link_texts(page.tree)
    form = form_of(page)
    body = read_body(page, form, selectors, metadata, frozenset(links), row["fetched_at"])
    text, paragraphs = joined(body.lines)
    if len(text) > MAX_TEXT:
        raise UnreadablePage(f"too large: {len(text)} characters of text, limit {MAX_TEXT}")
    seen = shown(page) if count_words(text) < FEW_WORDS else None
    judged = body.lines or (seen or "").split("\n")  # a list of links has no body, and is one all the same
    return Article(
        form=form,
        next_url=next_url(page),
        text=text,
        paragraphs=paragraphs,
        sentences=sentence_spans(text, paragraphs),
        updates=[
            {"start": paragraphs[first][0], "end": paragraphs[after - 1][1], "at": at}
            for first, after, at in body.updates
        ],
        language=language_of(text, stated_language(page), row["language_hint"]),
        has_paywall_notice=has_notice(page.tree),
        signs=signs_of(page.tree, judged if seen is not None else ()),
        shown=seen,
        link_share=link_share("\n".join(judged), links),
        teaser_share=teaser_share(judged, teaser_texts(page)),
        **dates(page, selectors, row["feed_published_at"], row["fetched_at"]),
        **stated(metadata),
    )


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


def read_body(
    page: Page, form: str, selectors: Selectors, metadata: Metadata, links: frozenset[str], fetched_at: datetime
) -> Body:
    """The article's lines: where the source's selectors say, else where they are found."""
    if pointed := selected_lines(page.tree, selectors):
        return Body(pointed)
    lines = without_boilerplate(body_lines(page), metadata.titles, links)
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


def shown(page: Page) -> str:
    """The beginning of what the page shows anywhere, a line a block."""
    body = page.tree.find(".//body")
    lines = block_lines(page.tree if body is None else body)
    return "\n".join(lines)[:MAX_SHOWN]
