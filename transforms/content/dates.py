"""When an article was published and when it was last changed: the best of what linked data, microdata, meta elements,
the feed, time elements, the URL and htmldate say, each with its source and a confidence. Never later than the fetch,
and never the page's own "today"."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from transforms.content.linked import Linked, is_article
from transforms.content.moments import EARLIEST, SLACK, Stated, is_credible, of_day, parsed
from transforms.content.page import Page
from transforms.content.times import day_guessed, times_changed, times_published

SAME_EVENT = timedelta(hours=26)  # a bare date and a moment within it, in any time zone
CHANGE = timedelta(minutes=1)  # an article that was changed sooner was only being saved

META_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "publish_date", "pubdate",
    "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date",
    "cxenseparse:recs:publishtime", "article_date_original", "date",
)  # fmt: skip
META_CHANGED = (
    "article:modified_time", "og:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "article_date_updated", "lastmod", "revised",
)  # fmt: skip
URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)


def published(
    page: Page, feed_published_at: datetime | None, fetched_at: datetime, selected: tuple[str, ...] = ()
) -> Stated | None:
    """The best statement of when the page's article was published; None where none is credible.

    The first source in the order of CONFIDENCE that states a credible moment is taken; where that is a bare date or
    lacks a time zone, a later source (URL and htmldate aside) that gives a full moment of about that time is better.
    selected: what stands where the source's own selector points.
    """
    found: list[Stated] = []
    for statement in (*parsed("selector", selected), *statements(page, feed_published_at)):
        if is_credible(statement, fetched_at):
            if statement.precision == 0:
                chosen = found[0] if found else statement
                return statement if abs(statement.at - chosen.at) <= SAME_EVENT else chosen
            found.append(statement)
    if found:
        return found[0]
    return by_url(page.url, fetched_at) or by_htmldate(page, fetched_at)


def statements(page: Page, feed_published_at: datetime | None) -> Iterator[Stated]:
    """What linked data, microdata, meta elements, the feed and time elements state, in that order."""
    yield from parsed("json_ld", linked_dates(page))
    if page.microdata:
        of_page = page.article if page.article in page.microdata else page.microdata[0]
        yield from parsed("microdata", stated_in(of_page, "datePublished", "dateCreated"))
    yield from parsed("meta", page.stated(*META_NAMES))
    if feed_published_at is not None:
        yield Stated(feed_published_at.astimezone(UTC), 0, "feed")
    yield from parsed("time_element", times_published(page.tree))


def linked_dates(page: Page) -> Iterator[str]:
    """datePublished of the page's article in the linked data, or else of a page or video that stands for one."""
    names = ("datePublished", "dateCreated", "uploadDate")
    articles = [item for item in page.linked_data if is_article(item)]
    if page.article in articles and (own := list(stated_in(page.article, *names))):
        yield from own
        return
    if not any(list(stated_in(item, *names)) for item in articles):
        others = (value for item in page.linked_data for value in stated_in(item, *names))
        yield from (value for value, _ in zip(others, range(5), strict=False))


def stated_in(item: Linked, *names: str) -> Iterator[str]:
    """The strings that an object has under the names."""
    yield from (value for name in names if isinstance(value := item.get(name), str))


def modified(page: Page, stated: Stated | None, fetched_at: datetime) -> datetime | None:
    """When the page says that its article was last changed, where that is after its publication; None else."""
    values = (
        *parsed("json_ld", stated_in(page.article, "dateModified")),
        *parsed("meta", page.stated(*META_CHANGED)),
        *parsed("time_element", times_changed(page.tree)),
    )
    for value in values:
        if is_credible(value, fetched_at):
            is_later = stated is None or value.at - stated.at >= CHANGE
            return value.at if is_later else None
    return None


def by_url(url: str, fetched_at: datetime) -> Stated | None:
    """The date in the URL's path."""
    match = URL_DATE.search(url)
    if match is None:
        return None
    try:
        stated = of_day(date(int(match["year"]), int(match["month"]), int(match["day"])), "url")
    except ValueError:
        return None
    return stated if EARLIEST <= stated.at <= fetched_at + SLACK else None


def by_htmldate(page: Page, fetched_at: datetime) -> Stated | None:
    """htmldate's finding, unless that is when the article was changed."""
    day = day_guessed(page.tree, page.url, fetched_at.astimezone(UTC).date())
    if day is None:
        return None
    changed = modified(page, None, fetched_at)
    return None if changed is not None and changed.date() == day else of_day(day, "htmldate")
