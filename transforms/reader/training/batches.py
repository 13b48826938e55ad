"""Which examples are trained on, how often, in which order: decided by the seed before the first step."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from transforms.reader.training.articles import articles, with_oracle
from transforms.reader.training.companies import headlines_renamed, renamed_all
from transforms.reader.training.examples import IGNORED, TRAINED_WINDOWS, Example, examples_of
from transforms.reader.training.hints import hinted, small_shares
from transforms.reader.training.labelled import Labelled, join
from transforms.reader.training.names import conllpp_to_train, other_names
from transforms.reader.training.opinions import newsmtsc_to_train, sentfin, to_train, tweets
from transforms.reader.windows import INITIAL, LOWER, MIXED, NO_WORD, TITLE, UPPER

POSITIONS_A_BATCH = 1200
ROUNDS = {
    "conllpp alone": 3.0,
    "conllpp together": 3.6,
    "conllpp renamed": 2.0,
    "uner-ewt": 2.0,
    "wnut17": 0.8,
    "btc": 0.6,
    "wikigold": 3.0,
    "newsmtsc": 5.2,
    "sentfin": 4.4,
    "sentfin renamed": 1.6,
    "tweets": 5.6,
    "articles": 1.8,
}
RENAMING_SEED = 5
DISTILLED = ("newsmtsc", "sentfin", "articles", "conllpp together")
RECASED = 0.06  # chance of each of: all capitals, all small, every word with a capital


@dataclass(frozen=True)
class Batch:
    """Padded examples; sentences and targets are numbered through the batch."""

    ids: Tensor
    casing: Tensor
    mask: Tensor
    owner: Tensor
    labels: Tensor
    has_misc: Tensor
    aimed: Tensor  # int64[targets, 5]: row, first, last, sentence, label
    sentiments: Tensor
    salience: Tensor
    places: Tensor
    articles: Tensor  # int64[sentences]: the row each sentence is in
    teacher: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on another device."""
        return Batch(**{field.name: getattr(self, field.name).to(device) for field in fields(self)})


def runs(document: Sequence[Labelled], longest: int = 130) -> list[Labelled]:
    """A document's sentences joined to texts of up to about `longest` words."""
    joined: list[Labelled] = []
    held: list[Labelled] = []
    for sentence in document:
        if held and sum(len(s.text.split()) for s in (*held, sentence)) > longest:
            joined.append(join(held))
            held = []
        held.append(sentence)
    return [*joined, join(held)] if held else joined


def training_sets(folder: Path, tokenizer: Tokenizer) -> dict[str, list[Example]]:
    """Every training set as examples, by the names of ROUNDS."""
    news = conllpp_to_train(folder, is_left_out=False)
    politics = newsmtsc_to_train(folder, is_left_out=False)
    headlines = to_train(sentfin(folder, held_back=False), is_left_out=False)
    shares = small_shares(item.text for item in [*politics, *headlines])
    sets: dict[str, list[Labelled]] = {
        "conllpp alone": [s for d in news for s in d],
        "conllpp together": [run for d in news for run in runs(d)],
        "conllpp renamed": renamed_all([s for d in news for s in d], RENAMING_SEED),
        **{name: [s for d in found for s in d] for name, found in other_names(folder).items()},
        "newsmtsc": [hinted(item, shares) for item in politics],
        "sentfin": [hinted(item, shares) for item in headlines],
        "sentfin renamed": headlines_renamed(headlines, shares, RENAMING_SEED),
        "tweets": to_train(tweets(folder, held_back=False), is_left_out=False),
        "articles": [with_oracle(a) for a in articles(folder, "train")],
    }
    return {
        name: [e for s in found for e in examples_of(s, tokenizer, TRAINED_WINDOWS)] for name, found in sets.items()
    }


def plan(sets: dict[str, list[Example]], seed: int, share: float) -> list[list[tuple[str, int]]]:
    """Batches as (set, index), all of a kind in one batch; each set goes round ROUNDS times `share`."""
    rng = random.Random(seed)
    batches: list[list[tuple[str, int]]] = []
    for name, found in sets.items():
        turns: list[int] = []
        wanted = round(len(found) * ROUNDS[name] * share)
        while len(turns) < wanted:
            turns += rng.sample(range(len(found)), len(found))
        turns = turns[:wanted]
        turns.sort(key=lambda i: len(found[i]) * rng.uniform(0.9, 1.1))
        held: list[tuple[str, int]] = []
        for index in turns:
            if held and len(found[index]) * (len(held) + 1) > POSITIONS_A_BATCH:
                batches.append(held)
                held = []
            held.append((name, index))
        batches += [held] if held else []
    rng.shuffle(batches)
    return batches


def recased(example: Example, rng: random.Random) -> Example:
    """The example, now and then as if written in capitals, in small letters or with a capital on every word."""
    chance = rng.random()
    if chance > 3 * RECASED:
        return example
    casing = example.window.casing.copy()
    words = np.isin(casing, (LOWER, TITLE, UPPER, MIXED, INITIAL))
    casing[words] = (UPPER, LOWER, TITLE)[int(chance / RECASED) % 3]
    return replace(example, window=replace(example.window, casing=casing))


def collate(examples: Sequence[Example]) -> Batch:
    """Examples padded to the longest of them."""
    width = max(len(e) for e in examples)

    def padded(arrays: Sequence[np.ndarray], fill: int) -> Tensor:
        out = np.full((len(arrays), width), fill, dtype=np.int64)
        for row, values in enumerate(arrays):
            out[row, : len(values)] = values
        return torch.from_numpy(out)

    starts = np.cumsum([0, *(len(e.texts) for e in examples)])
    owners = [np.where(e.owner >= 0, e.owner + s, -1) for e, s in zip(examples, starts, strict=False)]
    aimed = [
        (row, a.first, a.last, a.sentence + int(starts[row]), a.label)
        for row, e in enumerate(examples)
        for a in e.aimed
    ]
    ids = padded([e.window.ids for e in examples], 0)
    taught = [e.teacher if len(e.teacher) else np.full(len(e.texts), -1) for e in examples]
    return Batch(
        ids,
        padded([e.window.casing for e in examples], NO_WORD),
        (ids != 0)[:, None, None, :],
        padded(owners, -1),
        padded([e.labels for e in examples], IGNORED),
        torch.tensor([e.has_misc for e in examples]),
        torch.tensor(aimed, dtype=torch.long).reshape(-1, 5),
        torch.from_numpy(np.concatenate([e.sentiments for e in examples])),
        torch.from_numpy(np.concatenate([e.salience for e in examples])),
        torch.from_numpy(np.concatenate([e.places for e in examples])),
        torch.from_numpy(np.repeat(np.arange(len(examples)), [len(e.texts) for e in examples])),
        torch.from_numpy(np.concatenate(taught).astype(np.int64)),
    )
