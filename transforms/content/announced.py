"""Whether a page is the one that its feed announced, told by words alone and so in any language that has blanks.

A wall, a notice that a page is gone and a check for robots have neither the headline nor the words of what was
announced; a headline that was changed since still has its names.
"""

import re
import unicodedata
from itertools import islice

from transforms.content.page import Page
from transforms.content.stated import text_of

ANNOUNCED, UNANNOUNCED = MATCHES = ("as_announced", "not_as_announced")
# Letters of scripts that have blanks between words; shorter words stand on any page.
WORD = re.compile(r"[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]{4,}")
STEM = 6  # characters; endings change with the sentence
MIN_WORDS = 2  # a headline of fewer tells nothing
MOST, FEWEST = 0.7, 0.2  # shares of the headline's words
SUMMARY = 0.3  # of a summary's words; an article has most of them, any other page the common ones
MAX_HEADINGS = 10
MAX_HEADING = 500  # characters
MAX_TEXT = 200_000  # characters that are read


def announcement(page: Page, title: str | None, summary: str | None) -> list[str]:
    """Which of MATCHES holds: the feed's title stands in the page's own, or hardly a word of it anywhere; or none."""
    wanted = stems(title or "")
    if len(wanted) < MIN_WORDS:
        return []
    if share(wanted, stems(" ".join(own_titles(page)))) >= MOST:
        return [ANNOUNCED]
    there = stems(" ".join([*own_titles(page), *page.stated("description", "og:description"), text_on(page)]))
    if share(wanted, there) > FEWEST or share(stems(summary or ""), there) > SUMMARY:
        return []
    return [UNANNOUNCED]


def own_titles(page: Page) -> list[str]:
    """What the page calls itself: its headings of the first rank, its title elements and its stated titles."""
    headings = [text_of(element, MAX_HEADING) for element in islice(page.tree.iter("h1", "title"), MAX_HEADINGS)]
    return [*headings, *page.stated("og:title", "twitter:title")]


def text_on(page: Page) -> str:
    """The beginning of all text of the page, wherever it stands; its linked data too."""
    return str(page.tree.text_content())[:MAX_TEXT]


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return frozenset(word[:STEM] for word in WORD.findall(letters))


def share(wanted: frozenset[str], there: frozenset[str]) -> float:
    """The share of the wanted that is there; 0 where nothing is wanted."""
    return len(wanted & there) / len(wanted) if wanted else 0.0
