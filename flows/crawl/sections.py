"""Section pages: which links of a page lead to articles, and which are navigation.

No single sign is enough, so small ones are added up: the shape of the URL (a date, a slug of several words, a long
number), the words of the link, and the place it stands in. courlan knows the URLs of navigation, login and tag pages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from flows.crawl.charset import decode
from flows.crawl.dates import STATED_LIMIT, moment
from flows.crawl.items import TITLE_LIMIT, Item, Unreadable, distinct, make_item, plain
from flows.crawl.urls import host_of

SCORE_NEEDED = 3
LINKS_LIMIT = 5_000

_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]?(?:[0-2]?\d|3[01]))?(?=[/_.-]|$)")
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")  # Thai to Han
_WORD = re.compile(r"[^\W\d_]{2,}")
_PAGE = re.compile(r"\.(?:html?|php|aspx?|shtml|jsp|cms|ece)$")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|pdf|mp[34]|m4a|zip|css|js|xml|rss|atom|json|ics|txt)$")
_SERVICE = re.compile(
    r"/(?:tags?|topics?|themen?|category|kategorie|authors?|autor(?:en)?|people|profile|search|suche|login|signin|"
    r"register|account|subscribe|abo|newsletters?|about|contact|kontakt|impressum|privacy|datenschutz|terms|agb|"
    r"cookies?|advertis\w*|jobs|careers|shop|help|hilfe|faq|rss|feeds?|archive?s?|sitemap|podcasts?|weather|wetter|"
    r"horoscopes?|games|crosswords?|page)(?:/|\.|$)"
)
_ASIDE = frozenset({"nav", "footer", "aside", "form", "menu"})
_HEADINGS = ("h1", "h2", "h3", "h4")
_CONTENT = frozenset({"article", "main", "h1", "h2", "h3", "h4"})


def read_section(body: bytes, url: str, content_type: str = "") -> tuple[Item, ...]:
    """The articles that a section page of this site links to, in page order. Raises Unreadable."""
    page = parse_page(body, content_type)
    base_url = base_of(page, url)
    titles: dict[str, Item] = {}
    for anchor in list(page.iter("a"))[:LINKS_LIMIT]:
        item = _item(anchor, base_url, url)
        if item is not None:
            known = titles.get(item.url)
            if known is None or len(item.title or "") > len(
                known.title or ""
            ):  # a picture's link comes before the words'
                titles[item.url] = item
    return distinct(list(titles.values()))


def site_facts(body: bytes, content_type: str) -> tuple[str | None, str | None]:
    """Name and language as a page states them, or None; the language is two letters. Raises Unreadable."""
    page = parse_page(body, content_type)
    stated = page.xpath("//meta[@property='og:site_name']/@content | //title/text()")
    title = " ".join(str(stated[0]).split())[:120] if stated else ""
    language = str(page.get("lang") or "").lower().replace("_", "-").partition("-")[0]
    return title or None, language if len(language) == 2 else None


def parse_page(body: bytes, content_type: str) -> html.HtmlElement:
    """The element tree of an HTML page. Raises Unreadable when there is none."""
    text, _, _ = decode(body, content_type)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable(f"not HTML: {error}") from error
    return page


def base_of(page: html.HtmlElement, url: str) -> str:
    """What the page's relative links are relative to."""
    for base in page.iter("base"):
        try:
            return urljoin(url, str(base.get("href") or ""))
        except ValueError:
            return url
    return url


def url_score(url: str) -> int:
    """How much a canonical URL looks like an article's: below 0 for what cannot be one, at most 4."""
    path = unquote(urlsplit(url).path).lower()
    if path in ("", "/") or _FILE.search(path) or _SERVICE.search(path):
        return -9
    from courlan import is_navigation_page, is_not_crawlable  # here: 0.2 s at every start of a process that reads feeds

    if is_navigation_page(url) or is_not_crawlable(url):
        return -9
    slug = path.rstrip("/").rpartition("/")[2]
    words = len(_WORD.findall(slug)) - bool(_PAGE.search(slug))
    score = (
        2 * bool(_DATE.search(path)) + bool(_NUMBER.search(f"{path}?{urlsplit(url).query}")) + bool(_PAGE.search(slug))
    )
    return min(score + (2 if words >= 4 else 1 if words == 3 else 0), 4)


def same_site(one: str, other: str) -> bool:
    """Whether two URLs belong to one site: the same host, or one below the other, www aside."""
    first, second = (host_of(url).removeprefix("www.") for url in (one, other))
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def _item(anchor: html.HtmlElement, base_url: str, found_in: str) -> Item | None:
    link = (anchor.get("href") or "").strip()
    if not link or link.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    headings = [heading for level in _HEADINGS for heading in anchor.iter(level)]
    title = " ".join((headings[0] if headings else anchor).itertext())
    item = make_item(link, base_url, "section", title=title or anchor.get("title"), found_in=found_in)
    if item is None or not same_site(item.url, found_in) or item.url == found_in:
        return None
    item = _with_teaser(item, anchor)
    score = url_score(item.url) + _place_score(anchor, bool(headings)) + _words_score(item.title)
    return item if score >= SCORE_NEEDED else None


def _with_teaser(item: Item, anchor: html.HtmlElement) -> Item:
    """With what the teaser around the link says: when, and what about where the link is a star or a date."""
    teaser = next((element for element in anchor.iterancestors("article", "li")), None)
    says_something = _words(item.title) > 0 and moment(item.title) is None
    if teaser is None:
        return item if says_something else replace(item, title=None)
    time = next(iter(teaser.iter("time")), None)
    stated = " ".join((time.get("datetime") or "".join(time.itertext())).split()) if time is not None else None
    heading = None if says_something else next(iter(teaser.iter(*_HEADINGS)), None)
    about = plain(" ".join(heading.itertext()), TITLE_LIMIT) if heading is not None else None
    when = moment(stated)
    return replace(
        item,
        title=item.title if says_something else about,
        published_stated=stated[:STATED_LIMIT] if stated and when else None,
        published_at=when,
    )


def _place_score(anchor: html.HtmlElement, holds_heading: bool) -> int:
    places = {element.tag for element in anchor.iterancestors() if isinstance(element.tag, str)}
    return (1 if holds_heading or places & _CONTENT else 0) - (3 if places & _ASIDE else 0)


def _words_score(title: str | None) -> int:
    words = _words(title)
    return 2 if words >= 5 else 1 if words >= 3 else 0


def _words(title: str | None) -> int:
    """Words of two letters or more; of scripts that write none apart, two characters for one."""
    text = title or ""
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + len(_UNSPACED.findall(text)) // 2
