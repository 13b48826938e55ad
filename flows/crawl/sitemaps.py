"""Sitemaps (sitemaps.org protocol 0.9, Google's news extension under any prefix): index, XML, gzip, plain text.

Names are matched without their namespace: many sites get that wrong, and none means anything else. The XML is read by
lxml with no entities, no DTD, no network and libxml2's own size limits, and mended where it is broken.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from flows.crawl.charset import decode
from flows.crawl.dates import moment
from flows.crawl.items import Item, Unreadable, distinct, make_item
from flows.crawl.xml_text import unpacked, xml_text

_ROOTS = "urlset|sitemapindex|url|sitemap|rss|feed|rdf"
_BEGINNING = re.compile(rf"<\?xml\b|<!DOCTYPE\b|<(?:[\w.-]{{1,20}}:)?(?:{_ROOTS})\b", re.IGNORECASE)


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


def read_sitemap(body: bytes, url: str, limit_bytes: int, content_type: str = "") -> Sitemap:
    """The sitemap fetched from `url`; `limit_bytes` bounds what gzip may grow to. Raises Unreadable."""
    body = unpacked(body, limit_bytes)
    if not body.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Unreadable("an empty sitemap")
    text = xml_text(body, content_type, _BEGINNING)
    return _read_xml(text, url) if text else _read_text(decode(body, content_type)[0], url)


def _read_text(text: str, url: str) -> Sitemap:
    links = [line for line in text.split() if line.startswith(("http://", "https://"))]
    if not links:
        raise Unreadable("not a sitemap: neither XML nor a list of URLs")
    return Sitemap(distinct([make_item(link, url, "sitemap") for link in links]), {}, (), is_news=False)


def _read_xml(text: str, url: str) -> Sitemap:
    items: list[Item | None] = []
    changed_at: dict[str, datetime] = {}
    children: list[Child] = []
    is_news = False
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    events = etree.iterparse(
        stream, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        for _, element in events:
            name = _name(element)
            if name not in ("sitemap", "url") or _is_inside_another(element):
                continue
            item, changed = _location(element, url)
            if name == "sitemap" and item is not None:
                children.append(Child(item.url, changed))
            elif name == "url":
                items.append(item)
                is_news = is_news or any(_name(part) == "news" for part in element)
                if item is not None and changed is not None:
                    changed_at.setdefault(item.url, changed)
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


def _is_inside_another(element: etree._Element) -> bool:
    """Some write <loc><url>address</url></loc>."""
    parent = element.getparent()
    return parent is not None and _name(parent) == "loc"


def _location(element: etree._Element, url: str) -> tuple[Item | None, datetime | None]:
    """The item of a <url> or <sitemap> element, and its lastmod; some write the address without a <loc>."""
    texts: dict[str, str] = {}
    for part in element:
        name = _name(part)
        if name == "news":
            for inner in part:
                texts.setdefault(f"news {_name(inner)}", _all_text(inner))
        elif name in ("loc", "lastmod"):
            texts.setdefault(name, _all_text(part))
    link = texts.get("loc") or (element.text or "").strip()
    if not link or not (urlsplit(url).netloc or link.startswith("http")):
        return None, None
    item = make_item(link, url, "sitemap", title=texts.get("news title"), published=texts.get("news publication_date"))
    return item, moment(texts.get("lastmod"))


def _all_text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()


def _name(element: etree._Element) -> str:
    """The element's name without namespace or undeclared prefix, in lower case; "" for comments and the like."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()
