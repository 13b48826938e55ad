"""One article as a source announces it, whatever announced it: feed, sitemap or section page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime

from flows.crawl.dates import STATED_LIMIT, moment
from flows.crawl.urls import NotAWebAddress, canonical_url

TITLE_LIMIT = 1_000  # characters, as the others
SUMMARY_LIMIT = 5_000

# Each of these reads a hostile text once: an opening without its end takes all that follows.
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|blockquote|figure|figcaption)\b[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)  # an open one hides the rest, as in browsers
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_SCHEMELESS = re.compile(r"www\.[a-z0-9-]+\.[a-z]", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


class Unreadable(ValueError):
    """A body that is not what the source's file says: not a feed, not a sitemap, not HTML."""


@dataclass(frozen=True)
class Item:
    """One announced article.

    url: canonical. url_as_found: as it stood, perhaps relative, perhaps that of a click counter in front of `url`.
    title, summary, author: plain text, or None.
    published_stated: word for word. published_at: the same in UTC, None where it cannot be read.
    found_by: feed, sitemap or section. found_in: the URL of that.
    """

    url: str
    url_as_found: str
    title: str | None
    summary: str | None
    author: str | None
    published_stated: str | None
    published_at: datetime | None
    found_by: str
    found_in: str


def make_item(
    link: str,
    base_url: str,
    found_by: str,
    *,
    title: str | None = None,
    summary: str | None = None,
    author: str | None = None,
    published: str | None = None,
    published_at: datetime | None = None,
    found_in: str | None = None,
    stated_link: str | None = None,
) -> Item | None:
    """The item of a link and what is said beside it, cleaned; None when nothing can lie behind the link.

    published_at: another reader's opinion, for what `moment` cannot read. stated_link: what stood there in place of
    `link`, where that was found elsewhere.
    """
    try:
        url = canonical_url(_meant(link), base_url)
    except NotAWebAddress:
        return None
    stated = _SPACE.sub(" ", _encodable(published or "")).strip()[:STATED_LIMIT] or None
    return Item(
        url=url,
        url_as_found=_encodable((stated_link or link).strip()[:2_000]),
        title=plain(title, TITLE_LIMIT),
        summary=plain(summary, SUMMARY_LIMIT),
        author=plain(author, TITLE_LIMIT),
        published_stated=stated,
        published_at=moment(stated) or published_at,
        found_by=found_by,
        found_in=found_in or base_url,
    )


def distinct(items: list[Item | None]) -> tuple[Item, ...]:
    """The items with a link, the first of each URL, in order."""
    by_url: dict[str, Item] = {}
    for item in items:
        if item is not None:
            by_url.setdefault(item.url, item)
    return tuple(by_url.values())


def plain(text: str | None, limit: int) -> str | None:
    """`text` without markup and entities, blanks folded, at most `limit` characters; None when nothing is left."""
    if not text:
        return None
    bare = _without_markup(html.unescape(_without_markup(text[: 20 * limit])))  # twice: some escape their markup
    kept = "".join(character for character in bare if character.isprintable() or character.isspace())
    return _SPACE.sub(" ", kept).strip()[:limit] or None


def _meant(link: str) -> str:
    """A link that was escaped once too often, or lost its scheme, as a browser's user would mend it."""
    mended = link.strip().replace("&amp;", "&")
    return f"//{mended}" if _SCHEMELESS.match(mended) else mended


def _encodable(text: str) -> str:
    """Half surrogates, which JSON can state and no table can hold, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _without_markup(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub("", _BLOCK.sub(" ", _COMMENT.sub("", _HIDDEN.sub(" ", text))))
