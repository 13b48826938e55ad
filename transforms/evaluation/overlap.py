"""ROUGE as papers report it: F with stemming, by the package rouge-score, which only evaluating needs."""

from collections.abc import Callable

Scorer = Callable[[str, str], list[float]]
MEASURES = ("ROUGE-1 F", "ROUGE-2 F", "ROUGE-L F", "ROUGE-Lsum F")
MISSING = "key points are not measured: the package rouge-score is not installed (it is in the extras train and dev)"


def rouge_scorer() -> Scorer | None:
    """A function of a shown and a wanted text that gives the four MEASURES, 0 to 1; None without the package.

    ROUGE-Lsum takes each line of the texts for a sentence.
    """
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError:
        return None
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=True)

    def score(shown: str, wanted: str) -> list[float]:
        found = scorer.score(wanted, shown)
        return [float(found[name].fmeasure) for name in ("rouge1", "rouge2", "rougeL", "rougeLsum")]

    return score
