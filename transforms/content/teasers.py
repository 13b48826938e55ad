"""The cards of a page: a linked headline of another page of the site with a line or two. An index is made of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urldefrag

from transforms.content.addresses import absolute, domain
from transforms.content.boilerplate import key
from transforms.content.page import Page
from transforms.content.stated import text_of

HEADINGS = ("h2", "h3", "h4", "h5")
LEVELS = 3  # a card is at most so many elements above its headline
MAX_CARD = 800  # characters; a section of an article under a linked heading has more
MAX_CARDS = 500  # looked at on one page
MAX_PIECES = 60  # elements looked at in one card


def teaser_texts(page: Page) -> frozenset[str]:
    """The keys of all that stands in the page's cards, piece by piece."""
    headings = list(islice(_linked_headings(page), MAX_CARDS))
    held = Counter(around for heading in headings for around in _around(heading))
    found: set[str] = set()
    for heading in headings:
        own = [around for around in _around(heading) if held[around] == 1]
        if own and text_of(own[-1], MAX_CARD):
            found.update(key(text_of(piece, MAX_CARD)) for piece in islice(own[-1].iter(), MAX_PIECES))
    return frozenset(found - {""})


def teaser_share(paragraphs: Iterable[str], teasers: frozenset[str]) -> float:
    """The share of the paragraphs' words that stand in paragraphs which are teasers, 0 to 1; 0 without a word."""
    sizes = [(len(words.split()), words in teasers) for words in map(key, paragraphs)]
    total = sum(size for size, _ in sizes)
    return sum(size for size, is_teaser in sizes if is_teaser) / total if total else 0.0


def _linked_headings(page: Page) -> Iterator[Any]:
    """The headings that lead, as a whole, to another page of the same site."""
    here, site = urldefrag(page.url).url, domain(page.url)
    for heading in page.tree.iter(*HEADINGS):
        said = key(text_of(heading, MAX_CARD))
        links = [link for link in heading.iter("a") if key(text_of(link, MAX_CARD)) == said] if said else []
        target = absolute(links[0].get("href") or "", page.url) if links else None
        if target and urldefrag(target).url != here and domain(target) == site:
            yield heading


def _around(heading: Any) -> list[Any]:
    """What the heading stands in, the nearest first, LEVELS of it at most and never the whole body."""
    ancestors = islice(heading.iterancestors(), LEVELS)
    return [element for element in ancestors if element.tag not in ("body", "html", "main")]
