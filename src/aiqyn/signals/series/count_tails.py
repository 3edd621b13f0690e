"""Quantiles and upper tails of the negative binomial and the Poisson, by sums from the mode.

Both have ratios of neighbouring probabilities that need no gamma function:

    p(k+1) / p(k) = (size + k) (1 - prob) / (k + 1)     and, at the limit,    mean / (k + 1)

Terms are summed outward from the largest one until they no longer count, and divided by their sum,
so nothing overflows and the far tail keeps its digits. With variance ``phi * mean`` the size is
``mean / (phi - 1)`` and prob ``1 / phi``; phi of 1 is the Poisson. Past `MANY`, where the standard
deviation is thousands of cases, a normal with the skewness of the distribution stands in
(E. A. Cornish and R. A. Fisher, 1938).
"""

from __future__ import annotations

from math import ceil, erfc, floor, sqrt

import numpy as np

from aiqyn.signals.series.compiled import compiled

NEGLIGIBLE = 1e-19
POISSON_FROM = 1e-10  # phi - 1 under this is a Poisson to the last digit that counts
MANY = 1e8  # variance from which no terms are summed


@compiled
def _ratio(k: float, mean: float, phi: float) -> float:
    """The probability of k + 1 over that of k."""
    if phi - 1 <= POISSON_FROM:
        return mean / (k + 1)
    return (mean + k * (phi - 1)) / (phi * (k + 1))


@compiled
def _mode(mean: float, phi: float) -> float:
    """The most probable count."""
    return max(0.0, floor(mean - (phi - 1)))


@compiled
def _sums(mean: float, phi: float) -> tuple[float, float, float]:
    """The sum of all terms, the last count that is summed, and its term; the mode's term is 1."""
    mode = _mode(mean, phi)
    total, term, k = 1.0, 1.0, mode
    while k > 0:
        k -= 1
        term /= _ratio(k, mean, phi)
        total += term
        if term < NEGLIGIBLE * total:
            break
    term, k = 1.0, mode
    while term > NEGLIGIBLE * total:
        term *= _ratio(k, mean, phi)
        k += 1
        total += term
    return total, k, term


@compiled
def upper_quantile(alpha: float, z: float, mean: float, phi: float) -> float:
    """The smallest count whose upper tail, P(X > count), is at most `alpha`; NaN if not finite.

    `z` is the normal quantile of 1 - `alpha`.
    """
    if not (mean < np.inf and phi < np.inf):
        return np.nan
    if mean <= 0:
        return 0.0
    if mean * phi > MANY:
        skew = (z * z - 1) * (2 * phi - 1) / 6
        return max(0.0, ceil(mean + z * sqrt(mean * phi) + skew - 0.5))
    total, k, term = _sums(mean, phi)
    tail = 0.0
    while k >= 0:
        tail += term
        if tail > alpha * total:
            return k
        k -= 1
        if k >= 0:
            term /= _ratio(k, mean, phi)
    return 0.0


@compiled
def upper_tail(count: float, mean: float, phi: float) -> float:
    """P(X >= count), far tails included."""
    if not (mean < np.inf and phi < np.inf):
        return np.nan
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if mean * phi > MANY:
        return 0.5 * erfc((count - 0.5 - mean) / sqrt(2 * mean * phi))
    total, _, _ = _sums(mean, phi)
    k = _mode(mean, phi)
    term, below = 1.0, 0.0
    if count <= k:  # P(X < count) is the smaller part
        while k > 0 and term > NEGLIGIBLE * total:
            k -= 1
            term /= _ratio(k, mean, phi)
            if k < count:
                below += term
        return max(0.0, 1 - below / total)
    while k < count:
        term *= _ratio(k, mean, phi)
        k += 1
    tail = term
    while term > NEGLIGIBLE * tail:
        term *= _ratio(k, mean, phi)
        k += 1
        tail += term
    return tail / total
