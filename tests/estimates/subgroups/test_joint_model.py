"""The joint model against plain Poisson likelihoods written out in full."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.subgroups.joint_model import dark_rates, strata_of
from aiqyn.estimates.subgroups.pooling import PRIOR_RATE, joint_fit

from .conftest import invented

SOME = [900, 500, 300, 80]


@pytest.fixture(scope="module")
def counts() -> np.ndarray:
    table = invented(SOME, -1.5, np.random.default_rng(5), lists=3, level=0.4, mix=0.3)
    return table.array


def terms(lists: int, pairs: tuple[int, ...] = ()) -> np.ndarray:
    row = np.zeros((1, 1 << lists), dtype=bool)
    row[0, [0, *(1 << j for j in range(lists)), *pairs]] = True
    return row


def dark(counts: np.ndarray, row: np.ndarray, sd: tuple[float, float] | None = None) -> np.ndarray:
    strata = strata_of(counts[None], row)
    found = joint_fit(strata, sd=None if sd is None else np.array([sd]))
    assert found.converged.all()
    return (strata.persons * dark_rates(strata, found.place))[0]


def test_strata_with_boundless_deviations_are_estimated_each_alone(counts):
    alone = np.repeat(terms(3), len(counts), axis=0)
    apart = np.exp(fit(counts, reduce(counts, alone)).beta[:, 0])
    assert dark(counts, terms(3), (300.0, 300.0)) == pytest.approx(apart, rel=1e-3)


def test_without_deviation_strata_share_their_list_effects_and_keep_their_size(counts):
    """Then the strata collapse: histories and strata are independent, so N0 is n times one rate."""
    pooled = counts.sum(axis=0)[None]
    one = np.exp(fit(pooled, reduce(pooled, terms(3))).beta[0, 0]) / pooled.sum()
    assert dark(counts, terms(3), (1e-9, 1e-9)) == pytest.approx(one * counts.sum(1), rel=1e-6)


def penalised(x: np.ndarray, counts: np.ndarray, sd: tuple[float, float]) -> float:
    """Minus the penalised Poisson log-likelihood, each mean written out; lists 3, pair AB."""
    strata = len(counts)
    alpha, mu, gamma = x[:strata], x[strata : strata + 3], x[strata + 3]
    v = x[strata + 4 :].reshape(strata, 4)
    total = 0.0
    for s in range(strata):
        theta = mu + sd[0] * v[s, 0] + sd[1] * v[s, 1:]
        for history in range(1, 8):
            on = np.array([history >> j & 1 for j in range(3)])
            eta = alpha[s] + on @ theta + gamma * on[0] * on[1]
            total += counts[s, history] * eta - np.exp(eta)
    return -(total - (v**2).sum() / 2)


def test_the_climb_ends_at_the_maximum_of_the_penalised_poisson_likelihood(counts):
    start = np.concatenate([np.log(counts.sum(1)), np.full(3, -1.0), [0.0], np.zeros(16)])
    best = minimize(penalised, start, args=(counts, (0.4, 0.3)), method="BFGS", tol=1e-9)
    ours = dark(counts, terms(3, (3,)), (0.4, 0.3))
    assert ours == pytest.approx(np.exp(best.x[:4]), rel=1e-3)


def restricted_laplace(counts: np.ndarray, log_sd: np.ndarray) -> float:
    """Log of the restricted Laplace marginal likelihood and prior, by dense determinants."""
    sd = np.exp(log_sd)
    strata = strata_of(counts[None], terms(3))
    found = joint_fit(strata, sd=sd[None])
    x = np.concatenate(
        [
            np.log((strata.persons * dark_rates(strata, found.place))[0]),
            found.place.beta[0],
            [0.0],
            found.place.v[0].ravel(),
        ]
    )
    free = np.delete(np.arange(len(x)), len(counts) + 3)  # no pair in this model
    height = -penalised(x, counts, tuple(sd))
    sign, log_det = np.linalg.slogdet(hessian(x, counts, tuple(sd))[np.ix_(free, free)])
    assert sign > 0
    return height - log_det / 2 + float((np.log(sd) - PRIOR_RATE * sd).sum())


def hessian(x: np.ndarray, counts: np.ndarray, sd: tuple[float, float]) -> np.ndarray:
    """The information written out: sum over cells of mean times outer product of the design."""
    strata = len(counts)
    found = np.zeros((len(x), len(x)))
    for s in range(strata):
        for history in range(1, 8):
            on = np.array([history >> j & 1 for j in range(3)])
            row = np.zeros(len(x))
            row[s], row[strata : strata + 3], row[strata + 3] = 1, on, on[0] * on[1]
            own = strata + 4 + 4 * s
            row[own], row[own + 1 : own + 4] = sd[0] * on.sum(), sd[1] * on
            found += np.exp(row @ x) * np.outer(row, row)
    found[strata + 4 :, strata + 4 :] += np.eye(4 * strata)
    return found


def test_the_deviations_are_those_of_the_laplace_marginal_likelihood(counts):
    found = joint_fit(strata_of(counts[None], terms(3))).place.sd[0]
    best = minimize(lambda z: -restricted_laplace(counts, z), np.log(found), method="Nelder-Mead")
    assert found == pytest.approx(np.exp(best.x), rel=0.1)


def test_a_pair_that_shares_nobody_leaves_every_stratum(counts):
    lost = counts.copy()
    lost[:, [3, 7]] = 0
    alone = np.repeat(terms(3, (3,)), len(lost), axis=0)
    apart = np.exp(fit(lost, reduce(lost, alone)).beta[:, 0])
    assert dark(lost, terms(3, (3,)), (300.0, 300.0)) == pytest.approx(apart, rel=2e-3)
