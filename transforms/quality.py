"""The transform `quality`: which articles are kept, why the others are not, and whether a paywall cut one short.

Rules on the columns of `content`, none of which names a source. Rules run in order; the first that applies rejects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from transforms.contract import KEYS, SPAN, TIMESTAMP, Transform
from transforms.models import Models
from transforms.verdict_phrases import BLOCKED, CONSENT, ERROR_TEXT, ERROR_TITLE, VIDEO_TEXT, VIDEO_TITLE

FEW_WORDS = 30  # a flash of one or two sentences has more
SHORT_PAGE = 150  # words; an error page or consent text has less, an article about errors or consent more
VIDEO_WORDS = 80  # a stub's caption; a video with a real text has more
TEASER_SENTENCES = 2  # of real text, from which a paywalled article is kept
PARTIAL_WORDS = 220  # a paywalled article with fewer is a teaser
TEASERS = 0.5  # share of the text; an article that shows some cards of others has less
NOTICE_WORDS = 350  # a page with more shows its text, whatever its templates say about subscribers

FULL_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»“)\]]*$")
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|[,;:–-])$")
VIDEO_KINDS = re.compile(r"^video|^VideoObject$", re.IGNORECASE)
INDEX_KINDS = ("CollectionPage", "ItemList", "SearchResultsPage")


def _required(name: str, kind: pa.DataType) -> pa.Field[Any]:
    return pa.field(name, kind, nullable=False)


READS = pa.schema(
    [
        *KEYS,
        _required("body_hash", pa.string()),
        pa.field("title", pa.string()),
        _required("text", pa.string()),
        _required("paragraphs", pa.list_(SPAN)),
        _required("sentences", pa.list_(SPAN)),
        _required("authors", pa.list_(pa.string())),
        pa.field("published_at", TIMESTAMP),
        _required("words", pa.int32()),
        pa.field("is_free_to_read", pa.bool_()),
        _required("has_paywall_notice", pa.bool_()),
        pa.field("page_type", pa.string()),
        _required("link_share", pa.float32()),
        _required("teaser_share", pa.float32()),
        pa.field("extraction_error", pa.string()),
    ]
)
WRITES = pa.schema(
    [
        *KEYS,
        _required("body_hash", pa.string()),
        _required("verdict", pa.string()),  # kept | rejected
        pa.field("reason", pa.string()),  # why rejected, one of REASONS
        _required("is_paywalled", pa.bool_()),
        _required("is_partial", pa.bool_()),
        _required("score", pa.float32()),  # 0 to 1
    ]
)


@dataclass(frozen=True)
class Seen:
    """What the rules look at.

    full: sentences of five words and more that end as sentences do. labels: the share of paragraphs, 0 to 1, that are
    no sentence, as headlines and labels are.
    """

    title: str
    text: str
    words: int
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]
    full: int
    labels: float
    link_share: float
    teaser_share: float
    page_type: str
    is_paywalled: bool
    extraction_error: str | None


def seen(row: dict[str, Any]) -> Seen:
    """The view of one row of READS."""
    text: str = row["text"]
    paragraphs = tuple(text[span["start"] : span["end"]] for span in row["paragraphs"])
    sentences = tuple(text[span["start"] : span["end"]] for span in row["sentences"])
    labels = sum(1 for paragraph in paragraphs if not FULL_SENTENCE.search(paragraph))
    stated = row["is_free_to_read"]
    return Seen(
        title=row["title"] or "",
        text=text,
        words=row["words"],
        paragraphs=paragraphs,
        sentences=sentences,
        full=sum(1 for sentence in sentences if is_full(sentence)),
        labels=labels / len(paragraphs) if paragraphs else 0.0,
        link_share=row["link_share"],
        teaser_share=row["teaser_share"],
        page_type=row["page_type"] or "",
        is_paywalled=stated is False or (row["has_paywall_notice"] and stated is None and row["words"] < NOTICE_WORDS),
        extraction_error=row["extraction_error"],
    )


def is_full(sentence: str) -> bool:
    """Whether it ends as a sentence does and has the length of one; in scripts without spaces, twelve characters."""
    long_enough = len(sentence.split()) >= 5 or (len(sentence) >= 12 and sentence[-1] in "。！？")
    return long_enough and bool(FULL_SENTENCE.search(sentence))


def extraction_failed(page: Seen) -> bool:
    """The page could not be read, for another reason than that there is nothing on it."""
    return page.extraction_error is not None and not page.extraction_error.startswith("empty")


def error_page(page: Seen) -> bool:
    """A soft 404, a server's error served as a page, or a check for robots."""
    if page.words >= SHORT_PAGE:
        return False
    if ERROR_TITLE.search(page.title) or BLOCKED.search(page.title):
        return True
    opening = page.text[:300]
    return bool(ERROR_TEXT.search(opening) or BLOCKED.search(opening)) and page.words < SHORT_PAGE / 2


def cookie_wall(page: Seen) -> bool:
    """Consent text in place of an article: many phrases of consent for its length."""
    phrases = {match.group().lower() for match in CONSENT.finditer(page.text)}
    asking = sum(1 for sentence in page.sentences if CONSENT.search(sentence))
    share = asking / len(page.sentences) if page.sentences else 0.0
    if page.words < SHORT_PAGE and CONSENT.search(page.title):
        return True
    return (len(phrases) >= 2 and share >= 0.4) or (len(phrases) >= 3 and share >= 0.25)


def video_page(page: Seen) -> bool:
    """A video with a caption."""
    if page.words >= VIDEO_WORDS:
        return False
    stated = bool(VIDEO_KINDS.search(page.page_type) or VIDEO_TITLE.search(page.title))
    return stated or bool(VIDEO_TEXT.search(page.text))


def paywall_only(page: Seen) -> bool:
    """A paywall with less than a teaser before it."""
    return page.is_paywalled and page.full < TEASER_SENTENCES


def empty_page(page: Seen) -> bool:
    """No text at all."""
    return not page.text


def index_page(page: Seen) -> bool:
    """A list of other articles: mostly links or cards, or headlines and cut-off teasers in turn."""
    if page.teaser_share >= TEASERS:
        return True
    if len(page.paragraphs) < 4:
        return False
    cut = sum(1 for paragraph in page.paragraphs if CUT_OFF.search(paragraph)) / len(page.paragraphs)
    limit = 0.25 if page.page_type in INDEX_KINDS else 0.5
    if page.link_share >= limit:
        return True
    return page.labels >= 0.4 and (page.link_share >= 0.25 or cut >= 0.3)


def too_short(page: Seen) -> bool:
    """Too little to be an article."""
    return page.words < FEW_WORDS or page.full == 0


# In the order in which they are asked.
REASONS: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
    ("extraction_failed", extraction_failed),
    ("error_page", error_page),
    ("cookie_wall", cookie_wall),
    ("video_page", video_page),
    ("paywall_only", paywall_only),
    ("empty_page", empty_page),
    ("index_page", index_page),
    ("too_short", too_short),
)


def score(page: Seen, has_author: bool, has_date: bool) -> float:
    """0 to 1: length, share of full sentences, freedom from links, and title, author and date stated."""
    length = min(1.0, page.words / 300)
    prose = page.full / len(page.sentences) if page.sentences else 0.0
    stated = (bool(page.title) + has_author + has_date) / 3
    return 0.35 * length + 0.3 * prose + 0.15 * (1.0 - min(1.0, page.link_share)) + 0.2 * stated


def judged(row: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one row of READS, as a row of WRITES."""
    page = seen(row)
    reason = next((name for name, applies in REASONS if applies(page)), None)
    made = score(page, bool(row["authors"]), row["published_at"] is not None) if page.text else 0.0
    is_partial = bool(page.text) and (
        (page.is_paywalled and page.words < PARTIAL_WORDS) or bool(re.search(r"(?:…|\.\.\.)\]?$", page.text))
    )
    return {
        **{name: row[name] for name in ("article_id", "revision_id", "body_hash")},
        "verdict": "kept" if reason is None else "rejected",
        "reason": reason,
        "is_paywalled": page.is_paywalled,
        "is_partial": is_partial,
        "score": made * (0.8 if is_partial else 1.0) * (1.0 if reason is None else 0.3),
    }


def apply(table: pa.Table, models: Models) -> pa.Table:  # noqa: ARG001 - the contract hands models to every transform
    """One verdict per row: the columns of WRITES."""
    return pa.Table.from_pylist([judged(row) for row in table.to_pylist()], schema=WRITES)


QUALITY = Transform(
    name="quality",
    version=1,
    inputs=("content",),
    reads=READS,
    writes=WRITES,
    apply=apply,
    parameters=f"{FEW_WORDS};{SHORT_PAGE};{VIDEO_WORDS};{TEASER_SENTENCES};{PARTIAL_WORDS};{NOTICE_WORDS};{TEASERS}",
)
