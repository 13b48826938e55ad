"""The figures a model is judged by, each a plain function of what was found and what people said."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Marked = tuple[int, int, str]  # [start, end) and the type


def f1(found: int, wanted: int, right: int) -> float:
    """Harmonic mean of precision and recall, 0 where nothing is right."""
    return 2 * right / (found + wanted) if right else 0.0


def names_f1(found: Sequence[set[Marked]], wanted: Sequence[set[Marked]]) -> dict[str, float]:
    """F1 over texts of names with the same borders and type: "all" (micro) and one a type; "borders" takes any type."""
    pairs = list(zip(found, wanted, strict=True))

    def over(kind: str | None) -> float:
        ours = [{n for n in mine if kind in (None, n[2])} for mine, _ in pairs]
        theirs = [{n for n in given if kind in (None, n[2])} for _, given in pairs]
        right = sum(len(a & b) for a, b in zip(ours, theirs, strict=True))
        return f1(sum(map(len, ours)), sum(map(len, theirs)), right)

    kinds = sorted({n[2] for given in wanted for n in given})
    borders = sum(len({n[:2] for n in mine} & {n[:2] for n in given}) for mine, given in pairs)
    total = f1(sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs), borders)
    return {"all": over(None), "borders": total, **{kind: over(kind) for kind in kinds}}


def accuracy(found: Sequence[int], wanted: Sequence[int]) -> float:
    """Share of equal labels."""
    return sum(a == b for a, b in zip(found, wanted, strict=True)) / len(wanted)


def macro_f1(found: Sequence[int], wanted: Sequence[int]) -> float:
    """The mean over the labels that occur in `wanted` of each one's F1."""
    ours, theirs = Counter(found), Counter(wanted)
    right = Counter(a for a, b in zip(found, wanted, strict=True) if a == b)
    return sum(f1(ours[label], theirs[label], right[label]) for label in theirs) / len(theirs)


def commonest(wanted: Sequence[int]) -> list[int]:
    """The baseline of labels: the commonest for every text."""
    return [Counter(wanted).most_common(1)[0][0]] * len(wanted)


def auc(scores: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """The chance that a wanted one scores above an unwanted one, ties counting half; nan where either is missing."""
    above = scores[wanted][:, None] - scores[~wanted][None]
    return float((np.sign(above) / 2 + 0.5).mean()) if above.size else float("nan")


def average_precision(scores: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """The mean, over the wanted ones in falling order of score, of the precision down to each; ties in given order."""
    ranked = wanted[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(ranked)
    return float(((np.arange(len(places)) + 1) / (places + 1)).mean()) if len(places) else float("nan")


def precision_recall(found: Sequence[set[Marked]], wanted: Sequence[set[Marked]]) -> tuple[float, float]:
    """Shares of the found names that are right and of the wanted ones that are found; 0 where there is none."""
    right = sum(len(a & b) for a, b in zip(found, wanted, strict=True))
    return right / max(sum(map(len, found)), 1), right / max(sum(map(len, wanted)), 1)


def balanced_accuracy(found: Sequence[bool], wanted: Sequence[bool]) -> float:
    """The mean of the shares of right answers among the true and among the false ones, of those that occur."""
    pairs = list(zip(found, wanted, strict=True))
    shares = []
    for side in (True, False):
        answers = [a == side for a, b in pairs if b == side]
        shares += [sum(answers) / len(answers)] if answers else []
    return sum(shares) / len(shares) if shares else float("nan")
