"""The page on which an article goes on, where it is cut into several.

rel=next alone does not say so: blogs give it to the next article. An address counts that is this page's own but for the
number of the page, one higher.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit

from transforms.content.addresses import absolute
from transforms.content.page import Page

MAX_LINKS = 2_000
MOST_PAGES = 99

PARAMETERS = frozenset(
    ("page", "p", "pg", "pagenumber", "page_num", "seite", "pagina", "página", "sida", "side", "strona")
)
IN_PATH = re.compile(
    r"(?:/(?:page|seite|pagina|p|sida|side|strona)[/_-]?(?P<word>\d{1,2})/?"
    r"|/(?P<alone>\d{1,2})/?"
    r"|[-_,](?:page|seite|pagina|p|s)?[-_]?(?P<mark>\d{1,2})(?=\.\w{2,5}$|/?$)(?P<ending>\.\w{2,5})?)$",
    re.IGNORECASE,
)


def next_url(page: Page) -> str | None:
    """Where the page's article goes on; None where nothing says that it does."""
    here = (urldefrag(page.url).url, *page.links("canonical"), *page.stated("og:url"))
    own = {split for url in here if (full := absolute(url, page.url)) for split in (numbered(full),)}
    for address in candidates(page):
        url = absolute(address, page.url)
        if url is None:
            continue
        url = urldefrag(url).url
        base, number = numbered(url)
        if number > 1 and (base, number - 1) in own:
            return url
    return None


def candidates(page: Page) -> Iterator[str]:
    """The addresses of the head's next link, then of the page's links."""
    yield from page.links("next")
    for element in islice(page.tree.iter("a"), MAX_LINKS):
        if address := element.get("href"):
            yield address


def numbered(url: str) -> tuple[str, int]:
    """(the address without a page's number, that number; 1 where there is none)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    kept = []
    number = 0
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name.lower() in PARAMETERS and value.isascii() and value.isdigit() and 0 < int(value[:4]) <= MOST_PAGES:
            number = int(value)
        else:
            kept.append((name, value))
    path = parts.path
    if not number and (match := IN_PATH.search(path)):
        found = int(match["word"] or match["alone"] or match["mark"])
        if 0 < found <= MOST_PAGES:
            number, path = found, path[: match.start()] + (match["ending"] or "")
    return f"{host}{path.rstrip('/')}?{urlencode(kept)}", number or 1
