"""What a paper announces: RSS 2.0, Atom, JSON Feed, RDF, news sitemaps and robots.txt, as bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flows.press.dates import article_path, dated, local, modified_at, published_at
from flows.press.editions import Article, Paper
from flows.press.templating import render

FEED_PATHS = {"rss": "/feed.xml", "atom": "/atom.xml", "json_feed": "/feed.json", "rdf": "/index.rdf"}
FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json_feed": "application/feed+json",
    "rdf": "application/rdf+xml",
}
SITEMAP_INDEX, NEWS_SITEMAP, PAGES_SITEMAP = "/sitemap-index.xml", "/sitemap-news.xml", "/sitemap-sections.xml"
SECTION_PAGE = "/news/"
_SITEMAPS = {SITEMAP_INDEX: "sitemap_index.xml", NEWS_SITEMAP: "sitemap_news.xml", PAGES_SITEMAP: "sitemap_pages.xml"}
_TRACKING = "?utm_source=feed&utm_medium=rss&utm_campaign={paper}"


@dataclass(frozen=True)
class Item:
    """An article as a feed announces it. Dates are None for an undated one."""

    slug: str
    title: str
    title_is_html: bool
    link: str
    url: str
    guid: str
    summary: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    section: str
    published: datetime | None
    modified: datetime | None

    @property
    def rfc822(self) -> str:
        return format_datetime(self.published) if self.published else ""


def announced_at(paper: Paper) -> tuple[str, str]:
    """(kind of discovery, path) of the place where a paper announces its articles."""
    if paper.engine == "sitemap":
        return "sitemap", SITEMAP_INDEX
    if paper.engine == "section":
        return "section", SECTION_PAGE
    return "feed", FEED_PATHS[paper.engine]


def items(paper: Paper, anchor_date: date, night: int) -> list[Item]:
    """What the paper announces on that night, newest first, at most `feed_length`."""
    return [_item(paper, article, anchor_date, night) for article in paper.visible(night)[: paper.feed_length]]


def _item(paper: Paper, article: Article, anchor_date: date, night: int) -> Item:
    article = dated(article, paper, anchor_date)
    path = article.listed_as or article_path(article, paper, anchor_date)
    url = f"http://{paper.domain}{path}"
    links = {
        "absolute": url,
        "relative": urlsplit(url).path,
        "tracking": url + _TRACKING.format(paper=paper.paper_id),
    }
    return Item(
        slug=article.slug,
        title=article.feed_title or article.title,
        title_is_html=bool(article.feed_title),
        link=links[paper.links],
        url=url,
        guid=article.guid or url,
        summary=article.summary,
        authors=article.authors,
        tags=article.tags,
        section=article.section,
        published=None if article.undated else local(published_at(article, anchor_date), paper),
        modified=None if article.undated else local(modified_at(article, anchor_date, night), paper),
    )


def feed(paper: Paper, anchor_date: date, night: int) -> bytes:
    """The paper's feed in its own charset."""
    announced = items(paper, anchor_date, night)
    if paper.engine == "json_feed":
        return _json_feed(paper, announced)
    updated = max((item.modified for item in announced if item.modified), default=None)
    text = render(
        f"{paper.engine}.xml", paper=paper, items=announced, updated=updated, self_path=FEED_PATHS[paper.engine]
    )
    return text.encode(paper.charset, "xmlcharrefreplace")


def _json_feed(paper: Paper, announced: list[Item]) -> bytes:
    home = f"http://{paper.domain}"
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": paper.name,
        "home_page_url": f"{home}/",
        "feed_url": home + FEED_PATHS["json_feed"],
        "description": f"{paper.tagline} (Fictional sample text written for Nightdesk.)",
        "language": paper.language,
        "items": [_json_item(item) for item in announced],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(item: Item) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "summary": item.summary,
        "content_text": item.summary,
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
    }
    if item.published and item.modified:
        entry["date_published"] = item.published.isoformat()
        entry["date_modified"] = item.modified.isoformat()
    return entry


def sitemap(paper: Paper, path: str, anchor_date: date, night: int) -> bytes:
    """The sitemap at `path`: the index, the news, or the section pages (which are no articles)."""
    announced = items(paper, anchor_date, night)
    pages = [f"http://{paper.domain}/section/{name.lower().replace(' ', '-')}" for name in paper.sections]
    maps = [f"http://{paper.domain}{name}" for name in (NEWS_SITEMAP, PAGES_SITEMAP)]
    return render(_SITEMAPS[path], paper=paper, items=announced, pages=pages, maps=maps).encode()


def robots(paper: Paper, time_scale: float) -> bytes:
    """The paper's robots.txt. The crawl delay shrinks with `time_scale`."""
    lines = [f"# {paper.name}: fictional sample text written for Nightdesk", "User-agent: *"]
    lines += [f"Disallow: {path}" for path in paper.disallow] or ["Disallow:"]
    if paper.crawl_delay_seconds is not None:
        lines.append(f"Crawl-delay: {paper.crawl_delay_seconds * time_scale:g}")
    lines += ["", *paper.robots_extra]
    if paper.engine == "sitemap":
        lines += ["", f"Sitemap: http://{paper.domain}{SITEMAP_INDEX}"]
    return ("\n".join(lines).rstrip() + "\n").encode()
