"""One web page, parsed: the tree, what its meta elements state and what its linked data states.

Everything here comes from strangers. Size, number of elements and number of attributes are limited before the costly
steps; what is over a limit raises UnreadablePage with a reason a person understands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import lxml.html
from lxml.etree import LxmlError, ParserError

from transforms.content.linked import Linked, linked_data, main_article, resolved
from transforms.content.microdata import microdata

MAX_CHARACTERS = 5_000_000  # the longest of 181 news pages has 1.5 million, most of it scripts
MAX_ELEMENTS = 50_000  # extraction takes about 0.1 ms an element; a long live blog has some 10,000
MAX_PAGE_TEXT = 1_000_000  # characters outside scripts; a body may have MAX_TEXT of them
MAX_ATTRIBUTES = 1_000  # libxml2 compares each attribute with all earlier ones: 100,000 take 14 s

# What XML 1.0 does not allow, and lone surrogates: lxml refuses text that holds them.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
UNREAD = re.compile(r"<(script|style)\b", re.IGNORECASE)
UNREAD_END = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style")}
# A start tag up to its end. Possessive, and without a closing ">" in the pattern, so that it is linear on any input.
START_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
LONG_TAG = 10_000  # characters; only start tags longer than this have their attributes counted


class UnreadablePage(ValueError):
    """The page cannot be parsed, or is over a limit. The message is the recorded reason."""


@dataclass(frozen=True)
class Page:
    """A parsed page.

    url: where it was found in the end, after redirects.
    tree: its root element; readers leave it as it is and copy what they change.
    meta: contents of the meta elements by lower-case property, name, itemprop or http-equiv, in page order.
    linked_data: every JSON-LD object, outer ones before those nested in them.
    """

    url: str
    tree: Any
    meta: Mapping[str, tuple[str, ...]]
    linked_data: tuple[Linked, ...]

    @cached_property
    def microdata(self) -> tuple[Linked, ...]:
        """Every article that is stated as microdata."""
        return tuple(microdata(self.tree))

    @cached_property
    def article(self) -> Linked:
        """What the linked data, or else the microdata, says of the page's own article; {} where it says nothing."""
        addresses = (self.url, *self.stated("og:url"), *self.links("canonical"))
        return main_article(self.linked_data, *addresses) or main_article(self.microdata, *addresses)

    def of_article(self, name: str) -> Any:
        """A property of the page's own article, references within the page followed."""
        return resolved(self.article.get(name), self.linked_data)

    def links(self, relation: str) -> Iterator[str]:
        """The addresses, as written, of the head's links of a relation."""
        for element in self.tree.iter("link"):
            if relation in (element.get("rel") or "").lower().split() and (address := element.get("href")):
                yield address

    def stated(self, *names: str) -> Iterator[str]:
        """The non-empty contents of the meta elements `names`, in the order of the names, trimmed."""
        for name in names:
            yield from (text for value in self.meta.get(name, ()) if (text := value.strip()))


def parse_page(html: str, url: str) -> Page:
    """The page in `html`, found at `url`. Raises UnreadablePage: empty, too large, or not to be parsed."""
    if len(html) > MAX_CHARACTERS:
        raise UnreadablePage(f"too large: {len(html)} characters, limit {MAX_CHARACTERS}")
    html = without_scripts(FORBIDDEN.sub("", html))
    if not html.strip():
        raise UnreadablePage("empty: the page has no content")
    check_attributes(html)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        # Bytes with the encoding given: a str with an encoding declaration of its own would be refused.
        tree = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    except (ParserError, LxmlError, ValueError) as error:
        reason = "empty: the page has no content" if "is empty" in str(error) else f"not HTML: {error}"
        raise UnreadablePage(reason) from error
    check_size(tree)
    return Page(url, tree, meta_contents(tree), tuple(linked_data(tree)))


def without_scripts(html: str) -> str:
    """The page without styles and scripts other than linked data: most of a page's bytes, and none of its text.

    One pass, never back: what is opened and not closed stays for the parser to judge.
    """
    kept, start, place = [], 0, 0
    while (opening := UNREAD.search(html, place)) is not None:
        tag_end = html.find(">", opening.end())
        if tag_end < 0:
            break
        place = tag_end + 1
        if "ld+json" in html[opening.end() : tag_end].lower():
            continue
        closing = UNREAD_END[opening[1].lower()].search(html, place)
        place = html.find(">", closing.end()) + 1 if closing else 0
        if place == 0:
            break
        kept.append(html[start : opening.start()])
        start = place
    return " ".join([*kept, html[start:]])


def check_size(tree: Any) -> None:
    """Raises UnreadablePage where the tree has more elements or more text than the limits."""
    elements = text = 0
    for element in tree.iter():
        elements += 1
        is_unread = element.tag in ("script", "style")
        text += (0 if is_unread else len(element.text or "")) + len(element.tail or "")
    if elements > MAX_ELEMENTS:
        raise UnreadablePage(f"too large: {elements} elements, limit {MAX_ELEMENTS}")
    if text > MAX_PAGE_TEXT:
        raise UnreadablePage(f"too large: {text} characters of text, limit {MAX_PAGE_TEXT}")


def check_attributes(html: str) -> None:
    """Raises UnreadablePage where a start tag has more attributes than MAX_ATTRIBUTES."""
    for tag in START_TAG.finditer(html):
        if tag.end() - tag.start() > LONG_TAG and len(QUOTED.sub("", tag.group()).split()) > MAX_ATTRIBUTES:
            raise UnreadablePage(f"too large: an element with more than {MAX_ATTRIBUTES} attributes")


def meta_contents(tree: Any) -> dict[str, tuple[str, ...]]:
    """Contents of the tree's meta elements by every name each goes by."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if not content:
            continue
        names = {(element.get(key) or "").strip().lower() for key in ("property", "name", "itemprop", "http-equiv")}
        for name in names - {""}:
            found.setdefault(name, []).append(content)
    return {name: tuple(values) for name, values in found.items()}
