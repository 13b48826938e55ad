"""Words that must lie in a name: what sentiment sets tell about names without saying so.

Their targets are mostly names. A word of a target that is written large, and hardly ever small anywhere in the set, is
taken for part of a name of some type. "President" in "President Ahmed", "gold" and "markets" are so left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from transforms.reader.reading import Span
from transforms.reader.training.labelled import Labelled, Target

WORD = re.compile(r"[^\W\d_]+")
MOST_SMALL = 0.1  # of a word's places, written small
NO_NAMES = frozenset(  # never written small, and yet no names
    WORD.findall(
        "mr mrs ms dr sen rep gov monday tuesday wednesday thursday friday saturday sunday january february march "
        "april may june july august september october november december psu psus fmcg omcs fii fiis dii diis nbfc "
        "nbfcs ipo ipos qip brent nymex cpo etf etfs psbs hfcs"
    )
)
CONNECTING = frozenset(WORD.findall("of the and for de von van der la al bin on in"))


def small_shares(texts: Iterable[str]) -> dict[str, float]:
    """Of each word, in small letters, the share of its places that are written small."""
    places: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for word in WORD.findall(text):
            places[word.lower()] += 1
            small[word.lower()] += word.islower()
    return {word: small[word] / count for word, count in places.items()}


def is_name_word(word: str, shares: Mapping[str, float]) -> bool:
    """Whether a word of a target is likely to lie in a name. A word not in `shares` is not."""
    key = word.lower()
    return word[0].isupper() and key not in NO_NAMES and shares.get(key, 1.0) < MOST_SMALL


def hints_of(text: str, target: Target, shares: Mapping[str, float]) -> tuple[Span, ...]:
    """The words of the target that lie in a name."""
    found = WORD.finditer(text, target.start, target.end)
    return tuple(Span(*word.span()) for word in found if is_name_word(word[0], shares))


def hinted(item: Labelled, shares: Mapping[str, float]) -> Labelled:
    """A text with targets, with what they tell about names."""
    hints = tuple(hint for target in item.targets for hint in hints_of(item.text, target, shares))
    return replace(item, names=(), is_partial=True, hints=hints) if hints else item
