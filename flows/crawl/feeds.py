"""Feeds: RSS 0.9x to 2.0, RDF and Atom through feedparser, JSON Feed 1.0 and 1.1 by our own reading.

feedparser is given a stream, never a string (a string that looks like a path or a URL it would open), of the document
as `xml_text` mends it, so that its tolerant reader, which is slower and guesses, is seldom needed.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser

from flows.crawl.charset import decode
from flows.crawl.entityless import dangerous_entity
from flows.crawl.items import Item, Unreadable, distinct, make_item
from flows.crawl.xml_text import xml_text

_ROOTS = "rss|rdf|feed|channel|html"
_BEGINNING = re.compile(rf"<\?xml\b|<!DOCTYPE\s+(?:{_ROOTS})\b|<(?:[\w.-]{{1,20}}:)?(?:{_ROOTS})\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!DOCTYPE\s+)?html\b", re.IGNORECASE)
_INSIDE = re.compile(r"<(?:rss|rdf:rdf|feed)\b[^<>]*\b(?:xmlns|version)\b", re.IGNORECASE)  # some send it within a page
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_DATES = (("published", "published_parsed"), ("updated", "updated_parsed"), ("created", "created_parsed"))
_WRAPPERS = re.compile(r"https?://(?:www\.google\.[a-z.]{2,6}/url|www\.bing\.com/news/apiclick\.aspx)\?", re.I)
_NOT_PAGES = ("audio/", "video/", "image/", "application/x-bittorrent")


def read_feed(body: bytes, url: str, content_type: str = "") -> tuple[Item, ...]:
    """The items of a feed fetched from `url`, in its order, one per canonical URL. Raises Unreadable."""
    start = body[:1_000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"{"):
        return _read_json(decode(body.lstrip(), content_type)[0].lstrip("\ufeff"), url)
    return _read_xml(xml_text(body, content_type, _BEGINNING), url)


def _read_xml(text: str, url: str) -> tuple[Item, ...]:
    if _PAGE.match(text.lstrip()):
        inside = _INSIDE.search(text[:5_000])
        text = text[inside.start() :] if inside else ""
    if not text:
        raise Unreadable("not a feed: neither RSS, RDF, Atom nor JSON Feed")
    danger = dangerous_entity(text)
    if danger is not None:
        raise Unreadable(danger)
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    feedparser.api.PREFERRED_XML_PARSERS[:] = ["flows.crawl.entityless"]
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        parsed = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError) as error:
        raise Unreadable(f"feedparser fails on it: {type(error).__name__}: {error}") from error
    if not parsed.entries and not parsed.get("version"):  # an empty body has none at all
        raise Unreadable("not a feed: neither RSS, RDF, Atom nor JSON Feed")
    return distinct([_entry(entry, url) for entry in parsed.entries])


def _entry(entry: dict[str, Any], url: str) -> Item | None:
    stated_link = _link(entry)
    if not stated_link:
        return None
    stated, published_at = _published(entry)
    contents = entry.get("content") or [{}]
    return make_item(
        _text(entry.get("feedburner_origlink")) or _unwrapped(stated_link),
        url,
        "feed",
        title=_text(entry.get("title")),
        summary=_text(entry.get("summary")) or _text(contents[0].get("value")),
        author=_text(entry.get("author")),
        published=stated,
        published_at=published_at,
        stated_link=stated_link,
    )


def _link(entry: dict[str, Any]) -> str:
    """The first there is of: a page, in HTML before others; a guid that is an address; another link."""
    links = [link for link in entry.get("links", ()) if link.get("href")]
    pages = [link for link in links if not str(link.get("type", "")).startswith(_NOT_PAGES)]
    alternates = [link for link in pages if link.get("rel", "alternate") == "alternate"]
    in_html = [link for link in alternates if "html" in link.get("type", "html")]
    guid = _text(entry.get("id")) or ""
    candidates = (
        *(link["href"] for link in (*in_html[:1], *alternates[:1])),
        entry.get("link") if not links else None,
        guid if guid.startswith(("http://", "https://")) else None,
        *(link["href"] for link in pages if link.get("rel") in ("related", "via", "self", "canonical")),
        entry.get("feedburner_origlink"),
    )
    return next((str(link) for link in candidates if link), "")


def _unwrapped(link: str) -> str:
    """The page behind the link of a news search, which counts its clicks and closes that address to machines."""
    if not _WRAPPERS.match(link):
        return link
    try:
        asked = parse_qs(urlsplit(link).query)
    except ValueError:
        return link
    return next((found for name in ("url", "q") for found in asked.get(name, ()) if found.startswith("http")), link)


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


def _read_json(text: str, url: str) -> tuple[Item, ...]:
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        came = list(_items_that_came(text))
        if not came:
            raise Unreadable(f"not valid JSON: {error}") from error
        return distinct([_json_item(item, url) for item in came])
    items = _rss_in_json(feed) if isinstance(feed.get("rss"), dict) else feed.get("items")
    if not isinstance(items, list) or not (feed.get("rss") or "jsonfeed.org" in str(feed.get("version", ""))):
        raise Unreadable("JSON, but not a JSON Feed")
    return distinct([_json_item(item, url) for item in items if isinstance(item, dict)])


def _rss_in_json(feed: dict[str, Any]) -> object:
    """The items of an RSS feed that is spelled in JSON, under the names of JSON Feed."""
    channel = feed["rss"].get("channel")
    items = channel.get("item") if isinstance(channel, dict) else None
    if not isinstance(items, list):
        return items
    names = {"url": "link", "id": "guid", "title": "title", "summary": "description", "date_published": "pubDate"}
    return [{ours: item.get(name) for ours, name in names.items()} for item in items if isinstance(item, dict)]


def _items_that_came(text: str) -> Iterator[dict[str, Any]]:
    """The whole items of a JSON Feed that was cut."""
    start = _ITEMS.search(text)
    if start is None or "jsonfeed.org" not in text:
        return
    at, decoder = start.end(), json.JSONDecoder(strict=False)
    while (at := text.find("{", at)) >= 0:
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        if isinstance(item, dict):
            yield item


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
