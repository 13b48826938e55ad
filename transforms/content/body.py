"""The body of an article: trafilatura's extraction, helped before (what a reader cannot see, bodies cut into
containers) and after (the choice between its modes and the linked data's own articleBody)."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import lxml.html
from lxml.etree import LxmlError, ParserError
from trafilatura import extract
from trafilatura.settings import Extractor

from transforms.content.linked import is_article
from transforms.content.page import Page
from transforms.content.paragraphs import plain

# Precision mode measures best on news, but now and then it loses the whole body: below this share of the text that
# balanced mode finds, balanced mode is right.
LOSS = 0.5
# Balanced mode is asked only where precision's text is under this share of the page's long paragraphs.
DOUBT = 0.7
LONG_PARAGRAPH = 80  # characters
# articleBody is taken where it says much more than the markup, and says what the markup says.
MORE = 1.6
AGREEMENT = 0.8
AGREEMENT_WORDS = 20  # below, there is nothing to disagree with

HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
POPPING_UP = re.compile(r"(?:^|[\s_-])(?:tooltip|popover|rollover|hovercard|screen-reader-text|sr-only)", re.IGNORECASE)
BODY_CONTAINER = re.compile(
    r"(?:article|story|post|entry|content)[_-]{0,2}(?:body|text|content|chunk|section)|body[_-]{0,2}(?:text|container|copy)"
    r"|articlebody",
    re.IGNORECASE,
)
BLOCKS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "div", "br", "tr"))
OUTSIDE = frozenset(("nav", "header", "footer", "aside", "form", "noscript"))


def body_lines(page: Page) -> list[str]:
    """The lines of the page's article body, plain and not empty, boilerplate lines included; [] where it has none."""
    tree = prepared(page.tree)
    text = extracted(tree, page.url, "precision")
    if len(text) < DOUBT * long_paragraphs(tree):
        other = extracted(tree, page.url, "balanced")
        if len(text) < LOSS * len(other):
            text = other
    lines = [line for raw in text.split("\n") if (line := plain(without_marks(raw)))]
    stated = stated_body(page)
    return stated if says_more(stated, lines) else lines


def extracted(tree: Any, url: str, focus: str) -> str:
    """trafilatura's text for a tree, which it leaves as it is. `focus`: precision or balanced."""
    # A fresh Extractor each time and no deduplication: nothing is remembered from one page to the next.
    options = Extractor(
        output_format="txt", precision=focus == "precision", comments=False, tables=True, dedup=False, url=url
    )
    return extract(tree, options=options) or ""


def prepared(tree: Any) -> Any:
    """A copy of the tree without hidden elements and with the containers of one body joined."""
    copied = deepcopy(tree)
    for element in [*copied.iter("script", "style")]:  # the linked data is read apart
        element.drop_tree()
    drop_hidden(copied)
    join_containers(copied)
    return copied


def drop_hidden(tree: Any) -> None:
    """Take out what a reader cannot see, unless that is half of the text: then it is shown by a script."""
    doomed = {
        element: None
        for element in tree.iter("div", "span", "section", "p", "ul", "a", "aside")
        if HIDDEN.search(element.get("style") or "") or POPPING_UP.search(element.get("class") or "")
    }
    if not doomed:
        return
    outermost = [element for element in doomed if not any(around in doomed for around in element.iterancestors())]
    hidden = sum(text_length(element) for element in outermost)
    if hidden * 2 > text_length(tree):
        return
    for element in outermost:
        if element.getparent() is not None:
            element.drop_tree()


def join_containers(tree: Any) -> None:
    """Move the content of later containers of a body into the first.

    A body cut by advertisements into several containers of one class would be read up to the first cut. Containers
    belong together when they share tag, class and a grandparent's parent at most, none lies in another, and each
    holds long paragraphs but no headline of its own.
    """
    groups: dict[tuple[str, str, Any], list[Any]] = {}
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        if BODY_CONTAINER.search(name) and own_paragraphs(element):
            for ancestor in ancestors(element, 3):
                groups.setdefault((element.tag, name, ancestor), []).append(element)
    for members in sorted(groups.values(), key=len, reverse=True):
        first, rest = members[0], members[1:]
        if not rest or any(element.getparent() is None for element in members) or has_headlines(members):
            continue
        for element in rest:
            for child in list(element):
                first.append(child)
            element.drop_tree()


def own_paragraphs(element: Any) -> bool:
    """Whether a long paragraph stands right below the element."""
    return any(child.tag == "p" and text_length(child) >= LONG_PARAGRAPH for child in element)


def has_headlines(members: list[Any]) -> bool:
    """Whether members after the first stand under headlines of their own, as teasers and comments do."""
    inside_first = set(members[0].iterdescendants())
    return any(
        next(element.iter("h1"), None) is not None
        or (element.getparent() is not None and element.getparent().tag in ("article", "li"))
        or element in inside_first
        for element in members[1:]
    )


def ancestors(element: Any, levels: int) -> Iterator[Any]:
    """Up to `levels` ancestors, nearest first, body and html excluded."""
    for _, ancestor in zip(range(levels), element.iterancestors(), strict=False):
        if ancestor.tag in ("body", "html"):
            return
        yield ancestor


def text_length(element: Any) -> int:
    """Characters of text in the element, without the white space at the ends of its text nodes."""
    return sum(len(text.strip()) for text in element.itertext())


def long_paragraphs(tree: Any) -> int:
    """Characters in the tree's long paragraphs outside navigation and the like."""
    return sum(
        length
        for element in tree.iter("p")
        if (length := text_length(element)) >= LONG_PARAGRAPH
        and not any(ancestor.tag in OUTSIDE for ancestor in element.iterancestors())
    )


def without_marks(line: str) -> str:
    """The line without the marks that trafilatura's text format adds for list items and table cells."""
    line = line.strip()
    if line.startswith("|") and line.endswith("|"):
        if not line.strip("|-: "):
            return ""
        line = " | ".join(cell.strip() for cell in line.strip("|").split("|") if cell.strip())
    return line.removeprefix("- ")


def stated_body(page: Page) -> list[str]:
    """The lines of the longest articleBody of the page's linked data, markup taken out; [] without one."""
    stated = [
        text
        for item in page.linked_data
        if is_article(item)
        for text in (item.get("articleBody"), item.get("text"))
        if isinstance(text, str)
    ]
    longest = max(stated, key=len, default="")
    return [line for raw in unmarked(longest).split("\n") if (line := plain(raw))]


def unmarked(text: str) -> str:
    """`text` without HTML markup, a line per block."""
    if "<" not in text and "&" not in text:
        return text
    try:
        fragment = lxml.html.fragment_fromstring(text, create_parent="div")
    except (ParserError, LxmlError, ValueError):
        return text
    for element in fragment.iter():
        if element.tag in BLOCKS:
            element.tail = "\n" + (element.tail or "")
    return str(fragment.text_content())


def says_more(stated: list[str], lines: list[str]) -> bool:
    """Whether the stated body is much longer than the lines found in the markup and holds them."""
    own, other = words(lines), words(stated)
    if other.total() < MORE * own.total() or not other:
        return False
    return own.total() < AGREEMENT_WORDS or (own & other).total() >= AGREEMENT * own.total()


def words(lines: list[str]) -> Counter[str]:
    """How often each word occurs, lower case."""
    return Counter(re.findall(r"\w+", " ".join(lines).lower()))
