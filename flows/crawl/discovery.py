"""What a source announces: one reading for feeds, sitemaps and section pages, and the feeds of a home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flows.crawl.feeds import read_feed
from flows.crawl.items import Item, Unreadable
from flows.crawl.robots_rules import RobotsText
from flows.crawl.sections import base_of, parse_page, read_section, url_score
from flows.crawl.sitemaps import Child, Sitemap, read_sitemap
from flows.crawl.urls import NotAWebAddress, canonical_url
from flows.crawl.xml_text import unpacked
from flows.sources.source import Discover

FRESH_DAYS = 30  # of an ordinary sitemap; what changed before is for a backfill
ITEMS_LIMIT = 2_000  # of one poll, newest first; a news feed has up to 1,000, an ordinary sitemap up to 50,000
FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/xml",
        "text/xml",
    }
)
COMMON_FEED_PATHS = (
    "/feed",
    "/rss",
    "/feed/",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/rss/index.xml",
    "/feeds/posts/default",
    "/?feed=rss2",
)
COMMON_SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")


@dataclass(frozen=True)
class Reading:
    """What one body announces: items, and for a sitemap index the sitemaps to read next."""

    items: tuple[Item, ...]
    children: tuple[Child, ...] = ()


@dataclass(frozen=True)
class FeedLink:
    """A feed that a page names, or a place where one often lies."""

    url: str
    title: str


def read_announcement(
    discover: Discover, body: bytes, url: str, content_type: str, limit_bytes: int, now: datetime
) -> Reading:
    """The items of a body fetched from `url`, those that the source's include and exclude accept. Raises Unreadable."""
    body = unpacked(body, limit_bytes)
    if discover.kind == "feed":
        reading = Reading(read_feed(body, url, content_type))
    elif discover.kind == "section":
        reading = Reading(read_section(body, url, content_type))
    else:
        reading = _read_sitemap(discover, body, url, content_type, limit_bytes, now)
    accepted = (item for item in reading.items if discover.accepts(item.url))
    return Reading(tuple(accepted)[:ITEMS_LIMIT], reading.children)


def _read_sitemap(
    discover: Discover, body: bytes, url: str, content_type: str, limit_bytes: int, now: datetime
) -> Reading:
    if urlsplit(url).path == "/robots.txt":
        return Reading((), tuple(Child(named, None) for named in RobotsText(body).sitemap_urls(url)))
    try:
        sitemap = read_sitemap(body, url, limit_bytes, content_type)
    except Unreadable as failure:
        try:  # the protocol allows a feed in the place of a sitemap
            return Reading(read_feed(body, url, content_type))
        except Unreadable:
            raise failure from None
    return Reading(_articles(sitemap, discover.include is not None, now), sitemap.children)


def _articles(sitemap: Sitemap, is_chosen: bool, now: datetime) -> tuple[Item, ...]:
    """A news sitemap names articles alone; an ordinary one every page of years: fresh ones that look like articles."""
    if sitemap.is_news:
        return sitemap.items
    oldest = now - timedelta(days=FRESH_DAYS)
    changed = sitemap.changed_at
    fresh = [
        item
        for item in sitemap.items
        if changed.get(item.url, now) >= oldest and (is_chosen or url_score(item.url) >= 2)
    ]
    return tuple(sorted(fresh, key=lambda item: changed.get(item.url, oldest), reverse=True))


def discover_feeds(body: bytes, base_url: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """The feeds that a page names in `link rel=alternate` and in links that look like feeds. Raises Unreadable."""
    page = parse_page(body, content_type)
    base = base_of(page, base_url)
    found: dict[str, FeedLink] = {}
    for element in page.iter("link", "a"):
        href = (element.get("href") or "").strip()
        if not href or not _names_a_feed(element.tag, element.get("rel") or "", element.get("type") or "", href):
            continue
        try:
            url = canonical_url(href, base)
        except NotAWebAddress:
            continue
        title = " ".join((element.get("title") or "".join(element.itertext())).split())
        found.setdefault(url.rstrip("/"), FeedLink(url, title[:200]))  # some name it twice
    return tuple(found.values())


def common_sitemaps(home_url: str) -> tuple[str, ...]:
    """Where a site's sitemap often lies although its robots.txt names none."""
    return tuple(canonical_url(path, home_url) for path in COMMON_SITEMAP_PATHS)


def common_feeds(home_url: str) -> tuple[FeedLink, ...]:
    """Where a site's feed often lies although no page says so."""
    return tuple(FeedLink(canonical_url(path, home_url), "") for path in COMMON_FEED_PATHS)


def _names_a_feed(tag: str, rel: str, kind: str, href: str) -> bool:
    if tag == "link":
        relations = rel.lower().split()
        kind = kind.split(";")[0].strip().lower()
        is_feed = kind in FEED_TYPES or (kind == "application/json" and "feed" in href.lower())  # else an interface
        return "feed" in relations or ("alternate" in relations and is_feed)
    path = href.lower().partition("?")[0].rstrip("/")
    return path.endswith((".rss", "/rss", "rss.xml", "/feed", "feed.xml", "atom.xml", "feed.json", ".rdf"))
