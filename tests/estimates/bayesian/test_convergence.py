"""R-hat and the effective size against hand-worked numbers and chains of known memory."""

from __future__ import annotations

import numpy as np
import pytest

from aiqyn.estimates.bayesian.convergence import (
    Agreement,
    Limits,
    agreement,
    bulk_effective,
    normal_scores,
    rank_rhat,
    split_rhat,
)


def autoregressive(memory: float, chains: int, draws: int, seed: int):
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((chains, draws)) * np.sqrt(1 - memory**2)
    found = np.empty((chains, draws))
    found[:, 0] = rng.standard_normal(chains)
    for t in range(1, draws):
        found[:, t] = memory * found[:, t - 1] + noise[:, t]
    return found


def test_split_rhat_is_that_worked_out_by_hand():
    # Halves (1, 3), (2, 4), (5, 7), (6, 8): variance 2 within each; means 2, 3, 6, 7 with the
    # variance 17/3; R-hat² = 1/2 + (17/3) / 2 = 10/3.
    draws = np.array([[1.0, 3, 2, 4], [5, 7, 6, 8]])
    assert split_rhat(draws) == pytest.approx(np.sqrt(10 / 3))


def test_ranks_become_normal_scores_with_bloms_offset():
    # Four ranks: (r - 3/8) / 4.25 = 0.14706, 0.38235, …; normal quantiles from a table.
    scores = normal_scores(np.array([[10.0, 1e9], [-3, 11]]))
    assert scores == pytest.approx(np.array([[-0.29931, 1.04913], [-1.04913, 0.29931]]), abs=1e-5)


def test_chains_that_cannot_be_told_apart_have_an_rhat_of_one():
    draws = np.random.default_rng(1).standard_normal((4, 2000))
    assert rank_rhat(draws) == pytest.approx(1.0, abs=0.01)


def test_one_chain_of_four_that_stands_elsewhere_is_seen():
    draws = np.random.default_rng(2).standard_normal((4, 1000))
    draws[3] += 3
    assert rank_rhat(draws) > 1.4


def test_chains_with_one_median_and_different_width_are_seen_by_the_folded_ranks():
    # Vehtari et al. (2021), section 4.1: plain R-hat is blind to this.
    draws = np.random.default_rng(3).standard_normal((4, 1000))
    draws[0] *= 4
    assert float(split_rhat(draws)) < 1.01
    assert rank_rhat(draws) > 1.05


def test_a_chain_that_drifts_is_seen_by_its_halves():
    draws = np.random.default_rng(4).standard_normal((4, 1000)) + np.linspace(0, 3, 1000)
    assert rank_rhat(draws) > 1.2


def test_infinite_variance_does_not_hide_a_displaced_chain():
    # Vehtari et al. (2021), section 3.2: Cauchy draws.
    draws = np.random.default_rng(5).standard_cauchy((4, 1000))
    assert rank_rhat(draws) < 1.02
    draws[0] += 5
    assert rank_rhat(draws) > 1.1


def test_a_change_of_scale_changes_no_rank():
    draws = autoregressive(0.5, 4, 500, seed=6)
    assert bulk_effective(np.exp(draws)) == pytest.approx(bulk_effective(draws), rel=1e-12)


def test_independent_draws_are_worth_their_number():
    draws = np.random.default_rng(7).standard_normal((4, 5000))
    assert bulk_effective(draws) == pytest.approx(20_000, rel=0.1)


@pytest.mark.parametrize("memory", [0.5, 0.9, 0.97])
def test_draws_with_memory_are_worth_what_theory_says(memory):
    # First-order autoregression of normal draws: draws × (1 - memory) / (1 + memory).
    draws = autoregressive(memory, 8, 20_000, seed=8)
    worth = draws.size * (1 - memory) / (1 + memory)
    assert bulk_effective(draws) == pytest.approx(worth, rel=0.15)


def test_chains_in_two_places_are_worth_no_more_than_a_few_draws():
    draws = np.random.default_rng(9).standard_normal((4, 2000))
    draws[:2] += 20
    assert bulk_effective(draws) < 10


def test_chains_that_stand_still_are_believed_only_at_one_place():
    limits = Limits(1.05, 400)
    apart = np.repeat([[1.0], [2.0], [1.0], [2.0]], 500, axis=1)
    assert rank_rhat(apart) > 1e6
    assert not agreement(apart).within(limits)
    assert agreement(np.zeros((4, 500))).within(limits)


def test_both_limits_must_be_kept():
    limits = Limits(1.05, 400)
    assert Agreement(1.049, 400).within(limits)
    assert not Agreement(1.05, 4000).within(limits)
    assert not Agreement(1.0, 399).within(limits)
    assert not Agreement(float("nan"), 4000).within(limits)
