import numpy as np
import pytest

from transforms.reader.training.meaning import agreement, fit_map, ridge

RNG = np.random.default_rng(5)
TRUE = RNG.normal(size=(6, 6)).astype(np.float32)
INPUTS = RNG.normal(size=(400, 6)).astype(np.float32)


def test_a_map_that_is_there_is_found_and_the_penalty_draws_it_to_the_prior() -> None:
    prior = np.eye(6, dtype=np.float32)
    wanted = INPUTS @ TRUE.T
    assert ridge(INPUTS, wanted, prior, 1e-9) == pytest.approx(TRUE, abs=1e-3)
    assert ridge(INPUTS, wanted, prior, 1e9) == pytest.approx(prior, abs=1e-3)


def test_the_fit_comes_nearer_to_the_teacher_than_the_trained_map() -> None:
    noise = RNG.normal(scale=0.1, size=(400, 6)).astype(np.float32)
    taught = INPUTS @ TRUE.T + noise
    taught /= np.linalg.norm(taught, axis=1, keepdims=True)
    trained = (TRUE + RNG.normal(scale=0.7, size=TRUE.shape)).astype(np.float32) * 40
    fitted, nearness = fit_map(INPUTS, taught, trained)
    assert nearness["after"] > nearness["before"] + 0.05
    assert agreement(INPUTS, taught, fitted) > 0.95
