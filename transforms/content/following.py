"""The page on which an article goes on, where it is cut into several.

rel=next alone does not say so: blogs give it to the next article. An address counts that is this page's own but for the
number of the page, one higher. What came at such an address is a page of the article where it links to the others, as
every pager does; a wall or an error page does not.
"""

import re
from collections.abc import Iterable, Iterator
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
    stated = (absolute(url, page.url) for url in (*page.links("canonical"), *page.stated("og:url")))
    own = own_places(page.url, filter(None, stated))
    for address in candidates(page):
        url = absolute(address, page.url)
        if url is None:
            continue
        url = urldefrag(url).url
        base, number = numbered(url)
        if number > 1 and (base, number - 1) in own:
            return url
    return None


def own_places(here: str, stated: Iterable[str]) -> set[tuple[str, int]]:
    """The addresses of the page found at `here`, as `numbered` gives them. stated: those that it states.

    Later pages state the first one as canonical: what stands before the page itself is none of its own.
    """
    places = [numbered(urldefrag(url).url) for url in (here, *stated)]
    return {(base, number) for base, number in places if number >= places[0][1]}


def is_page_of(page: Page, asked: str) -> bool:
    """Whether the page, asked for at `asked`, links to another page of the article whose number stands there."""
    base, number = numbered(asked)
    for address in (*page.links("prev"), *page.links("canonical"), *candidates(page)):
        url = absolute(address, page.url)
        if url is not None:
            other, its_number = numbered(urldefrag(url).url)
            if other == base and its_number != number:
                return True
    return False


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
