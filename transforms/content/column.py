"""The transform `content`: a page in, an article out. A page that cannot be read gives a row that says why."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import Any

import pyarrow as pa

from transforms.content.article import FEW_WORDS, NO_WORDS, Article, read_page
from transforms.content.language import code
from transforms.content.page import MAX_CHARACTERS, MAX_ELEMENTS, MAX_PAGE_TEXT, UnreadablePage
from transforms.content.paragraphs import MAX_TEXT, count_words, plain
from transforms.content.selectors import selectors_hash
from transforms.contract import KEYS, SPAN, TIMESTAMP, Transform
from transforms.models import Models


def _required(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind, nullable=False)


def _may_be_null(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind)


FOLLOWING = pa.struct(
    [
        _required("url", pa.string()),  # as asked for
        _may_be_null("final_url", pa.string()),
        _required("body_hash", pa.string()),
        _required("html", pa.string()),  # decoded
    ]
)
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
        _may_be_null("selectors", pa.string()),  # of the source's file, as JSON
        _may_be_null("following", pa.list_(FOLLOWING)),  # the pages on which it goes on, those that were had
        _may_be_null("pages_hash", pa.string()),  # of those pages; null without any
        _required("fetched_at", TIMESTAMP),
    ]
)
STRINGS = pa.list_(pa.string())
UPDATE = pa.struct([*SPAN, pa.field("at", TIMESTAMP)])
PLACE = pa.struct([*SPAN, pa.field("body_hash", pa.string(), nullable=False)])
MAX_REASON = 300  # characters
OUT_OF_MEMORY = "too large: reading it takes more memory than a page may"
WRITES = pa.schema(
    [
        *KEYS,
        _required("body_hash", pa.string()),
        _required("source_id", pa.string()),
        _required("url", pa.string()),
        _required("form", pa.string()),  # article | live_blog | gallery | video | audio
        _may_be_null("canonical_url", pa.string()),
        _may_be_null("amp_url", pa.string()),
        _may_be_null("next_url", pa.string()),  # the page on which the article goes on and that is missing
        _may_be_null("title", pa.string()),
        _required("text", pa.string()),  # without the title; paragraphs joined by an empty line
        _required("paragraphs", pa.list_(SPAN)),
        _required("sentences", pa.list_(SPAN)),
        _required("pages", pa.list_(PLACE)),  # which page each part of the text is from, where it is of several
        _required("updates", pa.list_(UPDATE)),  # of a live blog, oldest first
        _required("authors", STRINGS),
        _may_be_null("published_at", TIMESTAMP),
        _may_be_null("published_at_source", pa.string()),
        _may_be_null("published_at_confidence", pa.float32()),
        _may_be_null("modified_at", TIMESTAMP),  # where that is after its publication
        _may_be_null("language", pa.string()),
        _may_be_null("site_name", pa.string()),
        _may_be_null("section", pa.string()),
        _required("tags", STRINGS),
        _may_be_null("lead_image_url", pa.string()),
        _required("words", pa.int32()),
        _may_be_null("is_free_to_read", pa.bool_()),
        _required("has_paywall_notice", pa.bool_()),  # the page says that the article goes on for subscribers
        _may_be_null("page_type", pa.string()),
        _required("signs", STRINGS),  # what the page is built of beside its text; see signs.py
        _may_be_null("shown", pa.string()),  # what it shows anywhere, where there is hardly an article
        _required("link_share", pa.float32()),
        _required("teaser_share", pa.float32()),  # of the text, inside cards that lead to other articles
        _may_be_null("selectors_hash", pa.string()),
        _may_be_null("pages_hash", pa.string()),  # of the further pages that it was read with
        _may_be_null("extraction_error", pa.string()),
        _required("fetched_at", TIMESTAMP),
    ]
)


def read_or_say_why(row: dict[str, Any]) -> pa.Table:
    """One row of WRITES: the article, or an empty one whose extraction_error says why there is none.

    Where it cannot be read with its further pages, it is read without them.
    """
    made = attempted(row)
    if row["following"] and made["extraction_error"][0].is_valid:
        made = attempted({**row, "following": None})
    return made


def attempted(row: dict[str, Any]) -> pa.Table:
    """One row of WRITES from all that `row` has."""
    try:
        return written(row, read_page(row))
    except UnreadablePage as error:
        reason = str(error)
    except MemoryError:
        reason = OUT_OF_MEMORY
    except Exception as error:  # the boundary of one page: whatever broke on it costs this page alone
        reason = f"{type(error).__name__}: {error}"
    return unread(row, reason)


def unread(row: dict[str, Any], reason: str) -> pa.Table:
    """One row of WRITES for a page that cannot be read. `row` needs no HTML."""
    said = plain(reason[:MAX_REASON])
    return written(row, Article(title=row["feed_title"], language=code(row["language_hint"]), extraction_error=said))


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
        **{name: row[name] for name in ("article_id", "body_hash", "source_id", "url", "pages_hash", "fetched_at")},
        **asdict(read),
        "revision_id": revision_id(read.text),
        "paragraphs": spans(read.paragraphs),
        "sentences": spans(read.sentences),
        "words": count_words(read.text),
        "selectors_hash": selectors_hash(row["selectors"]),
    }
    return pa.Table.from_pylist([made], schema=WRITES)


def spans(pairs: list[tuple[int, int]]) -> list[dict[str, int]]:
    """[start, end) pairs as rows of SPAN."""
    return [{"start": start, "end": end} for start, end in pairs]


CONTENT = Transform(
    name="content",
    version=5,
    inputs=("pages",),
    reads=READS,
    writes=WRITES,
    apply=apply,
    parameters=f"precision,balanced;{MAX_CHARACTERS};{MAX_ELEMENTS};{MAX_PAGE_TEXT};{MAX_TEXT};{FEW_WORDS};{NO_WORDS}",
)
