"""Fits the salience head once more, on what the shipped encoder makes of whole articles.

In the joint training this head sees two windows of an article, a changing encoder, and few steps of its own, and
hardly learns. Fitted alone, on the mean states that it will be given at run time, it takes a minute.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from transforms.reader.heads import salience_inputs
from transforms.reader.training.labelled import Labelled
from transforms.reader.training.model import two_layers

ROUNDS, ARTICLES_A_STEP, RATE, DECAY = 12, 8, 1e-3, 0.01
HIDDEN = 64
LEAST_SPREAD = 1e-3  # of an input, before it is divided by
States = tuple[NDArray[np.float32], NDArray[np.int64]]  # of one text: its sentences' mean states and sizes


@dataclass(frozen=True)
class Judged:
    """One article: what the head reads, float32[sentences, inputs], and which sentences the greedy extract takes."""

    inputs: NDArray[np.float32]
    wanted: NDArray[np.float32]


def judged(items: Sequence[Labelled], encoded: Sequence[States]) -> list[Judged]:
    """The articles as the head will see them."""
    return [
        Judged(salience_inputs(*each).astype(np.float32), np.array(item.salience, dtype=np.float32))
        for item, each in zip(items, encoded, strict=True)
    ]


def fit(found: Sequence[Judged], seed: int) -> dict[str, NDArray[np.float32]]:
    """The head's four arrays as heads.npz names them; the inputs' scaling is folded into the first layer."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    every = np.concatenate([each.inputs for each in found])
    mean, spread = every.mean(axis=0), every.std(axis=0) + LEAST_SPREAD
    scaled = [torch.from_numpy((each.inputs - mean) / spread) for each in found]
    wanted = [torch.from_numpy(each.wanted) for each in found]
    head = two_layers(every.shape[1], HIDDEN, 1)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    order = [place for _ in range(ROUNDS) for place in rng.sample(range(len(found)), len(found))]
    for start in range(0, len(order), ARTICLES_A_STEP):
        some = order[start : start + ARTICLES_A_STEP]
        optimizer.param_groups[0]["lr"] = RATE * (1 - start / len(order))
        guessed = head(torch.cat([scaled[place] for place in some]))[:, 0]
        functional.binary_cross_entropy_with_logits(guessed, torch.cat([wanted[p] for p in some])).backward()
        optimizer.step()
        optimizer.zero_grad()
    fitted = {f"salience.{name}": value.numpy() for name, value in head.state_dict().items()}
    weight = fitted["salience.0.weight"] / spread
    return {**fitted, "salience.0.weight": weight, "salience.0.bias": fitted["salience.0.bias"] - weight @ mean}
