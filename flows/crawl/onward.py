"""Where an article goes on, as its page says: what `next_url` of the column `content` says, asked during the crawl.

`may_go_on` looks at the addresses in the bytes and parses nothing, so a page that is whole, as nearly all are, costs no
more. `read_onward` parses, in a process of its own (isolation.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote

from flows.crawl.charset import decide, decode_page
from flows.crawl.items import Unreadable
from transforms.content.addresses import absolute
from transforms.content.following import MAX_LINKS, PARAMETERS, is_page_of, next_url, numbered, own_places
from transforms.content.forms import LIVE_BLOG, form_of
from transforms.content.page import UnreadablePage, parse_page
from transforms.content.selectors import read_selectors, remove

# Each of these is linear on any input: what it looks at is bounded, or is not looked at again.
_VALUE = rb"""\s{0,9}=\s{0,9}(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))"""
_HREF = re.compile(rb"\bhref" + _VALUE, re.IGNORECASE)
_OWN = re.compile(rb"\b(?:href|content)" + _VALUE, re.IGNORECASE)
_STATING = re.compile(rb"<(?:link|meta)\b[^>]{1,2000}", re.IGNORECASE)
_NAMES = "|".join(form for name in sorted(PARAMETERS) for form in {name, quote(name)}).encode()
_NUMBERED = re.compile(
    rb"[?&;](?:" + _NAMES + rb")=\d|[/_,-][a-z]{0,6}[/_-]?\d{1,2}(?:\.\w{2,5})?/?(?=[?#]|$)", re.IGNORECASE
)


def may_go_on(body: bytes, url: str) -> bool:
    """Whether the page found at `url` holds an address that is its own, one page further. Some that do not go on pass.

    A page in UTF-16 is read as whole: its addresses are not seen here.
    """
    further = set()
    for address in islice(_values(_HREF, body), 2 * MAX_LINKS):
        if _NUMBERED.search(address) and (full := _full(address, url)):
            further.add(numbered(full))
    if not any(number > 1 for _, number in further):
        return False
    stating = (tag for tag in _STATING.findall(body) if b"canonical" in tag.lower() or b"og:url" in tag.lower())
    stated = (full for tag in stating for value in _values(_OWN, tag) if (full := _full(value, url)))
    own = own_places(url, stated)
    return any((base, number - 1) in own for base, number in further)


def _values(pattern: re.Pattern[bytes], text: bytes) -> Iterator[bytes]:
    return ((found[1] or found[2] or found[3]).strip() for found in pattern.finditer(text))


def _full(address: bytes, url: str) -> str | None:
    full = absolute(html.unescape(address.decode("utf-8", "replace")), url)
    return full.partition("#")[0] if full else None


def read_onward(
    body: bytes, content_type: str, url: str, asked: str | None, selectors: str | None
) -> tuple[bool, str | None]:
    """(whether the page is one of the article's, the address on which that goes on).

    url: where the page was found in the end. asked: the address of a page after the first one; None of the first.
    selectors: of the source's file, as JSON. Raises Unreadable.
    """
    try:
        page = parse_page(decode_page(body, decide(body, content_type)[0]), url)
    except UnreadablePage as error:
        raise Unreadable(str(error)) from error
    remove(page.tree, read_selectors(selectors))
    if asked is None and form_of(page) == LIVE_BLOG:  # its further pages are older updates
        return True, None
    return asked is None or is_page_of(page, asked), next_url(page)
