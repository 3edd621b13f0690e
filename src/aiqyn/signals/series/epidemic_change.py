"""The epidemic chart: from some period on the mean gains a share of the count before.

    mu_t  ->  mu_t + lambda x_{t-1},      lambda fitted to each possible start of the change

lambda is the root of the score, by bisection. An alarm sounds when the largest log likelihood
ratio is over the limit. R surveillance looks for lambda by Newton's method from the last start's
value and stays at 0 once it was there; the statistic here is never under R's.

Reference: M. Höhle and M. Paul (2008), Comput. Stat. Data Anal. 52:4357, section 2.3.
"""

from __future__ import annotations

from math import log

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats
from aiqyn.signals.series.likelihood_ratio import NONE

MOST = 1e6
HALVINGS = 50


@compiled
def any_spread(
    x: Floats,
    mu: Floats,
    start: int,
    alpha: float,
    least: int,
    window: int,
    last: float,
    limit: float,
    out: Floats,
) -> int:
    """The chart from `start` on, statistic into `out[0]`; `last` is the count before it."""
    first = start + max(least - 1, 0)
    for n in range(first, x.size):
        best = NONE
        low = start if window == -1 else max(start, n - window)
        for k in range(low, n - (least - 1) + 1):
            share = _fitted_share(x, mu, start, alpha, last, k, n)
            best = max(best, _gain(x, mu, start, alpha, last, k, n, share))
        out[0, n] = best
        if best > limit:
            return n
    return -1


@compiled
def _fitted_share(
    x: Floats, mu: Floats, start: int, alpha: float, last: float, first: int, end: int
) -> float:
    """The maximum likelihood lambda of the periods `first`, …, `end`; 0 at least."""
    low, high = 0.0, 1.0
    if _score(x, mu, start, alpha, last, first, end, low) <= 0:
        return 0.0
    while high < MOST and _score(x, mu, start, alpha, last, first, end, high) > 0:
        high *= 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _score(x, mu, start, alpha, last, first, end, middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@compiled
def _score(
    x: Floats,
    mu: Floats,
    start: int,
    alpha: float,
    last: float,
    first: int,
    end: int,
    share: float,
) -> float:
    """The derivative of the log likelihood with respect to lambda."""
    total = 0.0
    for i in range(first, end + 1):
        previous = last if i == start else x[i - 1]
        mean = mu[i] + share * previous
        total += previous * (x[i] - mean) / (mean * (1 + alpha * mean))
    return total


@compiled
def _gain(
    x: Floats,
    mu: Floats,
    start: int,
    alpha: float,
    last: float,
    first: int,
    end: int,
    share: float,
) -> float:
    """The log likelihood ratio at a share of the count before."""
    total = 0.0
    for i in range(first, end + 1):
        mean = mu[i] + share * (last if i == start else x[i - 1])
        total += x[i] * log(mean / mu[i])
        if alpha == 0:
            total += mu[i] - mean
        else:
            total += (x[i] + 1 / alpha) * log((1 + alpha * mu[i]) / (1 + alpha * mean))
    return total
