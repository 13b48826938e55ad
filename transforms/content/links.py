"""The links of a page: what they say, and how much of a text is links."""

from collections import Counter
from typing import Any

from transforms.content.boilerplate import key
from transforms.content.stated import text_of

MIN_WORDS = 3  # a link of one or two words ("Berlin") may stand in any text by chance
MAX_LINKS = 5_000  # looked at on one page
MAX_LINK_TEXT = 2_000  # characters; a teaser wrapped in a link has some hundred


def link_texts(tree: Any) -> Counter[str]:
    """How often each link text occurs, as the key of its words; texts without a word are left out."""
    found: Counter[str] = Counter()
    for count, element in enumerate(tree.iter("a")):
        if count >= MAX_LINKS:
            break
        if element.get("href") and (text := key(text_of(element, MAX_LINK_TEXT))):
            found[text] += 1
    return found


def link_share(text: str, links: Counter[str]) -> float:
    """The share of the text's words that stand in links of the page, 0 to 1; 0 for a text without a word."""
    left = " " + " ".join(key(line) for line in text.split("\n") if line) + " "
    total = len(left.split())
    linked = 0
    for link, times in sorted(links.items(), key=lambda item: (-len(item[0]), item[0])):
        length = link.count(" ") + 1
        if length < MIN_WORDS or linked >= total:
            continue
        found = min(left.count(f" {link} "), times)
        if found:
            linked += found * length
            left = left.replace(f" {link} ", " | ", found)
    return min(1.0, linked / total) if total else 0.0
