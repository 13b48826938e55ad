"""Addresses that a page states: made absolute, and its canonical one."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from courlan import extract_domain

from transforms.content.page import Page

MAX_URL = 2_000  # characters
UNFIT = re.compile(r"[\s<>\"\x00-\x1f\x7f\ud800-\udfff]")  # JSON can hold half a surrogate pair, UTF-8 cannot
IN_CACHE = re.compile(r"/[a-z]/(?:s/)?(?P<origin>[^/]+\.[^/]+/.*)")
IN_VIEWER = re.compile(r"/amp/(?:s/)?(?P<origin>[^/]+\.[^/]+/.*)")
AMP_VIEWER = re.compile(r"www\.(?:google|bing)\.[a-z.]{2,6}")


def absolute(url: str, base: str) -> str | None:
    """`url` made absolute; None unless http(s), with a host and of a sane length."""
    try:
        joined = urljoin(base, url.strip())
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or len(joined) > MAX_URL or UNFIT.search(joined):
        return None
    return joined


def canonical_url(page: Page) -> str:
    """What rel=canonical says, or else og:url, if it is of the same registrable domain and not merely the front page;
    else page.url. A page in a cache of AMP pages is of the domain that the cache's address names."""
    own = domain(origin(page.url))
    for stated in (*page.links("canonical"), *page.stated("og:url")):
        url = absolute(stated, page.url)
        if url is None:
            continue
        url = urldefrag(url).url
        is_front = urlsplit(url).path in ("", "/") and urlsplit(page.url).path not in ("", "/")
        if domain(url) == own and not is_front:
            return url
    return page.url


def amp_url(page: Page) -> str | None:
    """The address of the article's AMP form, of the same registrable domain; None where there is none."""
    for stated in page.links("amphtml"):
        url = absolute(stated, page.url)
        if url is not None and domain(url) == domain(page.url):
            return urldefrag(url).url
    return None


def origin(url: str) -> str:
    """The address of the page that an AMP cache keeps a copy of; any other address as it is."""
    parts = urlsplit(url)
    if (parts.hostname or "").endswith(".cdn.ampproject.org") and (match := IN_CACHE.match(parts.path)):
        return f"https://{match['origin']}"
    if AMP_VIEWER.fullmatch(parts.hostname or "") and (match := IN_VIEWER.match(parts.path)):
        return f"https://{match['origin']}"
    return url


def domain(url: str) -> str:
    """The registrable domain of an address; for a host under no public suffix its last two labels."""
    found = extract_domain(url)
    if found:
        return str(found).lower()
    return ".".join((urlsplit(url).hostname or "").lower().split(".")[-2:])
