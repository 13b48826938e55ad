"""Sitemaps (sitemaps.org protocol 0.9, Google's news extension under any prefix): index, XML, gzip, plain text.

Names are matched without their namespace: many sites get that wrong, and none means anything else. The XML is read by
lxml with no entities, no DTD, no network and libxml2's own size limits, and mended where it is broken.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from flows.crawl.items import Item, Unreadable, distinct, make_item, moment

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Child:
    """A sitemap that an index names, with its lastmod."""

    url: str
    changed_at: datetime | None


@dataclass(frozen=True)
class Sitemap:
    """items: of the pages named. changed_at: their lastmod by URL. children: of an index. is_news: any news entry."""

    items: tuple[Item, ...]
    changed_at: dict[str, datetime]
    children: tuple[Child, ...]
    is_news: bool


def read_sitemap(body: bytes, url: str, limit_bytes: int) -> Sitemap:
    """The sitemap fetched from `url`; `limit_bytes` bounds what gzip may grow to. Raises Unreadable."""
    if body.startswith(_GZIP):
        body = _gunzipped(body, limit_bytes)
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Unreadable("an empty sitemap")
    if not start.startswith(b"<") and b"\x00" not in start:
        return _read_text(body, url)
    return _read_xml(body.lstrip(), url)


def _gunzipped(body: bytes, limit_bytes: int) -> bytes:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = inflater.decompress(body, limit_bytes + 1)
    except zlib.error as error:
        raise Unreadable(f"broken gzip: {error}") from error
    if len(text) > limit_bytes:
        raise Unreadable(f"more than {limit_bytes} bytes when unpacked")
    return text


def _read_text(body: bytes, url: str) -> Sitemap:
    lines = body.decode("utf-8-sig", "replace").split()
    links = [line for line in lines if line.startswith(("http://", "https://"))]
    if not links:
        raise Unreadable("not a sitemap: neither XML nor a list of URLs")
    return Sitemap(distinct([make_item(link, url, "sitemap") for link in links]), {}, (), is_news=False)


def _read_xml(body: bytes, url: str) -> Sitemap:
    items: list[Item | None] = []
    changed_at: dict[str, datetime] = {}
    children: list[Child] = []
    is_news = False
    events = etree.iterparse(
        io.BytesIO(body), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, element in events:
            name = _name(element)
            if name == "sitemap":
                child, changed = _location(element, url)
                if child is not None:
                    children.append(Child(child.url, changed))
            elif name == "url":
                item, changed = _location(element, url)
                items.append(item)
                is_news = is_news or any(_name(part) == "news" for part in element)
                if item is not None and changed is not None:
                    changed_at.setdefault(item.url, changed)
            else:
                continue
            element.clear()
        root = events.root
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"broken XML: {error}") from error
    dtd = root.getroottree().docinfo.internalDTD if root is not None else None
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise Unreadable("it declares entities of its own, as no honest sitemap does")
    if not items and not children and (root is None or _name(root) not in ("urlset", "sitemapindex")):
        raise Unreadable("not a sitemap: neither a urlset nor a sitemapindex")
    return Sitemap(distinct(items), changed_at, tuple(dict.fromkeys(children)), is_news)


def _location(element: etree._Element, url: str) -> tuple[Item | None, datetime | None]:
    """The item of a <url> or <sitemap> element, and its lastmod."""
    texts: dict[str, str] = {}
    for part in element:
        name = _name(part)
        if name == "news":
            for inner in part:
                texts.setdefault(f"news {_name(inner)}", (inner.text or "").strip())
        elif name in ("loc", "lastmod"):
            texts.setdefault(name, (part.text or "").strip())
    link = texts.get("loc", "")
    if not link or not (urlsplit(url).netloc or link.startswith("http")):
        return None, None
    item = make_item(link, url, "sitemap", title=texts.get("news title"), published=texts.get("news publication_date"))
    return item, moment(texts.get("lastmod"))


def _name(element: etree._Element) -> str:
    """The element's name without namespace or undeclared prefix, in lower case; "" for comments and the like."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()
