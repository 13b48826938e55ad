"""The title of an article and the names of its authors, as the page states them."""

import re
from collections.abc import Iterator
from itertools import islice

from transforms.content.boilerplate import key
from transforms.content.page import Page
from transforms.content.paragraphs import plain
from transforms.content.stated import MAX_NAME, names, said, strings, text_of

MAX_TITLE = 500  # characters
MAX_HEADINGS = 50
MAX_AUTHORS = 20
BY = re.compile(r"^(?:(?:written )?by|von|par|por|di|door|av|af|text)\s*:?\s+", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s*(?:[,;|•·/]|\s(?:and|und|et|y|e|en|och|og|with|mit)\s|&)\s*")
NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|\b(?:writer|reporter|correspondent|editor|korrespondent(?:in)?|redakteur(?:in)?)$"
    r"|^(?:admin|author|editor|staff|redaktion|unknown|null|none)$",
    re.IGNORECASE,
)
AUTHOR_NAMES = (
    "author", "byl", "parsely-author", "dc.creator", "dcterms.creator", "article:author", "sailthru.author",
)  # fmt: skip
MARKED_AS_AUTHOR = './/*[@rel="author" or @itemprop="author" or contains(@class, "byline-name")]'
CLASSED_AS_AUTHOR = ".//*[" + " or ".join(
    f'contains(concat(" ", normalize-space(@class), " "), " {name} ")'
    for name in ("byline", "author", "article-author", "post-author", "entry-author", "author-name", "article__author")
) + "]"  # fmt: skip
NOT_OF_ARTICLE = re.compile(r"comment|related|teaser|card|widget|sidebar|recommend|bio\b", re.IGNORECASE)
OUTSIDE = frozenset(("nav", "footer", "aside", "li"))
MAX_BYLINES, MOST_BYLINE_WORDS = 20, 10
TITLE_CUT = re.compile(r"\s+[|–—·»-]\s+")


def stated_titles(page: Page, feed_title: str | None, selected: tuple[str, ...] = ()) -> Iterator[str]:
    """Every title that the page or its feed states, best first. selected: what the source's own selector points to."""
    headings = [plain(text_of(element, 2 * MAX_TITLE)) for element in islice(page.tree.iter("h1"), MAX_HEADINGS)]
    element = page.tree.find(".//head/title")
    stated = [
        *selected,
        *strings(page.of_article("headline")),
        *page.stated("og:title", "twitter:title", "parsely-title", "dc.title", "headline"),
        *headings,
        *([element.text or ""] if element is not None else []),
        feed_title or "",
    ]
    seen: set[str] = set()
    for value in stated:
        text = said(value)
        if text and len(text) <= MAX_TITLE and text not in seen:
            seen.add(text)
            yield text


def best_title(titles: tuple[str, ...], site: str | None) -> str | None:
    """The first title without the site's name after a dash; a longer form that it was cut from is preferred."""
    if not titles:
        return None
    best = without_site(titles[0], site)
    cut = best.rstrip("….").rstrip()
    for other in (without_site(title, site) for title in titles[1:]):
        if (
            len(cut) >= 20
            and len(other) > len(best)
            and other.startswith(cut)
            and not TITLE_CUT.match(other[len(cut) :])
        ):
            return other
    return best


def without_site(title: str, site: str | None) -> str:
    """The title without " | Site" at its end."""
    pieces = TITLE_CUT.split(title)
    if site and len(pieces) > 1 and key(pieces[-1]) == key(site):
        return title[: title.rindex(pieces[-1])].rstrip(" |–—·»-")
    return title


def authors(page: Page, site: str | None, feed_author: str | None) -> tuple[str, ...]:
    """The authors' names in the order stated, each once, from the first place that states any."""
    places = (
        list(names(page.of_article("author"))) or list(names(page.of_article("creator"))),
        list(page.stated(*AUTHOR_NAMES)),
        [feed_author or ""],
        [text_of(element, MAX_TITLE) for element in page.tree.xpath(MARKED_AS_AUTHOR)[:5]],
        list(islice(bylines(page), 1)),
    )
    for place in places:
        found: dict[str, str] = {}
        for stated in place:
            if "://" in stated:  # the address of a profile
                continue
            for name in BETWEEN_NAMES.split(BY.sub("", said(stated))):
                text = BY.sub("", name).strip(" .,:")
                if is_name(text) and (site is None or key(text) != key(site)):
                    found.setdefault(text.casefold(), text)
        if found:
            return tuple(found.values())[:MAX_AUTHORS]
    return ()


def bylines(page: Page) -> Iterator[str]:
    """The short texts without a date whose class says byline or author, outside comments, margins and lists."""
    for element in page.tree.xpath(CLASSED_AS_AUTHOR)[:MAX_BYLINES]:
        text = said(text_of(element, MAX_TITLE))
        around = (element, *element.iterancestors())
        is_short = 0 < len(text.split()) <= MOST_BYLINE_WORDS and not re.search(r"\d", text)
        if is_short and not any(
            each.tag in OUTSIDE or NOT_OF_ARTICLE.search(each.get("class") or "") for each in around
        ):
            yield text


def is_name(text: str) -> bool:
    """Whether a text may be a person's or an agency's name."""
    return 2 <= len(text) <= MAX_NAME and len(text.split()) <= 7 and not NO_NAME.search(text) and text[0].isalpha()
