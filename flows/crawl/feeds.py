"""Feeds: RSS 0.9x to 2.0, RDF and Atom through feedparser, JSON Feed 1.0 and 1.1 by our own reading.

feedparser is given a stream, never a string (a string that looks like a path or a URL it would open), and the charset
that the bytes prove, because it believes a Content-Type header before the XML declaration.
"""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser

from flows.crawl.items import Item, Unreadable, distinct, make_item

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_DATES = (("published", "published_parsed"), ("updated", "updated_parsed"), ("created", "created_parsed"))


def read_feed(body: bytes, url: str, content_type: str = "") -> tuple[Item, ...]:
    """The items of a feed fetched from `url`, in its order, one per canonical URL. Raises Unreadable."""
    start = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _read_json(body, url)
    return _read_xml(body, url, content_type)


def _read_xml(body: bytes, url: str, content_type: str) -> tuple[Item, ...]:
    headers = {"content-location": url, "content-type": _with_charset(body, content_type)}
    feedparser.api.PREFERRED_XML_PARSERS[:] = ["flows.crawl.entityless"]
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError) as error:
        raise Unreadable(f"feedparser fails on it: {type(error).__name__}: {error}") from error
    if not parsed.entries and not parsed.get("version"):  # an empty body has none at all
        raise Unreadable("not a feed: neither RSS, RDF, Atom nor JSON Feed")
    return distinct([_entry(entry, url) for entry in parsed.entries])


def _with_charset(body: bytes, content_type: str) -> str:
    declared = _DECLARED.match(body)
    if declared is None or declared[1].lower() in (b"utf-8", b"utf8"):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            return "application/xml" if declared else f"application/xml;{content_type.partition(';')[2]}"
        return "application/xml; charset=utf-8"
    return "application/xml"


def _entry(entry: dict[str, Any], url: str) -> Item | None:
    link = _link(entry)
    if not link:
        return None
    stated, published_at = _published(entry)
    contents = entry.get("content") or [{}]
    return make_item(
        link,
        url,
        "feed",
        title=_text(entry.get("title")),
        summary=_text(entry.get("summary")) or _text(contents[0].get("value")),
        author=_text(entry.get("author")),
        published=stated,
        published_at=published_at,
    )


def _link(entry: dict[str, Any]) -> str:
    """The original behind a feed proxy's link, else the link, else an alternate one, else a guid that is a URL."""
    alternates = [link.get("href") for link in entry.get("links", ()) if link.get("rel", "alternate") == "alternate"]
    guid = _text(entry.get("id")) or ""
    candidates = (entry.get("feedburner_origlink"), entry.get("link"), *alternates)
    named = next((str(link) for link in candidates if link), "")
    return named or (guid if guid.startswith(("http://", "https://")) else "")


def _published(entry: dict[str, Any]) -> tuple[str | None, datetime | None]:
    for name, parsed_name in _DATES:
        if name in entry:
            return _text(entry[name]), _utc(entry.get(parsed_name) if parsed_name in entry else None)
    return None, None


def _utc(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except (ValueError, TypeError, OverflowError):
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _read_json(body: bytes, url: str) -> tuple[Item, ...]:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not valid JSON: {error}") from error
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise Unreadable("JSON, but not a JSON Feed")
    return distinct([_json_item(item, url) for item in items if isinstance(item, dict)])


def _json_item(item: dict[str, Any], url: str) -> Item | None:
    guid = _text(item.get("id")) or ""
    link = _text(item.get("url")) or _text(item.get("external_url")) or (guid if guid.startswith("http") else "")
    if not link:
        return None
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = [_text(author.get("name")) for author in authors or () if isinstance(author, dict)]
    texts = (item.get(name) for name in ("summary", "content_text", "content_html"))
    return make_item(
        link,
        url,
        "feed",
        title=_text(item.get("title")),
        summary=next((text for text in texts if _text(text)), None),
        author=", ".join(name for name in names if name) or None,
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
    )
