"""Posterior draws of a log-linear model whose pairs have a normal prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.bayesian.convergence import bulk_effective, split_rhat
from aiqyn.estimates.tables.cells import Floats, Ints

CHAINS, BURN, KEPT = 64, 1500, 5000
BURN_OF_MANY, KEPT_OF_MANY = 1000, 2500  # where many tables are asked, each from its own mode
SPREAD = 1.5  # the chains start this many posterior deviations apart


@dataclass(frozen=True, slots=True)
class Draws:
    """Posterior draws of a log-linear model.

    Attributes
    ----------
    terms : masks of the parameters, intercept first
    values : parameters; shape ``(chains, draws, parameters)``
    """

    terms: Ints
    values: Floats

    @property
    def rhat(self) -> float:
        """Largest split R-hat of the parameters."""
        return float(split_rhat(self.values).max())

    @property
    def effective(self) -> float:
        """Bulk effective size of the log dark figure, draws."""
        return bulk_effective(self.values[:, :, 0])


def sample(
    counts: Floats,
    terms: Ints,
    cells: Ints,
    prior_variance: float | None,
    rng: np.random.Generator,
    *,
    burn: int = BURN,
    kept: int = KEPT,
) -> Draws:
    """Random-walk Metropolis draws, steps shaped by the posterior's curvature at its mode.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``
    terms : masks of the parameters, intercept first
    cells : histories in the likelihood
    burn, kept : steps of each chain that are forgotten, and that are kept
    """
    design = ((cells[:, None] & terms[None, :]) == terms[None, :]).astype(np.float64)
    wide = np.array([int(t).bit_count() > 1 for t in terms])
    precision = np.where(wide, 1 / prior_variance, 0.0) if prior_variance else np.zeros(len(terms))
    n = counts[cells]
    mode, root = _mode(n, design, precision)
    here = mode + SPREAD * rng.standard_normal((CHAINS, len(terms))) @ root.T
    height = _height(here, n, design, precision)
    jump = 2.38 / np.sqrt(len(terms)) * root.T  # Roberts, Gelman & Gilks (1997)
    values = np.empty((kept, CHAINS, len(terms)))
    for step in range(burn + kept):
        there = here + rng.standard_normal(here.shape) @ jump
        reached = _height(there, n, design, precision)
        accept = np.log(rng.random(CHAINS)) < reached - height
        here[accept], height[accept] = there[accept], reached[accept]
        if step >= burn:
            values[step - burn] = here
    return Draws(terms, values.transpose(1, 0, 2))


def _height(beta: Floats, n: Floats, design: Floats, precision: Floats) -> Floats:
    eta = np.clip(beta @ design.T, -300.0, 300.0)
    log: Floats = eta @ n - np.exp(eta).sum(axis=1) - beta**2 @ precision / 2
    return log


def _mode(n: Floats, design: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """Posterior mode, and a root of the inverse curvature there."""
    first = np.linalg.lstsq(design, np.log(n + 0.1), rcond=None)[0]
    beta = np.asarray(first, dtype=np.float64)
    for _ in range(200):
        mean = np.exp(np.clip(design @ beta, -300.0, 300.0))
        curvature = (design.T * mean) @ design + np.diag(precision)
        step = np.linalg.solve(curvature, design.T @ (n - mean) - precision * beta)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-12))
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    root: Floats = np.linalg.cholesky(np.linalg.inv(curvature))
    return beta, root
