"""The bias-corrected and accelerated bootstrap interval, its degenerate limits told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.results import Interval
from aiqyn.estimates.tables.cells import Floats

LEVELS = (0.95, 0.8)
SAME = 1e-9  # relative difference at which a replicate is the estimate itself


@dataclass(frozen=True, slots=True)
class Correction:
    """Bias and skewness of a bootstrap distribution.

    Attributes
    ----------
    z0 : bias correction, a normal quantile; infinite when no replicate lies below (or all do)
    acceleration : from the jackknife; dimensionless
    ties : replicates equal to the estimate; half of them count as below it. R leaves that to
        rounding noise, so its limits lie between those with none and with all of them below
    """

    z0: float
    acceleration: float
    ties: int


def correction(point: float, replicates: Floats, jackknife: Floats, weights: Floats) -> Correction:
    """Bias correction and acceleration.

    Parameters
    ----------
    replicates : estimates of the resampled tables; shape ``(replicates,)``
    jackknife : estimates with one person of each history left out; shape ``(histories,)``
    weights : persons of each history

    References
    ----------
    Efron (1987), J. Am. Stat. Assoc. 82, 171-185, eqs 2.3 and 6.6.
    """
    from scipy.special import ndtri

    tied = np.isclose(replicates, point, rtol=SAME, atol=0)
    below = float(((replicates < point) & ~tied).mean() + tied.mean() / 2)
    return Correction(float(ndtri(below)), _acceleration(jackknife, weights), int(tied.sum()))


def beyond_the_replicates(by: Correction, tail: float, count: int) -> bool:
    """Whether the limit would be only the smallest or largest of so many replicates.

    Its probability then lies outside [1/B, 1 - 1/B], or cannot be told.
    """
    return not 1 / count <= bca_probability(by, tail) <= 1 - 1 / count


def tails(level: float) -> tuple[float, float]:
    """Probabilities of the two limits of an interval of that level."""
    return (1 - level) / 2, (1 + level) / 2


def bca_interval(replicates: Floats, by: Correction, level: float) -> Interval:
    """The interval of that level; an end beyond the replicates is None or flagged.

    An end is degenerate when it is only the smallest or the largest of the replicates, or infinite.
    """
    ends, degenerate = [], []
    for name, tail in zip(("low", "high"), tails(level), strict=True):
        ends.append(_limit(replicates, bca_probability(by, tail)))
        if ends[-1] is None or beyond_the_replicates(by, tail, len(replicates)):
            degenerate.append(name)
    return Interval(level, ends[0], ends[1], tuple(degenerate))


def bca_probability(by: Correction, tail: float) -> float:
    """Efron (1987), eq. 6.8: the quantile of the replicates that stands for `tail`.

    NaN when all replicates lie on one side of the estimate: the bias cannot be told.
    """
    from scipy.special import ndtr, ndtri

    if not np.isfinite(by.z0):
        return float("nan")
    shifted = by.z0 + ndtri(tail)
    return float(ndtr(by.z0 + shifted / (1 - by.acceleration * shifted)))


def quantile_8(values: Floats, probability: float) -> float:
    """Sample quantile of type 8 (Hyndman & Fan 1996), infinite values allowed.

    Examples
    --------
    >>> round(quantile_8(np.array([1.0, 2.0, 3.0, 4.0]), 0.25), 4)
    1.4167
    """
    ordered, count = np.sort(values), len(values)
    position = probability * (count + 1 / 3) + 1 / 3
    lower = int(np.clip(np.floor(position + 4e-16), 1, count))
    upper = min(lower + 1, count)
    part = float(np.clip(position - lower, 0, 1))
    a, b = float(ordered[lower - 1]), float(ordered[upper - 1])
    return a if part == 0 or a == b else a + part * (b - a)


def _limit(replicates: Floats, probability: float) -> float | None:
    if not 0 <= probability <= 1:
        return None
    value = quantile_8(replicates, probability)
    return value if np.isfinite(value) else None


def _acceleration(jackknife: Floats, weights: Floats) -> float:
    finite = np.isfinite(jackknife)
    values, weight = jackknife[finite], weights[finite]
    if not len(values):
        return 0.0
    away = (weight * values).sum() / weight.sum() - values
    squares = float((weight * away**2).sum())
    return float((weight * away**3).sum() / (6 * squares**1.5)) if squares > 0 else 0.0
