"""A generalised linear model whose coefficients have a normal prior: mode, spread, evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from aiqyn.signals.series.judged import Floats

STEPS = 60
ENOUGH = 1e-6
LARGEST = 30.0  # of a linear predictor: beyond it exp() says nothing more

Family = Callable[[Floats], tuple[Floats, Floats, float]]


@dataclass(frozen=True, slots=True)
class PenalisedFit:
    """Normal approximation at the mode.

    Attributes
    ----------
    mode : (coefficients,)
    root : Cholesky factor (lower) of the precision at the mode
    evidence : log marginal likelihood by Laplace's method, up to a constant of the data
    """

    mode: Floats
    root: Floats
    evidence: float

    def draws(self, n: int, rng: np.random.Generator, inflation: float = 1.0) -> Floats:
        """(n, coefficients) draws; `inflation` multiplies the variance."""
        noise = rng.standard_normal((len(self.mode), n))
        spread = solve_triangular(self.root, noise, lower=True, trans="T")
        return np.asarray((self.mode[:, None] + np.sqrt(inflation) * spread).T)


def fit(design: Floats, family: Family, precision: Floats, start: Floats) -> PenalisedFit:
    """Newton's method with halved steps.

    Parameters
    ----------
    design : (rows, coefficients)
    family : from linear predictors to (first derivative, minus the second or its expectation,
        log-likelihood)
    precision : (coefficients, coefficients) of the prior, whose mean is `start`
    start : prior mean, and where the search begins
    """
    mode, (slope, weight, level) = start, family(design @ start)
    for _ in range(STEPS):
        curve = design.T @ (design * weight[:, None]) + precision
        step = cho_solve(
            cho_factor(curve, lower=True), design.T @ slope - precision @ (mode - start)
        )
        old = _posterior(level, mode, start, precision)
        for _ in range(12):
            slope, weight, level = family(design @ (mode + step))
            if _posterior(level, mode + step, start, precision) >= old - 1e-9:
                break
            step = step / 2
        mode = mode + step
        if np.abs(step).max() < ENOUGH:
            break
    curve = design.T @ (design * weight[:, None]) + precision
    root = np.asarray(np.linalg.cholesky(curve), dtype=np.float64)
    prior = np.linalg.slogdet(precision)[1] / 2
    top = _posterior(level, mode, start, precision)
    return PenalisedFit(mode, root, float(top + prior - np.log(np.diag(root)).sum()))


def _posterior(level: float, mode: Floats, centre: Floats, precision: Floats) -> float:
    off = mode - centre
    return float(level - off @ precision @ off / 2)


def random_walk(n: int, step: float, level: float) -> Floats:
    """(n, n) precision: steps of sd `step` between neighbours, each level of sd `level`."""
    gaps = np.diff(np.eye(n), axis=0)
    return np.asarray(gaps.T @ gaps / step**2 + np.eye(n) / level**2)


def blocks(*parts: Floats) -> Floats:
    """Square parts along the diagonal."""
    from scipy.linalg import block_diag

    return np.asarray(block_diag(*parts))
