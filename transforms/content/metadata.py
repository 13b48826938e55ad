"""What a page states about its article: title, authors, site, section, tags, lead image, canonical URL, kind, and
whether it may be read for free. schema.org's linked data first, then meta elements, then the markup."""

import re
from dataclasses import dataclass
from typing import Any

from transforms.content.addresses import absolute, amp_url, canonical_url
from transforms.content.linked import is_article, kinds
from transforms.content.page import Page
from transforms.content.paragraphs import plain
from transforms.content.stated import MAX_NAME, first, names, said, strings
from transforms.content.titles import authors, best_title, stated_titles

MAX_TAGS = 30

PAGE_KINDS = (
    "VideoObject",
    "CollectionPage",
    "ItemList",
    "ImageGallery",
    "SearchResultsPage",
    "ProfilePage",
    "WebSite",
)


@dataclass(frozen=True)
class Metadata:
    """What a page states. Absent things are None or empty; URLs are absolute and http(s)."""

    title: str | None
    titles: tuple[str, ...]  # every form in which the page states its title
    authors: tuple[str, ...]
    site_name: str | None
    section: str | None
    tags: tuple[str, ...]
    lead_image_url: str | None
    canonical_url: str
    amp_url: str | None
    is_free_to_read: bool | None
    page_type: str | None


def read_metadata(
    page: Page, feed_title: str | None, feed_author: str | None, selected: tuple[str, ...] = ()
) -> Metadata:
    """The page's metadata; what its feed says is taken where the page says nothing.

    selected: the title, where the source's own selector points to one.
    """
    site = first(
        [
            *page.stated("og:site_name"),
            *names(page.of_article("publisher")),
            *page.stated("application-name", "al:ios:app_name"),
        ]
    )
    titles = tuple(stated_titles(page, feed_title, selected))
    return Metadata(
        title=best_title(titles, site),
        titles=titles,
        authors=authors(page, site, feed_author),
        site_name=site,
        section=first(
            [*strings(page.of_article("articleSection")), *page.stated("article:section", "section", "parsely-section")]
        ),
        tags=tags(page),
        lead_image_url=lead_image(page),
        canonical_url=canonical_url(page),
        amp_url=amp_url(page),
        is_free_to_read=free_to_read(page),
        page_type=page_type(page),
    )


def tags(page: Page) -> tuple[str, ...]:
    """Keywords in the order stated, each once, from the first place that states any."""
    places = (
        list(strings(page.of_article("keywords"))),
        list(page.stated("article:tag", "og:article:tag", "parsely-tags")),
        list(page.stated("news_keywords")),
        list(page.stated("keywords")),
    )
    for place in places:
        found: dict[str, str] = {}
        for stated in place:
            for piece in re.split(r"[,;]", said(stated)):
                text = plain(piece.removeprefix("tag:"))
                if text and len(text) <= MAX_NAME and text[0] != "@":  # "@post-id:…" is a machine's
                    found.setdefault(text.casefold(), text)
        if found:
            return tuple(found.values())[:MAX_TAGS]
    return ()


def lead_image(page: Page) -> str | None:
    """The address of the image that stands for the article."""
    image = page.of_article("image")
    stated = [
        item.get("url") if isinstance(item, dict) else item for item in (image if isinstance(image, list) else [image])
    ]
    candidates = [
        *page.stated("og:image:secure_url", "og:image", "og:image:url"),
        *stated,
        *page.stated("twitter:image"),
    ]
    return next((url for item in candidates if isinstance(item, str) and (url := absolute(item, page.url))), None)


def free_to_read(page: Page) -> bool | None:
    """What isAccessibleForFree says of the article, or else of any part of the page; then a stated content tier."""
    objects = (*page.linked_data, *page.microdata)
    stated = [(is_article(item), truth(item.get("isAccessibleForFree"))) for item in objects]
    of_article = [value for is_main, value in stated if is_main and value is not None]
    anywhere = of_article or [value for _, value in stated if value is not None]
    if anywhere:
        return all(anywhere)
    tier = next(page.stated("article:content_tier", "og:article:content_tier"), "").lower()
    return {"free": True, "locked": False}.get(tier)


def truth(value: Any) -> bool | None:
    """A linked-data boolean in any of the ways it is written."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "yes": True, "false": False, "no": False}.get(value.strip().lower().rsplit("/", 1)[-1])
    return None


def page_type(page: Page) -> str | None:
    """The article's schema.org type, else what else the page says it is, else og:type."""
    stated = [kind for item in page.linked_data for kind in kinds(item)]
    article = next(iter(kinds(page.article)), None)
    og_type = first(page.stated("og:type"))
    if article or (og_type and og_type.lower() == "article"):
        return first([article or ""]) or og_type
    return next((kind for kind in PAGE_KINDS if kind in stated), None) or og_type or first(stated)
