"""Firms that a text names as a list of companies does, in two words or more: no reader is needed to know them.

The reader cuts such names short ("Northern Oil" of "Northern Oil and Gas") or passes over them ("Assured Guaranty").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from transforms.gazetteer import companies
from transforms.geography import places
from transforms.listings import WRITTEN_EXCHANGES
from transforms.names import LEGAL_FORMS, name_key, trimmed
from transforms.reader.reading import Mention

SCORE = 0.8  # of a mention that the reader does not have
NO_TONE = (0.0, 1.0, 0.0)
MOST_WORDS = 6
_WORD = re.compile(r"[\w&+'’.-]*\w|[&+]")
_JOINING = frozenset(("and", "of", "the", "&", "+"))
_TRADED = re.compile(
    r"\b[Ss](?:hares|tock) (?:of|in) ([A-Z][\w&]+)(?=[ .,;]|['’]s)(?! [A-Z&])"
    r"|(?<![A-Z]\w )\b([A-Z][\w&]+) (?:shares|stock)"
    r" (?:rose|fell|gained|lost|slid|jumped|dropped|climbed|closed|were|are|have)\b"
)
_GOES_ON = re.compile(r"(?: of)? [A-ZÀ-Þ]")
_BEGAN = re.compile(r"[A-ZÀ-Þ][\w'’.-]* $")
# "Acme Pumps (NYSE: ACM)": a firm, whatever its name is.
_NO_NAME = r"(?!(?:On|In|At|The|And|But|Shares|Stock|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
_LISTED = re.compile(
    rf"((?:{_NO_NAME}[A-ZÀ-Þ][\w.&'’-]* ){{0,4}}{_NO_NAME}[A-ZÀ-Þ][\w.&'’-]*)"
    rf" \((?:{WRITTEN_EXCHANGES}) ?: ?[A-Z][A-Z0-9.]{{0,5}}\)"
)


def is_listed(key: str) -> bool:
    """Whether a name_key is a listed company's and no place's."""
    return key in companies() and key not in places()


@cache
def _longest() -> Mapping[str, int]:
    """By the first word of the companies' names of two words and more, the most words that one of them has."""
    most: dict[str, int] = {}
    for key in companies():
        words = key.split()
        if 1 < len(words) <= MOST_WORDS and words[-1] not in LEGAL_FORMS and is_listed(key):
            most[words[0]] = max(most.get(words[0], 0), len(words))
    return most


def firms_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the text has a company's name of two words or more, each word of weight with its capital.

    Not as a part of a longer name: the National Bank of Kuwait, Pakistan International Airlines, the Capital One Cup.
    """
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        first = words[at][0]
        most = _longest().get(name_key(first), 0) if first[0].isupper() else 0
        found = next(
            (count for count in range(min(most, len(words) - at), 1, -1) if _is_firm(text, words[at : at + count])), 0
        )
        if found:
            start, end = trimmed(text, words[at].start(), words[at + found - 1].end())
            if not _GOES_ON.match(text, end) and not _BEGAN.search(text, max(0, start - 30), start):
                yield start, end
        at += found or 1


def _is_firm(text: str, words: Sequence[re.Match[str]]) -> bool:
    said = text[words[0].start() : words[-1].end()]
    is_large = all(word[0][0].isupper() or word[0] in _JOINING for word in words)
    return is_large and words[-1][0] not in _JOINING and "\n" not in said and is_listed(name_key(said))


def traded_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the text speaks of the shares of a listed company of one word, which may be any word: "shares of Visa"."""
    for found in _TRADED.finditer(text):
        key = name_key(found[found.lastindex or 0])
        if len(key) > 1 and is_listed(key):
            yield found.span(found.lastindex or 0)


def with_known(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the firms that the text names as the list does, by their shares or their listing, in order."""
    made = list(mentions)
    for start, end in (*firms_in(text), *traded_in(text), *(found.span(1) for found in _LISTED.finditer(text))):
        inside = [each for each in made if each.start < end and start < each.end]
        if any(each.start < start or each.end > end or (each.start, each.end) == (start, end) for each in inside):
            continue
        best = max(inside, key=lambda each: each.score, default=Mention(start, end, "ORG", SCORE, NO_TONE))
        made = [each for each in made if each not in inside]
        made.append(replace(best, start=start, end=end, type="ORG", score=max(best.score, SCORE)))
    return sorted(made, key=lambda each: each.start)
