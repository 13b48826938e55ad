"""What a finished model is judged on: texts that no training step has seen, by name. Sample sizes are fixed by a seed.

Part "test" gives the figures of the model card and decides nothing. Part "validation" is what decisions are taken on:
the pieces of the training sets that no step is taken on.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from transforms.reader.training.articles import Article, articles
from transforms.reader.training.companies import plain_sentences
from transforms.reader.training.labelled import Labelled, join
from transforms.reader.training.names import conllpp, conllpp_to_train, read_columns
from transforms.reader.training.opinions import newsmtsc, newsmtsc_to_train, sentfin, to_train, tweets

Item = TypeVar("Item")
COMPANIES, COMPANIES_SEED = 150, 7
PARTS = ("test", "validation")


def sample(items: Sequence[Item], most: int, seed: int) -> list[Item]:
    """Up to `most` of the items, in their order."""
    kept = sorted(random.Random(seed).sample(range(len(items)), min(most, len(items))))
    return [items[index] for index in kept]


def named(folder: Path, part: str) -> dict[str, list[Labelled]]:
    """Whole documents with their names, by the set's name."""
    if part == "validation":
        return {
            "CoNLL++ train, left out": [join(d) for d in conllpp_to_train(folder, is_left_out=True)],
            "plain sentences on companies": plain_sentences(COMPANIES, COMPANIES_SEED),
        }
    filings = read_columns(folder / "ner/SEC-filings/CONLL-format/data/test/FIN3.txt")
    return {
        "CoNLL++ dev": [join(d) for d in conllpp(folder, "dev")],
        "SEC filings, test": [join(d[i : i + 40]) for d in filings for i in range(0, len(d), 40)],
    }


def aimed(folder: Path, part: str) -> dict[str, list[Labelled]]:
    """Sentences with the sentiment towards what they name, by the set's name."""
    if part == "validation":
        return {
            "NewsMTSC train, left out": newsmtsc_to_train(folder, is_left_out=True),
            "SEntFiN, left out": to_train(sentfin(folder, held_back=False), is_left_out=True),
        }
    return {
        "NewsMTSC rw-dev": newsmtsc(folder, "rw-dev"),
        "NewsMTSC mt-dev": newsmtsc(folder, "mt-dev"),
        "SEntFiN, a fifth": sentfin(folder, held_back=True),
    }


def toned(folder: Path, part: str) -> dict[str, list[Labelled]]:
    """Sentences with their sentiment; that of NewsMTSC and SEntFiN is the one its targets share, where they do."""
    sets = {name: found for name, found in aimed(folder, part).items() if "mt-dev" not in name}
    if part == "test":
        sets["Twitter financial news, a fifth"] = tweets(folder, held_back=True)
    else:
        sets["Twitter financial news, left out"] = to_train(tweets(folder, held_back=False), is_left_out=True)
    return {name: [s for s in found if s.sentiments[0] is not None] for name, found in sets.items()}


def summarised(folder: Path, part: str, most: int, seed: int) -> dict[str, list[Article]]:
    """Articles with highlights. There are none left out of the training but those of the figures."""
    if part == "validation":
        return {}
    return {"CNN/DailyMail validation 501-1000": sample(articles(folder, "held-back"), most, seed)}
