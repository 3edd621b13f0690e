"""The mean in control and its dispersion are found again where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.errors import AnswerRefused
from aiqyn.signals.series.expected_counts import MeanModel, fitted_mean


def test_level_wave_and_dispersion_of_a_long_series_are_found_again():
    rng = np.random.default_rng(8)
    t = np.arange(1, 4001)
    mu = np.exp(1.5 + 0.4 * np.cos(2 * np.pi * t / 52))
    y = rng.negative_binomial(1 / 0.25, 1 / (1 + 0.25 * mu)).astype(float)
    mean, alpha = fitted_mean(y, np.arange(3900, 4000), 52, MeanModel(), None)
    assert alpha == pytest.approx(0.25, abs=0.04)
    np.testing.assert_allclose(mean, mu[3900:], rtol=0.06)


def test_counts_that_vary_less_than_a_poisson_have_no_dispersion():
    y = np.tile([3.0, 4, 3, 4], 40)
    assert fitted_mean(y, np.array([159]), 52, MeanModel(), None)[1] == 0


def test_nothing_before_or_only_zeros_before_is_refused():
    for y in (np.ones(3), np.zeros(100)):
        with pytest.raises(AnswerRefused, match="SIG-013"):
            fitted_mean(y, np.array([y.size - 1]), 52, MeanModel(), 0.0)
