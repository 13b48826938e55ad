"""The pages of a paper as HTML bytes: articles, listings, and the pages that only look like articles."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows.press.dates import article_path, dated, local, long_date, modified_at, published_at
from flows.press.editions import Article, Paper
from flows.press.feeds import FEED_PATHS, FEED_TYPES, Item, items
from flows.press.templating import render

_PAYWALL_PARAGRAPHS = 2
_PAGE_PARAGRAPHS = 3
_RELATED = 4


def page_paths(article: Article, own_path: str) -> list[str]:
    """The addresses of the article's pages; of one that is not cut into several, its own."""
    count = -(-len(article.paragraphs) // _PAGE_PARAGRAPHS) if article.serve == "pages" else 1
    return [own_path, *(f"{own_path}/{number}" for number in range(2, count + 1))]


def article_page(paper: Paper, article: Article, anchor_date: date, night: int, number: int = 1) -> bytes:
    """The page of an article as it stands on that night: `article` comes from `Paper.visible(night)`.

    number: which page, of an article that is cut into several.
    """
    article = dated(article, paper, anchor_date)
    own_path = article_path(article, paper, anchor_date)
    is_free = article.serve != "paywall"
    values = _common(paper, anchor_date, night) | {
        "article": article,
        "url": f"http://{paper.domain}{own_path}",
        "paragraphs": _shown(article, number),
        "number": number,
        "pager": page_paths(article, own_path),
        "is_free": is_free,
        "notes": [] if is_free is False else article.notes(night),
        "comments": article.comments,
        "people": [{"@type": "Person", "name": name} for name in article.authors],
        "related": _related(paper, article, anchor_date, night),
        **_dates(paper, article, anchor_date, night),
    }
    template = f"case_{article.serve}.html" if article.serve in ("video", "consent") else f"{paper.template}.html"
    return encoded(render(template, **values), paper)


def _shown(article: Article, number: int) -> tuple[str, ...]:
    """The paragraphs on the page of that number."""
    if article.serve == "pages":
        return article.paragraphs[(number - 1) * _PAGE_PARAGRAPHS : number * _PAGE_PARAGRAPHS]
    return article.paragraphs[:_PAYWALL_PARAGRAPHS] if article.serve == "paywall" else article.paragraphs


def listing_page(paper: Paper, anchor_date: date, night: int, title: str, section: str = "") -> bytes:
    """A page of headlines with their teasers: the front page, a section, or an index that poses as an article."""
    announced = [item for item in items(paper, anchor_date, night) if not section or item.section == section]
    values = _common(paper, anchor_date, night) | {"title": title, "items": announced, "section": section}
    return encoded(render("listing.html", **values), paper)


def notice_page(paper: Paper, title: str, text: str) -> bytes:
    """A page with one sentence: an error, or the paper's account of itself."""
    return encoded(render("notice.html", paper=paper, title=title, text=text, meta_charset=_meta_charset(paper)), paper)


def encoded(text: str, paper: Paper) -> bytes:
    """The page in the paper's charset; what that charset lacks becomes a character reference."""
    return text.encode(paper.charset, "xmlcharrefreplace")


def _related(paper: Paper, article: Article, anchor_date: date, night: int) -> list[Item]:
    """Other headlines of the night the article appeared; one engine shows today's, so its pages change every night."""
    of_night = night if paper.template == "amp" else article.night
    return [item for item in items(paper, anchor_date, of_night) if item.slug != article.slug][:_RELATED]


def _common(paper: Paper, anchor_date: date, night: int) -> dict[str, Any]:
    return {
        "paper": paper,
        "night": night,
        "anchor_date": anchor_date,
        "home": f"http://{paper.domain}",
        "feed_path": FEED_PATHS.get(paper.engine, ""),
        "feed_type": FEED_TYPES.get(paper.engine, ""),
        "meta_charset": _meta_charset(paper),
    }


def _meta_charset(paper: Paper) -> str:
    return paper.charset if paper.charset_in == "meta" or paper.charset == "utf-8" else ""


def _dates(paper: Paper, article: Article, anchor_date: date, night: int) -> dict[str, Any]:
    if article.undated:
        return {"published": None, "modified": None, "date_text": "", "time_text": ""}
    published = local(published_at(article, anchor_date), paper)
    return {
        "published": published,
        "modified": local(modified_at(article, anchor_date, night), paper),
        "date_text": long_date(published.date(), paper.language),
        "time_text": f"{published:%H:%M}",
    }
