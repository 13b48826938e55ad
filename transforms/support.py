"""How far a source bears out a line beyond its facts: whether it has the line's words, and has them said of each other.

Copying the right words into the wrong order is how a summary most often says what its source does not ("she met
children in the town" of a sentence on children and another on the town). So half of the score is the share of the
line's content words that the source has, and half the share of its neighbouring pairs of content words that stand in
one sentence of the source, in the same order and near each other.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from transforms.facts import is_amount_or_date, tokens
from transforms.names import word_set

FUNCTION_WORDS = word_set(
    "a about above according after again against all also although am an and any are as at be because been before "
    "being below between both but by can could did do does during each even few for from further had has have he her "
    "here him his how however i if in instead into is it its itself just many may meanwhile might more most much must "
    "my no nor not now of off on once one only or other our out over own said same she should since so some still "
    "such than that the their them then there these they this those though through to too under until up upon us very "
    "was we were what when where which while who whom whose why will with within without would yet you your"
)
NEAR = 3  # content words from the first of a pair to the second
_ENDINGS = re.compile(r"(?:ies|ied|ing|ed|es|s|ly|e|y)$")
_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+")


def stem(word: str) -> str:
    """A word in small letters without its ending, cut roughly."""
    return _ENDINGS.sub("", word) if len(word) > 4 else word


def support(claim: str, source: str) -> float:
    """0 to 1, of plain texts; 0 for a claim without words."""
    said, claimed = (_content(text) for text in (source, claim))
    words = [word for sentence in claimed for word in sentence]
    if not words:  # "The others did."
        words, known = _stems(claim), set(_stems(source))
        return sum(word in known for word in words) / len(words) if words else 0.0
    known = {word for sentence in said for word in sentence}
    has = sum(word in known for word in words) / len(words)
    pairs = [pair for sentence in claimed for pair in pairwise(sentence)]
    followers = _near_followers(said, {first for first, _ in pairs})
    order = sum(second in followers[first] for first, second in pairs) / len(pairs) if pairs else has
    return (has + order) / 2


def _stems(text: str) -> list[str]:
    return [stem(word.casefold()) for word, _ in tokens(text)]


def _content(text: str) -> list[list[str]]:
    """The stems of the content words of each sentence; amounts and dates are compared by the gate."""
    return [
        [
            stem(low)
            for word, _ in tokens(sentence)
            if (low := word.casefold()) not in FUNCTION_WORDS and not is_amount_or_date(word)
        ]
        for sentence in _SENTENCE.split(text)
    ]


def _near_followers(said: Sequence[Sequence[str]], firsts: set[str]) -> dict[str, set[str]]:
    """For each of `firsts` the words that follow it nearby in a sentence."""
    found: dict[str, set[str]] = defaultdict(set)
    for sentence in said:
        for place, word in enumerate(sentence):
            if word in firsts:
                found[word].update(sentence[place + 1 : place + 1 + NEAR])
    return found
