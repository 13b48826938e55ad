"""Fits the map to embeddings in closed form, on what the shipped encoder makes of sentences.

The joint training leaves the map where its last noisy steps put it, for an encoder that was not yet quantized. Given
the encoder, the best linear map to the teacher's vectors needs no steps: it is a ridge regression.
"""

import numpy as np
from numpy.typing import NDArray

from transforms.reader.heads import unit

PENALTIES = (0.0003, 0.001, 0.003, 0.01, 0.03)  # times the mean square of the inputs
JUDGED_ON = 10  # every so-manieth sentence decides on the penalty
Floats = NDArray[np.float32]


def ridge(inputs: Floats, wanted: Floats, prior: Floats, penalty: float) -> Floats:
    """float32[outputs, inputs]: least squares for `inputs @ map.T`, drawn towards `prior`.

    penalty: in mean squares of the inputs; the larger, the nearer to the prior.
    """
    x = inputs.astype(np.float64)
    left = wanted.astype(np.float64) - x @ prior.T.astype(np.float64)
    square = x.T @ x
    square += np.eye(len(square)) * penalty * np.trace(square) / len(square)
    return np.asarray(prior + np.linalg.solve(square, x.T @ left).T, dtype=np.float32)


def agreement(inputs: Floats, wanted: Floats, mapped_by: Floats) -> float:
    """The mean cosine of the mapped inputs with what is wanted."""
    return float((unit(inputs @ mapped_by.T) * unit(wanted)).sum(axis=1).mean())


def fit_map(means: Floats, taught: Floats, trained: Floats) -> tuple[Floats, dict[str, float]]:
    """The map from sentences' means to the teacher's vectors, and how near it comes on sentences it was not fitted on.

    trained: the map of the joint training, which the fit is drawn towards, in its directions if not in its length.
    """
    inputs = unit(means)
    judges = np.arange(len(inputs)) % JUDGED_ON == 0
    guessed = inputs @ trained.T
    prior = trained * np.float32((guessed * taught).sum() / (guessed * guessed).sum())
    nearness = {
        penalty: agreement(inputs[judges], taught[judges], ridge(inputs[~judges], taught[~judges], prior, penalty))
        for penalty in PENALTIES
    }
    best = max(nearness, key=lambda penalty: nearness[penalty])
    before = agreement(inputs[judges], taught[judges], trained)
    return ridge(inputs, taught, prior, best), {"before": before, "after": nearness[best], "penalty": best}
