"""The secure noise: its variance, its choices, and that nobody can draw it again."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy import stats

from aiqyn.disclosure.private import SecureNoise

DRAWS = 2_000
NEVER = 1e-6  # the chance that a right generator fails the test


@pytest.mark.parametrize("sigma", [3.0, 45.0])
def test_the_variance_of_2000_draws_is_that_of_theory(sigma: float) -> None:
    drawn, _ = SecureNoise().add(np.zeros(DRAWS, dtype=np.int64), sigma)
    sum_of_squares = float((drawn**2).sum()) / sigma**2
    low, high = stats.chi2(DRAWS).ppf([NEVER / 2, 1 - NEVER / 2])
    assert low < sum_of_squares < high


def test_the_shape_is_the_discrete_gaussians() -> None:
    sigma, drawn = 2.0, SecureNoise().add(np.zeros(DRAWS, dtype=np.int64), 2.0)[0]
    values = np.arange(-40, 41)
    chances = np.exp(-(values**2) / (2 * sigma**2))
    chances /= chances.sum()
    inside = np.abs(values) <= 4
    expected = DRAWS * np.append(chances[inside], chances[~inside].sum())
    seen = [(drawn == v).sum() for v in values[inside]] + [(np.abs(drawn) > 4).sum()]
    assert stats.chisquare(seen, expected).pvalue > NEVER


def test_the_noise_lies_on_the_counts_and_keeps_their_shape() -> None:
    noisy, _ = SecureNoise().add(np.full((3, 4), 10_000, dtype=np.int64), 2.0)
    assert noisy.shape == (3, 4)
    assert abs(noisy - 10_000).max() < 60


def test_the_cost_is_one_over_two_sigma_squared() -> None:
    noise = SecureNoise()
    assert noise.add(np.zeros(1, dtype=np.int64), 10.0)[1] == pytest.approx(1 / 200)
    assert noise.choose(np.array([1, 2]), 10.0)[1] == pytest.approx(1 / 200)


def test_a_choice_falls_as_the_exponential_mechanism_says() -> None:
    noise, scale, scores = SecureNoise(), 2.0, np.array([0, 1, 3])
    seen = np.bincount([noise.choose(scores, scale)[0] for _ in range(DRAWS)], minlength=3)
    chances = np.exp(scores / scale)
    assert stats.chisquare(seen, DRAWS * chances / chances.sum()).pvalue > NEVER


def test_no_seed_makes_it_come_again() -> None:
    def draw() -> list[int]:
        random.seed(1)
        np.random.seed(1)
        return SecureNoise().add(np.zeros(50, dtype=np.int64), 100.0)[0].tolist()

    assert draw() != draw()
