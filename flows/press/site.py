"""What the press answers to a request: a pure function of the texts, the date, the night and the request.

Nothing here counts requests (a killed and resumed run must meet the same world), save the ETags that lie by changing.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from flows.press.dates import article_path, modified_at, night_date
from flows.press.editions import Article, Editions, Paper
from flows.press.feeds import (
    FEED_PATHS,
    FEED_TYPES,
    NEWS_SITEMAP,
    PAGES_SITEMAP,
    SECTION_PAGE,
    SITEMAP_INDEX,
    feed,
    robots,
    sitemap,
)
from flows.press.pages import article_page, listing_page, notice_page, page_paths

SLOW_SECONDS = 1.5
_SITEMAPS = (SITEMAP_INDEX, NEWS_SITEMAP, PAGES_SITEMAP)
_HTML = "text/html"


@dataclass(frozen=True)
class Response:
    """An answer. `delay_seconds` passes before it is sent; `closed` means the connection ends without one."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay_seconds: float = 0.0
    closed: bool = False


class Site:
    """The answers of all papers on one anchor date. Feeds and listings are rendered once a night."""

    def __init__(self, editions: Editions, anchor_date: date, time_scale: float = 1.0) -> None:
        self._editions = editions
        self._anchor_date = anchor_date
        self._time_scale = time_scale
        self._rendered: dict[tuple[str, str, int], bytes] = {}
        self._restless = itertools.count(1)
        self._slugs = {paper.paper_id: self._paths(paper) for paper in editions.papers}

    def respond(self, night: int, host: str, target: str, headers: Mapping[str, str]) -> Response:
        """The answer to GET `target` at `host` on that night. `headers` has lower-case names."""
        paper = self._editions.by_domain.get(host.split(":")[0].lower())
        if paper is None:
            return Response(421, (("Content-Type", "text/plain"),), b"No newspaper has this name.\n")
        if night in paper.down_nights:
            return Response(0, closed=True)
        path = urlsplit(target).path
        return self._robots(paper) if path == "/robots.txt" else self._finished(paper, path, night, headers)

    def _finished(self, paper: Paper, path: str, night: int, headers: Mapping[str, str]) -> Response:
        channel = self._channel(paper, path, night)
        if channel is not None:
            content_type, body = channel
            stamp = self._last_change(paper, night)
            return _conditional(self._etag(paper, body), stamp, self._answer(paper, content_type, body), headers)
        article = self._slugs[paper.paper_id].get(path)
        if article is None or article.night > night:
            return self._static(paper, path, night)
        return self._article(paper, article, path, night, headers)

    def _article(self, paper: Paper, article: Article, path: str, night: int, headers: Mapping[str, str]) -> Response:
        own_path = article_path(article, paper, self._anchor_date)
        away = self._redirected(article, path, own_path)
        if away is not None:
            return away
        if article.serve == "missing":
            return self._notice(paper, 404, "Page not found", "This page does not exist, or does no longer.")
        if article.serve == "heals" and night == article.night:
            return self._notice(paper, 500, "Something broke", "Our press is being mended. Please come back tomorrow.")
        if article.serve == "index":
            body = listing_page(paper, self._anchor_date, night, article.title)
        else:
            paths = page_paths(article, own_path)
            number = paths.index(path) + 1 if path in paths else 1
            body = article_page(paper, article.revised(night), self._anchor_date, night, number)
        stamp = min(modified_at(article, self._anchor_date, night), self._end_of(night))
        answer = _conditional(_digest(body), stamp, self._answer(paper, _HTML, body), headers)
        return replace(answer, delay_seconds=SLOW_SECONDS * self._time_scale) if article.serve == "slow" else answer

    def _redirected(self, article: Article, path: str, own_path: str) -> Response | None:
        if article.serve == "loop":
            onward = f"{own_path}/again" if path == own_path else own_path
            return Response(302, (("Location", onward), ("Content-Type", _HTML)))
        if article.listed_as and path == article.listed_as:
            return Response(301, (("Location", own_path), ("Content-Type", _HTML)))
        return None

    def _channel(self, paper: Paper, path: str, night: int) -> tuple[str, bytes] | None:
        """(content type, body) of the feed, sitemap or section page at `path`, or None."""
        if FEED_PATHS.get(paper.engine) == path:
            return FEED_TYPES[paper.engine], self._once(paper, path, night)
        if paper.engine == "sitemap" and path in _SITEMAPS:
            return "application/xml", self._once(paper, path, night)
        if paper.engine == "section" and path == SECTION_PAGE:
            return _HTML, self._once(paper, path, night)
        return None

    def _once(self, paper: Paper, path: str, night: int) -> bytes:
        key = (paper.paper_id, path, night)
        if key not in self._rendered:
            if path in _SITEMAPS:
                self._rendered[key] = sitemap(paper, path, self._anchor_date, night)
            elif path == SECTION_PAGE:
                self._rendered[key] = listing_page(paper, self._anchor_date, night, "All news")
            else:
                self._rendered[key] = feed(paper, self._anchor_date, night)
        return self._rendered[key]

    def _static(self, paper: Paper, path: str, night: int) -> Response:
        sections = {f"/section/{name.lower().replace(' ', '-')}": name for name in paper.sections}
        if path == "/":
            return self._answer(paper, _HTML, listing_page(paper, self._anchor_date, night, paper.name))
        if path in sections:
            name = sections[path]
            return self._answer(paper, _HTML, listing_page(paper, self._anchor_date, night, name, name))
        if path == "/about":
            text = f"{paper.name} does not exist: its news is fictional sample text written for Nightdesk."
            return self._notice(paper, 200, f"About {paper.name}", text)
        return self._notice(paper, 404, "Page not found", "This page does not exist, or does no longer.")

    def _robots(self, paper: Paper) -> Response:
        if paper.engine == "section":  # the local paper has none, as many do
            return self._notice(paper, 404, "Page not found", "This page does not exist, or does no longer.")
        return Response(200, (("Content-Type", "text/plain; charset=utf-8"),), robots(paper, self._time_scale))

    def _notice(self, paper: Paper, status: int, title: str, text: str) -> Response:
        return replace(self._answer(paper, _HTML, notice_page(paper, title, text)), status=status)

    def _answer(self, paper: Paper, content_type: str, body: bytes) -> Response:
        is_charset_told = paper.charset_in == "header" and not content_type.endswith("json")
        value = f"{content_type}; charset={paper.charset}" if is_charset_told else content_type
        return Response(200, (("Content-Type", value), *paper.headers.items()), body)

    def _etag(self, paper: Paper, body: bytes) -> str:
        """The ETag of a feed, sitemap or section page: true, or one of two lies."""
        if paper.etags == "stuck":
            return '"edition"'
        return f'"{next(self._restless)}"' if paper.etags == "restless" else _digest(body)

    def _last_change(self, paper: Paper, night: int) -> datetime | None:
        """When the paper's announcements last changed; None where its ETags lie, or the date would give them away."""
        if paper.etags != "honest":
            return None
        stamps = [min(modified_at(a, self._anchor_date, night), self._end_of(night)) for a in paper.visible(night)]
        late = [self._end_of(a.night) for a in paper.visible(night) if a.dated is not None]
        return max(stamps + late, default=None)

    def _end_of(self, night: int) -> datetime:
        return datetime.combine(night_date(self._anchor_date, night), time(23, 0), UTC)

    def _paths(self, paper: Paper) -> dict[str, Article]:
        paths = {}
        for article in paper.articles:
            own_path = article_path(article, paper, self._anchor_date)
            paths.update(dict.fromkeys(page_paths(article, own_path), article))
            paths[article.listed_as or own_path] = article
            if article.serve == "loop":
                paths[f"{own_path}/again"] = article
        return paths


def compressed(response: Response) -> Response:
    """The same answer, gzip-encoded without a time stamp."""
    headers = (*response.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(response, headers=headers, body=gzip.compress(response.body, mtime=0))


def _conditional(etag: str, stamp: datetime | None, answer: Response, headers: Mapping[str, str]) -> Response:
    """`answer` with its validators, or 304 where the request's condition holds (RFC 9110, 13.2.2)."""
    validators: tuple[tuple[str, str], ...] = (("ETag", etag),)
    if stamp is not None:
        validators += (("Last-Modified", format_datetime(stamp, usegmt=True)),)
    asked, since = headers.get("if-none-match"), headers.get("if-modified-since")
    if asked is not None:
        is_same = etag in (tag.strip().removeprefix("W/") for tag in asked.split(","))
    else:
        is_same = since is not None and stamp is not None and _is_not_before(since, stamp)
    if is_same:
        return Response(304, validators)
    return replace(answer, headers=answer.headers + validators)


def _is_not_before(since: str, stamp: datetime) -> bool:
    try:
        asked = parsedate_to_datetime(since)
    except ValueError:  # RFC 9110, 13.1.3: a date that is none is ignored
        return False
    return asked.replace(tzinfo=asked.tzinfo or UTC) >= stamp


def _digest(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'
