"""The mean of a series while all is well, from the periods before the first judged one.

    log mu_t = a + b t + sum_s [c_s cos(2 pi s t / freq) + d_s sin(2 pi s t / freq)]

Poisson, or negative binomial with variance mu + alpha mu^2, alpha given or fitted in turns with the
mean by maximum likelihood (as MASS::glm.nb does). Time t is the period's number, from 1.

Reference: J. F. Lawless (1987), Can. J. Stat. 15:209.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import digamma

from aiqyn.errors import AnswerRefused
from aiqyn.signals.series.judged import Floats

ROUNDS = 50
TOLERANCE = 1e-10
LEAST_ALPHA, MOST_ALPHA = 1e-4, 1e4  # under the first the score drowns in rounding


@dataclass(frozen=True, slots=True)
class MeanModel:
    """R's ``mu0 = list(S, trend, refit)``: waves a year, a slope, and a new fit behind an alarm."""

    waves: int = 1
    trend: bool = False
    refit: bool = False


def fitted_mean(
    counts: Floats,
    rows: NDArray[np.int64],
    freq: int,
    model: MeanModel,
    alpha: float | None,
    first: int = 1,
) -> tuple[Floats, float]:
    """The mean at `rows`, and alpha, from the counts before the first of the rows.

    Parameters
    ----------
    counts : (periods,), NaN where not known
    rows : rows to predict, from 0
    alpha : None to fit it; 0 is the Poisson
    first : the number of the first period

    Raises
    ------
    AnswerRefused (SIG-013) when the counts before are too few, or all zero.
    """
    before = np.arange(rows[0], dtype=np.int64)
    known = before[~np.isnan(counts[: before.size])]
    design = _waves(known + first, freq, model)
    y = counts[known]
    if y.size <= design.shape[1] or not y.any():
        raise AnswerRefused("SIG-013", n=int(y.size), need=design.shape[1] + 1)
    beta, alpha = _fit(y, design, alpha)
    return np.exp(_waves(rows + first, freq, model) @ beta), alpha


def _waves(t: NDArray[np.int64], freq: int, model: MeanModel) -> Floats:
    columns = [np.ones(len(t))] + ([t * 1.0] if model.trend else [])
    for s in range(1, model.waves + 1):
        columns += [np.cos(2 * np.pi * s * t / freq), np.sin(2 * np.pi * s * t / freq)]
    return np.column_stack(columns)


def _fit(y: Floats, design: Floats, alpha: float | None) -> tuple[Floats, float]:
    """Coefficients and alpha; an alpha that is not given is fitted in turns with the mean."""
    beta = _regression(y, design, alpha or 0.0)
    if alpha is not None:
        return beta, alpha
    fitted = 0.0
    for _ in range(ROUNDS):
        before, fitted = fitted, _likely_alpha(y, np.exp(design @ beta))
        beta = _regression(y, design, fitted)
        if abs(fitted - before) <= TOLERANCE * max(fitted, 1.0):
            break
    return beta, fitted


def _regression(y: Floats, design: Floats, alpha: float) -> Floats:
    """Iteratively reweighted least squares from mu = y + 0.1."""
    eta = np.log(y + 0.1)
    beta = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        mu = np.exp(np.clip(eta, -30, 30))
        root = np.sqrt(mu / (1 + alpha * mu))
        response = eta + (y - mu) / mu
        new = np.linalg.lstsq(design * root[:, None], response * root, rcond=None)[0]
        eta, step = design @ new, np.abs(new - beta).max()
        beta = new
        if step < TOLERANCE:
            break
    return beta


def _likely_alpha(y: Floats, mu: Floats) -> float:
    """The root of the score of alpha; 0 where counts vary as a Poisson's do, or less."""

    def score(alpha: float) -> float:
        size = 1 / alpha
        terms = digamma(size) - digamma(y + size) + np.log1p(alpha * mu)
        return float((terms * size**2 + size * (y - mu) / (1 + alpha * mu)).sum())

    if ((y - mu) ** 2 - y).sum() <= 0 or score(LEAST_ALPHA) <= 0 or score(MOST_ALPHA) >= 0:
        return 0.0
    return float(brentq(score, LEAST_ALPHA, MOST_ALPHA, xtol=1e-14, rtol=1e-12))
