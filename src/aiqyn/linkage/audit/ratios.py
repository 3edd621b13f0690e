"""A rate over persons drawn by lot, with an interval that is never of no width."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its 95 % interval.

    Attributes
    ----------
    value, low, high : between 0 and 1; None where nobody can tell (there was no pair)
    n : pairs that the interval is worth: those drawn, divided by the design effect
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float = 0.0

    def to_json(self) -> dict[str, float | None]:
        """Value and limits."""
        return {"value": self.value, "lo95": self.low, "hi95": self.high, "n": self.n}


def rate(hits: Floats, of: Floats) -> Rate:
    """Sum of `hits` over sum of `of`, one row a person drawn.

    The variance of the ratio is that of its linearised residuals over persons; the pairs that would
    have such a variance if they were drawn one by one give the Jeffreys interval. Where every pair
    is alike (all right, or all wrong) each person with a pair counts as one draw.

    References
    ----------
    Korn & Graubard (1998), Survey Methodology 24, 193-201 (effective sample size);
    Brown, Cai & DasGupta (2001), Statistical Science 16, 101-133 (Jeffreys interval).
    """
    whole = float(of.sum())
    if whole <= 0:
        return Rate(None)
    value = float(hits.sum()) / whole
    n = _worth(hits, of, value, whole)
    low, high = _jeffreys(value * n, n)
    return Rate(value, low, high, n)


def _worth(hits: Floats, of: Floats, value: float, whole: float) -> float:
    persons = len(of)
    drawn = float((of > 0).sum())
    residuals = (hits - value * of) / whole
    variance = persons / max(1, persons - 1) * float((residuals**2).sum())
    if variance <= 0 or not 0 < value < 1:
        return drawn
    return min(value * (1 - value) / variance, float(of.sum()))


def _jeffreys(hits: float, n: float) -> tuple[float, float]:
    from scipy.stats import beta

    tail = (1 - LEVEL) / 2
    low = 0.0 if hits <= 0 else float(beta.ppf(tail, hits + 0.5, n - hits + 0.5))
    high = 1.0 if hits >= n else float(beta.ppf(1 - tail, hits + 0.5, n - hits + 0.5))
    return low, high
