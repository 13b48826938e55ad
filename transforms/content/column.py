"""The transform `content`: a page in, an article out. A page that cannot be read gives a row that says why."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import pyarrow as pa

from transforms.content.body import body_lines
from transforms.content.boilerplate import without_boilerplate
from transforms.content.dates import Stated, published
from transforms.content.language import code, language_of
from transforms.content.links import link_share, link_texts
from transforms.content.metadata import Metadata, read_metadata
from transforms.content.page import MAX_CHARACTERS, MAX_ELEMENTS, MAX_PAGE_TEXT, Page, UnreadablePage, parse_page
from transforms.content.paragraphs import MAX_TEXT, count_words, joined, plain
from transforms.content.teasers import teaser_share, teaser_texts
from transforms.contract import KEYS, SPAN, TIMESTAMP, Transform
from transforms.models import Models
from transforms.paywall import has_notice
from transforms.sentences import sentence_spans


def _required(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind, nullable=False)


def _may_be_null(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind)


READS = pa.schema(
    [
        _required("article_id", pa.string()),
        _required("source_id", pa.string()),
        _required("url", pa.string()),
        _may_be_null("final_url", pa.string()),
        _required("body_hash", pa.string()),
        _required("html", pa.string()),  # decoded
        _may_be_null("feed_title", pa.string()),
        _may_be_null("feed_summary", pa.string()),
        _may_be_null("feed_author", pa.string()),
        _may_be_null("feed_published_at", TIMESTAMP),
        _may_be_null("language_hint", pa.string()),
        _required("fetched_at", TIMESTAMP),
    ]
)
STRINGS = pa.list_(pa.string())
MAX_REASON = 300  # characters
WRITES = pa.schema(
    [
        *KEYS,
        _required("body_hash", pa.string()),
        _required("source_id", pa.string()),
        _required("url", pa.string()),
        _may_be_null("canonical_url", pa.string()),
        _may_be_null("title", pa.string()),
        _required("text", pa.string()),  # without the title; paragraphs joined by an empty line
        _required("paragraphs", pa.list_(SPAN)),
        _required("sentences", pa.list_(SPAN)),
        _required("authors", STRINGS),
        _may_be_null("published_at", TIMESTAMP),
        _may_be_null("published_at_source", pa.string()),
        _may_be_null("published_at_confidence", pa.float32()),
        _may_be_null("language", pa.string()),
        _may_be_null("site_name", pa.string()),
        _may_be_null("section", pa.string()),
        _required("tags", STRINGS),
        _may_be_null("lead_image_url", pa.string()),
        _required("words", pa.int32()),
        _may_be_null("is_free_to_read", pa.bool_()),
        _required("has_paywall_notice", pa.bool_()),  # the page says that the article goes on for subscribers
        _may_be_null("page_type", pa.string()),
        _required("link_share", pa.float32()),
        _required("teaser_share", pa.float32()),  # of the text, inside cards that lead to other articles
        _may_be_null("extraction_error", pa.string()),
        _required("fetched_at", TIMESTAMP),
    ]
)


@dataclass(frozen=True)
class Article:
    """What is read from one page; the defaults are those of a page that cannot be read."""

    canonical_url: str | None = None
    title: str | None = None
    text: str = ""
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_at_source: str | None = None
    published_at_confidence: float | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    lead_image_url: str | None = None
    is_free_to_read: bool | None = None
    has_paywall_notice: bool = False
    page_type: str | None = None
    link_share: float = 0.0
    teaser_share: float = 0.0
    extraction_error: str | None = None


def read_page(row: dict[str, Any]) -> Article:
    """The article on one page. `row` has the columns of READS. Raises UnreadablePage."""
    page = parse_page(row["html"], row["final_url"] or row["url"])
    metadata = read_metadata(page, row["feed_title"], row["feed_author"])
    stated = published(page, row["feed_published_at"], row["fetched_at"])
    links = link_texts(page.tree)
    lines = without_boilerplate(body_lines(page), metadata.titles, frozenset(links))
    text, paragraphs = joined(lines)
    if len(text) > MAX_TEXT:
        raise UnreadablePage(f"too large: {len(text)} characters of text, limit {MAX_TEXT}")
    shares = link_share(text, links), teaser_share(lines, teaser_texts(page))
    return article(page, metadata, stated, (text, paragraphs), shares, row["language_hint"])


def article(
    page: Page,
    metadata: Metadata,
    stated: Stated | None,
    body: tuple[str, list[tuple[int, int]]],
    shares: tuple[float, float],
    language_hint: str | None,
) -> Article:
    """The pieces put together."""
    text, paragraphs = body
    return Article(
        canonical_url=metadata.canonical_url,
        title=metadata.title,
        text=text,
        paragraphs=paragraphs,
        sentences=sentence_spans(text, paragraphs),
        authors=metadata.authors,
        published_at=stated.at if stated else None,
        published_at_source=stated.source if stated else None,
        published_at_confidence=stated.confidence if stated else None,
        language=language_of(
            text, page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang"), language_hint
        ),
        site_name=metadata.site_name,
        section=metadata.section,
        tags=metadata.tags,
        lead_image_url=metadata.lead_image_url,
        is_free_to_read=metadata.is_free_to_read,
        has_paywall_notice=has_notice(page.tree),
        page_type=metadata.page_type,
        link_share=shares[0],
        teaser_share=shares[1],
    )


def read_or_say_why(row: dict[str, Any]) -> pa.Table:
    """One row of WRITES: the article on one page, or an empty one whose extraction_error says why there is none."""
    try:
        return written(row, read_page(row))
    except UnreadablePage as error:
        reason = str(error)
    except Exception as error:  # the boundary of one page: whatever broke on it costs this page alone
        reason = f"{type(error).__name__}: {error}"
    reason = plain(reason[:MAX_REASON])
    return written(row, Article(title=row["feed_title"], language=code(row["language_hint"]), extraction_error=reason))


def revision_id(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of the UTF-8 text."""
    return sha256(text.encode("utf-8")).hexdigest()[:16]


def apply(table: pa.Table, models: Models) -> pa.Table:  # noqa: ARG001 - the contract hands models to every transform
    """One row per page: the columns of WRITES."""
    rows = [read_or_say_why(row) for row in table.to_pylist()]
    return pa.concat_tables(rows).combine_chunks() if rows else WRITES.empty_table()


def written(row: dict[str, Any], read: Article) -> pa.Table:
    """One page's row of WRITES. Raises what Arrow raises for a value that cannot be stored."""
    made = {
        **{name: row[name] for name in ("article_id", "body_hash", "source_id", "url", "fetched_at")},
        **asdict(read),
        "revision_id": revision_id(read.text),
        "paragraphs": spans(read.paragraphs),
        "sentences": spans(read.sentences),
        "words": count_words(read.text),
    }
    return pa.Table.from_pylist([made], schema=WRITES)


def spans(pairs: list[tuple[int, int]]) -> list[dict[str, int]]:
    """[start, end) pairs as rows of SPAN."""
    return [{"start": start, "end": end} for start, end in pairs]


CONTENT = Transform(
    name="content",
    version=1,
    inputs=("pages",),
    reads=READS,
    writes=WRITES,
    apply=apply,
    parameters=f"precision,balanced;{MAX_CHARACTERS};{MAX_ELEMENTS};{MAX_PAGE_TEXT};{MAX_TEXT}",
)
