"""ROUGE-n F over lower-case words, without stemming (Lin 2004), and the greedy choice of sentences that raises it."""

import re
from collections import Counter
from collections.abc import Sequence

WORD = re.compile(r"[a-z0-9]+")


def grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    """The word n-grams of `text` with their counts."""
    words = WORD.findall(text.lower())
    return Counter(zip(*(words[start:] for start in range(size)), strict=False))


def overlap_f(found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> float:
    """Harmonic mean of precision and recall of the n-grams, 0 to 1."""
    shared = (found & wanted).total()
    return 2 * shared / (found.total() + wanted.total()) if shared else 0.0


def rouge(found: str, wanted: str, size: int = 1) -> float:
    """ROUGE-`size` F of `found` against `wanted`, 0 to 1."""
    return overlap_f(grams(found, size), grams(wanted, size))


def greedy_oracle(sentences: Sequence[str], wanted: str, most: int = 3) -> list[int]:
    """Indices of up to `most` sentences, each adding the most ROUGE-1 + ROUGE-2 F, until none adds any.

    As in Nallapati et al. 2017 (SummaRuNNer).
    """
    targets = grams(wanted, 1), grams(wanted, 2)
    ones = [grams(sentence, 1) for sentence in sentences]
    twos = [grams(sentence, 2) for sentence in sentences]
    chosen: list[int] = []
    held: tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]] = Counter(), Counter()
    best = 0.0
    while len(chosen) < most:
        scores = [
            -1.0 if i in chosen else overlap_f(held[0] + ones[i], targets[0]) + overlap_f(held[1] + twos[i], targets[1])
            for i in range(len(sentences))
        ]
        if not scores or max(scores) <= best:
            break
        best = max(scores)
        index = scores.index(best)
        chosen.append(index)
        held = held[0] + ones[index], held[1] + twos[index]
    return sorted(chosen)
