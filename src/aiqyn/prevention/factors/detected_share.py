"""Draws of the share detected, from its estimate's interval; and Rubin's rules over the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm, t

from aiqyn.prevention.factors.model_input import Floats

NEAREST = 1e-4  # to 0 and 1, where the log-odds end


def log_shares(detection: Floats, draws: int, level: float, rng: np.random.Generator) -> Floats:
    """Shape (draws, cells): log of the share detected, normal on the scale of log-odds.

    Cells with the same estimate (share, low and high alike) share its error: they get one draw.
    """
    estimates, which = np.unique(detection, axis=0, return_inverse=True)
    share, low, high = logit(np.clip(estimates, NEAREST, 1 - NEAREST)).T
    spread = (high - low) / (2 * norm.ppf((1 + level) / 2))
    drawn = share + spread * rng.standard_normal((draws, len(estimates)))
    return np.asarray(np.log(expit(drawn))[:, which.ravel()])


@dataclass(frozen=True, slots=True)
class Pooled:
    """One number over the draws.

    Attributes
    ----------
    value, se : log rate ratio
    low, high : its interval
    share : of the variance that comes from the detected share
    """

    value: float
    se: float
    low: float
    high: float
    share: float


def pooled(values: Sequence[float], variances: Sequence[float], level: float) -> Pooled:
    """Rubin (1987), Multiple Imputation for Nonresponse in Surveys, eq. 3.1.2 to 3.1.6."""
    n, value, inside = len(values), float(np.mean(values)), float(np.mean(variances))
    between = (1 + 1 / n) * float(np.var(values, ddof=1)) if n > 1 else 0.0
    total = inside + between
    share = between / total
    free = (n - 1) / max(share, 1e-9) ** 2 if n > 1 else np.inf
    reach = float(t.ppf((1 + level) / 2, free)) * total**0.5
    return Pooled(value, total**0.5, value - reach, value + reach, share)
