"""What the sitemap and robots files of crawler-commons's tests mean, by the protocols; the files are not ours to ship.

Expected: addresses in order (or how many), and dates where they matter. crawler-commons differs on purpose in three
things: it drops entries outside the sitemap's own folder (`strict`), which news sites do every day and robots.txt
governs anyway; it refuses broken XML, of which we keep what came whole; it reads no date without a zone, which we take
as UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.crawl.feeds import read_feed
from flows.crawl.items import Unreadable
from flows.crawl.robots_rules import RobotsText
from flows.crawl.sitemaps import read_sitemap

LIMIT_BYTES = 50_000_000
HOST = "http://www.example.com"


@dataclass(frozen=True)
class Case:
    """A file; at: where it lies; urls: the first of those expected; count: how many in all; children: of an index."""

    file: str
    at: str
    urls: tuple[str, ...]
    count: int
    children: bool = False
    is_news: bool = False
    dates: tuple[datetime | None, ...] = ()


CATALOG = (
    f"{HOST}/",
    f"{HOST}/catalog?item=12&desc=vacation_hawaii",
    f"{HOST}/catalog?item=73&desc=vacation_new_zealand",
)
NOON = datetime(2017, 1, 5, 12, 34, tzinfo=UTC)
HEBDEN = "http://www.hebdenbridgetimes.co.uk/news/local/"
SITEMAPS = (
    Case("sitemaps/sitemap.ns.xml", HOST, (f"{HOST}/1", f"{HOST}/2"), 2),
    Case("sitemaps/sitemap.badns.xml", HOST, (f"{HOST}/1", f"{HOST}/2"), 2),
    Case(
        "sitemaps/sitemap.index.xml",
        HOST,
        ("https://example.com/sitemap.jss?portalCode=10260&lang=en",),
        15,
        children=True,
    ),
    Case("sitemaps/sitemap.txt", HOST, ("http://www.domain.com/page1.html", "http://www.domain.com/page2.html"), 2),
    Case("sitemaps/sitemap-with-bom.txt", HOST, ("http://www.domain.com/page1.html",), 2),
    Case("sitemaps/do-not-visit.txt", HOST, (f"{HOST}/do-not-visit-here",), 1),
    Case("sitemaps/sitemap.txt.gz", HOST, CATALOG, 5),
    Case("sitemaps/xmlSitemap.gz", HOST, CATALOG, 5),
    Case(
        "sitemaps/extension/hebdenbridgetimes-articles-sitemap.xml",
        HEBDEN,
        (f"{HEBDEN}video-tour-de-yorkshire-in-calderdale-1-7242580",),
        -1,
    ),
    Case("sitemaps/extension/pagemaps-sitemap.xml", HOST, (f"{HOST}/foo", f"{HOST}/bar"), 2),
    Case(
        "sitemaps/extension/shinpaideshou-news-sitemap.xml",
        HOST,
        ("https://shinpaideshou.wordpress.com/2017/04/25/job-opening-reischauer-policy-research-fellow/",),
        -1,
        is_news=True,
        dates=(datetime(2017, 4, 25, 10, 0, 36, tzinfo=UTC),),
    ),
    Case("sitemaps/extension/sitemap-images.xml", HOST, (f"{HOST}/images/some_image_landing_page.html",), 1),
    Case("sitemaps/extension/sitemap-links.xml", HOST, (f"{HOST}/english/", f"{HOST}/deutsch/"), 3),
    Case("sitemaps/extension/sitemap-mobile.xml", HOST, (f"{HOST}/mobile-friendly-1/",), 3),
    Case(
        "sitemaps/extension/sitemap-news.xml",
        HOST,
        ("http://www.example.org/business/article55.html", "http://www.example.org/empty_news_name.html"),
        -1,
        is_news=True,
        dates=(datetime(2008, 12, 23, tzinfo=UTC),),
    ),
    Case("sitemaps/extension/sitemap-videos.xml", HOST, (f"{HOST}/videos/some_video_landing_page.html",), -1),
    Case("sitemaps/extension/sitemap-videos-tvshow.xml", HOST, ("https://example.org/my-tv-show/23/13/",), 1),
)
FEEDS = (
    Case("sitemaps/atom.xml", "http://example.org/atom.xml", ("http://example.org/2003/12/13/atom03",), 1),
    Case(
        "rss/feed.rss",
        "https://www.example.com/index.php?feed/rss",
        tuple(
            f"https://www.example.com/{path}" for path in ("blog/post/1", "guid.html", "foo?q=a&l=en", "foo?q=a&l=fr")
        ),
        4,
    ),
    Case(
        "rss/xmlRss_pubDate.xml",
        f"{HOST}/rss.xml",
        tuple(f"{HOST}/article_{number}" for number in range(1, 8)),
        7,
        dates=(
            *(NOON.replace(second=second) for second in (51, 52, 53, 54)),
            NOON.replace(hour=13, second=55),
            None,
            None,
        ),
    ),
)
ROBOTS = (  # file, agent, path, whether it is allowed
    ("crawl-delay-group-merging", "mybot", "/private/a", False),
    ("crawl-delay-group-merging", "yourbot", "/private/a", False),
    ("crawl-delay-group-merging", "yourbot", "/login/a", False),
    ("crawl-delay-group-merging", "mybot", "/login/a", True),
    ("crawl-delay-group-merging", "otherbot", "/private/a", True),
    ("directive-typos-robots", "bot1", "/desallow/", False),
    ("directive-typos-robots", "bot1", "/dissalow/", False),
    ("directive-typos-robots", "bot2", "/useragent/", False),
    ("directive-typos-robots", "bot3", "/useg-agent/", False),
    ("directive-typos-robots", "bot4", "/useragent-no-colon/", False),
    ("dos-line-endings", "bot", "/", True),
    ("extension-robots", "mybot", "/private/", False),
    ("extension-robots", "mybot", "/admin/", True),
    ("extensions-group-merging", "mybot", "/private/", False),
    ("extensions-group-merging", "yourbot", "/login/", False),
    ("extensions-group-merging", "otherbot", "/a", False),
    ("extensions-group-merging", "otherbot", "/llms.txt", True),
    ("format-errors-robots", "bot1", "/whitespace-before-colon/", False),
    ("format-errors-robots", "bot1", "/no-colon/", False),
    ("format-errors-robots", "bot2", "/no-colon-useragent/", False),
    ("format-errors-robots", "bot3", "/whitespace-before-colon", True),
    ("malformed-path", "bot1", "/wiki/Wikipedia_talk:Mediation_Committee/", False),
    ("malformed-path", "bot1", "/wiki/", True),
    ("many-user-agents", "wget", "/", False),
    ("many-user-agents", "mysuperlongbotnamethatmatchesnothing", "/", True),
    ("many-user-agents", "mysuperlongbotnamethatmatchesnothing", "/bot-trap/", False),
    ("merge-rules", "wget", "/foo/bar", True),
    ("merge-rules", "wget", "/tmp/bar", False),
    ("merge-rules", "curl", "/a", False),
    ("merge-rules", "other", "/foo/bar", False),
    ("precedence-of-rules", "testy", "/foo", False),
    ("precedence-of-rules", "testy", "/foo/bar", True),
    ("precedence-of-rules", "testy", "/foo/bay", False),
    ("precedence-of-rules", "wget", "/foo", True),
    ("precedence-of-rules", "wget", "/other", False),
    ("rfc9309-example-longest-match-robots", "foobot", "/example/page/a", True),
    ("rfc9309-example-longest-match-robots", "foobot", "/example/page/disallowed.gif", False),
    ("rfc9309-example-rule-group-merging", "examplebot", "/baz", False),
    ("rfc9309-example-rule-group-merging", "bazbot", "/foo", True),
    ("rfc9309-example-rule-group-merging", "other", "/bar", False),
    ("rfc9309-example-simple-robots", "foobot", "/example/page.html", True),
    ("rfc9309-example-simple-robots", "foobot", "/a", False),
    ("rfc9309-example-simple-robots", "barbot", "/example/page.html", False),
    ("rfc9309-example-simple-robots", "quxbot", "/example/page.html", True),
    ("rfc9309-example-simple-robots", "other", "/a/picture.gif", False),
    ("rfc9309-example-simple-robots", "other", "/publications/a", True),
    ("robots-with-utf8-bom", "foobot", "/profile", False),
    ("robots-with-utf16le-bom", "foobot", "/profile", False),
    ("robots-with-utf16be-bom", "foobot", "/profile", False),
    ("twitter.com-robots", "otherbot", "/a?b", False),
    ("wildcards", "otherbot", "/wishlist/bogus", False),
    ("wildcards", "otherbot", "/wishlist/universal/page", True),
    ("wildcards", "otherbot", "/anydirectoryhere/gcrnsts", False),
    ("www.flot.com-robots", "foobot", "/img/", False),
)
DELAYS = (
    ("astore.amazon.com-robots", "otherbot", 5.0),
    ("crawl-delay-group-merging", "mybot", 10.0),
    ("crawl-delay-group-merging", "yourbot", None),
    ("crawl-delay-group-merging", "otherbot", 30.0),
    ("dos-line-endings", "otherbot", 1.0),
    ("twitter.com-robots", "slurp", 1.0),
    ("twitter.com-robots", "msnbot", 10.0),
    ("twitter.com-robots", "otherbot", None),
)
NAMED_SITEMAPS = (
    ("sitemap-robots", ("http://domain.com/sitemap.xml", "http://domain.com/dir/MixedCased-sitemap.xml")),
    ("sitemap-robots-dedup", ("http://example.org/sitemap.xml",)),
    ("relative-sitemap-robots", (f"{HOST}/sitemap.xml",)),
    ("www.flot.com-robots", ("http://flot.com/sitemap_index.xml",)),
    ("robots-with-utf16le-bom", ("http://www.newsweek.com/sitemap_index.xml",)),
)


def judged_sitemaps(folder: Path) -> None:
    """Print how many cases are as expected, and each that is not."""
    resources = folder / "src" / "test" / "resources"
    if not resources.is_dir():
        return
    wrong = [f"{case.file}: {said}" for case in (*SITEMAPS, *FEEDS) if (said := _fault(case, resources / case.file))]
    print(f"sitemaps {len(SITEMAPS) + len(FEEDS) - len(wrong)} of {len(SITEMAPS) + len(FEEDS)} files as expected")
    texts = {file.stem: RobotsText(file.read_bytes()) for file in (resources / "robots").glob("*.txt")}
    faults = [
        f"{name}: {agent} {path} should be {'allowed' if allowed else 'forbidden'}"
        for name, agent, path, allowed in ROBOTS
        if texts[name].group(agent).allows(f"http://domain.com{path}") != allowed
    ]
    faults += [
        f"{name}: {agent} delay {texts[name].group(agent).delay_seconds}, not {seconds}"
        for name, agent, seconds in DELAYS
        if texts[name].group(agent).delay_seconds != seconds
    ]
    faults += [
        f"{name}: {texts[name].sitemap_urls(HOST)}"
        for name, urls in NAMED_SITEMAPS
        if texts[name].sitemap_urls(HOST) != urls
    ]
    cases = len(ROBOTS) + len(DELAYS) + len(NAMED_SITEMAPS)
    print(f"robots of crawler-commons: {cases - len(faults)} of {cases} as expected in {len(texts)} files")
    for line in (*wrong, *faults):
        print(f"    {line}")


def _fault(case: Case, file: Path) -> str:
    body = file.read_bytes()
    try:
        sitemap = None if case in FEEDS else read_sitemap(body, case.at, LIMIT_BYTES)
        items = sitemap.items if sitemap else read_feed(body, case.at)
    except Unreadable as error:
        return str(error)
    urls = tuple(child.url for child in sitemap.children) if sitemap and case.children else tuple(i.url for i in items)
    if urls[: len(case.urls)] != case.urls or len(urls) != (len(urls) if case.count < 0 else case.count):
        return f"{len(urls)} addresses, first {urls[:3]}"
    dates = tuple(item.published_at for item in items)[: len(case.dates)]
    if dates != case.dates:
        return f"dates {dates}"
    return "not seen to be news" if sitemap and case.is_news and not sitemap.is_news else ""
