"""Addresses that a page states: made absolute, and its canonical one."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from courlan import extract_domain

from transforms.content.page import Page

MAX_URL = 2_000  # characters
UNFIT = re.compile(r"[\s<>\"\x00-\x1f\x7f\ud800-\udfff]")  # JSON can hold half a surrogate pair, UTF-8 cannot


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
    """What rel=canonical says, if it is of the same registrable domain and not merely the front page; else page.url."""
    for element in page.tree.iter("link"):
        if "canonical" not in (element.get("rel") or "").lower().split():
            continue
        url = absolute(element.get("href") or "", page.url)
        if url is None or not element.get("href"):
            continue
        url = urldefrag(url).url
        is_front = urlsplit(url).path in ("", "/") and urlsplit(page.url).path not in ("", "/")
        if domain(url) == domain(page.url) and not is_front:
            return url
    return page.url


def domain(url: str) -> str:
    """The registrable domain of an address; for a host under no public suffix its last two labels."""
    found = extract_domain(url)
    if found:
        return str(found).lower()
    return ".".join((urlsplit(url).hostname or "").lower().split(".")[-2:])
