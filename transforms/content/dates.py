"""When an article was published: the best of what linked data, meta elements, the feed, time elements, the URL and
htmldate say, each with its source and a confidence. Never later than the fetch, and never the page's own "today"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from htmldate import find_date

from transforms.content.page import Linked, Page, is_article

SLACK = timedelta(minutes=10)  # clocks differ
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no news page is older; 1970 and 0001 are unset fields
SAME_EVENT = timedelta(hours=26)  # a bare date and a moment within it, in any time zone

# Confidence that the moment is right: a moment with its time zone, one without, a bare date (its midnight in UTC).
CONFIDENCE = {
    "json_ld": (0.98, 0.9, 0.85),
    "meta": (0.95, 0.85, 0.8),
    "feed": (0.9, 0.9, 0.9),
    "time_element": (0.8, 0.7, 0.65),
    "url": (0.6, 0.6, 0.6),
    "htmldate": (0.4, 0.4, 0.4),
}
META_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "publication_date", "publish-date", "publish_date", "pubdate",
    "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date",
    "cxenseparse:recs:publishtime", "article_date_original", "date",
)  # fmt: skip
URL_DATE = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
ISO_DATE = re.compile(r"^\s*(\d{4})-?(\d\d)-?(\d\d)(?=$|\s*$|[T ])")
PUBLISHED = re.compile(r"publi|pubdate|posted|entry-date|post-date|article-date|datum", re.IGNORECASE)
CHANGED = re.compile(r"updat|modif|aktualis|revis|edited", re.IGNORECASE)
OUTSIDE = frozenset(("nav", "header", "footer", "aside"))
MAX_TIME_ELEMENTS = 200


@dataclass(frozen=True)
class Stated:
    """A moment as some place states it. precision: 0 with a time zone, 1 without (read as UTC), 2 a bare date."""

    at: datetime
    precision: int
    source: str

    @property
    def confidence(self) -> float:
        """0 to 1."""
        return CONFIDENCE[self.source][self.precision]


def published(page: Page, feed_published_at: datetime | None, fetched_at: datetime) -> Stated | None:
    """The best statement of when the page's article was published; None where none is credible.

    The first source in the order of CONFIDENCE that states a credible moment is taken; where that is a bare date or
    lacks a time zone, a later source (URL and htmldate aside) that gives a full moment of about that time is better.
    """
    found: list[Stated] = []
    for statement in statements(page, feed_published_at):
        if EARLIEST <= statement.at <= fetched_at + SLACK:
            if statement.precision == 0:
                chosen = found[0] if found else statement
                return statement if abs(statement.at - chosen.at) <= SAME_EVENT else chosen
            found.append(statement)
    if found:
        return found[0]
    return by_url(page.url, fetched_at) or by_htmldate(page, fetched_at)


def statements(page: Page, feed_published_at: datetime | None) -> Iterator[Stated]:
    """What linked data, meta elements, the feed and time elements state, in that order."""
    yield from parsed("json_ld", linked_dates(page.linked_data))
    yield from parsed("meta", page.stated(*META_NAMES))
    if feed_published_at is not None:
        yield Stated(feed_published_at.astimezone(UTC), 0, "feed")
    yield from parsed("time_element", time_elements(page.tree))


def parsed(source: str, values: Iterable[str]) -> Iterator[Stated]:
    """The values that are dates or moments."""
    for value in values:
        moment = read_moment(value)
        if moment is not None:
            yield Stated(moment[0], moment[1], source)


def read_moment(text: str) -> tuple[datetime, int] | None:
    """(moment in UTC, precision as in Stated) of an ISO 8601 or RFC 5322 date; None for anything else."""
    text = text.strip()[:64]
    try:
        if bare := ISO_DATE.match(text):
            year, month, day = (int(part) for part in bare.groups())
            if bare.end() >= len(text.rstrip()):
                return datetime(year, month, day, tzinfo=UTC), 2
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text))
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    try:
        return (moment.replace(tzinfo=UTC), 1) if moment.tzinfo is None else (moment.astimezone(UTC), 0)
    except OverflowError:  # year 1 or 9999 shifted out of range
        return None


def linked_dates(items: Iterable[Linked]) -> Iterator[str]:
    """datePublished of the articles in the linked data, or else of a page or video that stands for one."""
    items = tuple(items)
    for wanted in (True, False):
        stated = [
            value
            for item in items
            if is_article(item) is wanted
            for key in ("datePublished", "dateCreated", "uploadDate")
            if isinstance(value := item.get(key), str)
        ]
        if stated:
            yield from stated[:5]
            return


def time_elements(tree: Any) -> Iterator[str]:
    """datetime attributes of time elements that say when the article was published: those marked so, then the first
    inside the article. A clock in the page's header or a list of other articles is neither."""
    unmarked: list[str] = []
    for count, element in enumerate(tree.iter("time")):
        if count >= MAX_TIME_ELEMENTS:
            break
        stated = element.get("datetime") or ""
        marks = " ".join(element.get(name) or "" for name in ("class", "itemprop", "id"))
        parent = element.getparent()
        around = (parent.get("class") or "") if parent is not None else ""
        if not stated or CHANGED.search(marks) or not in_article_area(element):
            continue
        if element.get("pubdate") is not None or PUBLISHED.search(marks) or PUBLISHED.search(around):
            yield stated
        elif next(element.iterancestors("article"), None) is not None:
            unmarked.append(stated)
    yield from unmarked[:1]


def in_article_area(element: Any) -> bool:
    """Whether the element stands in no navigation, margin or list of teasers, nor in a header outside the article."""
    for ancestor in element.iterancestors():
        if ancestor.tag in ("article", "main"):
            return next(ancestor.iterancestors("li"), None) is None
        if ancestor.tag in OUTSIDE - {"header"}:
            return False
        if ancestor.tag in ("header", "li") and next(ancestor.iterancestors("article", "main"), None) is None:
            return False
    return True


def by_url(url: str, fetched_at: datetime) -> Stated | None:
    """The date in the URL's path."""
    match = URL_DATE.search(url)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    at = datetime.combine(day, time(), UTC)
    return Stated(at, 2, "url") if EARLIEST <= at <= fetched_at + SLACK else None


def by_htmldate(page: Page, fetched_at: datetime) -> Stated | None:
    """htmldate's finding (Barbaresi 2020), unless it is the day of the fetch or the first of a year, which it takes
    from clocks and copyright lines."""
    latest = fetched_at.astimezone(UTC).date()
    found = find_date(
        page.tree,
        url=page.url,
        original_date=True,
        extensive_search=False,
        outputformat="%Y-%m-%d",
        min_date=EARLIEST.date().isoformat(),
        max_date=latest.isoformat(),
        deferred_url_extractor=True,
    )
    if not found:
        return None
    day = date.fromisoformat(found)
    if day >= latest or (day.month, day.day) == (1, 1):
        return None
    return Stated(datetime.combine(day, time(), UTC), 2, "htmldate")
