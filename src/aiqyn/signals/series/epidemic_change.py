"""The epidemic chart: from some period on the mean gains a share of the count before.

    mu_t  ->  mu_t + lambda x_{t-1},      lambda fitted to each possible start of the change

lambda is the root of the score, by bisection. An alarm sounds when the largest log likelihood
ratio is over the limit. R surveillance looks for lambda by Newton's method from the last start's
value and stays at 0 once it was there; the statistic here is never under R's.

Reference: M. Höhle and M. Paul (2008), Comput. Stat. Data Anal. 52:4357, section 2.3.
"""

from __future__ import annotations

from math import log

import numpy as np

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
    before = np.empty(x.size)
    before[1:] = x[:-1]
    before[start] = last
    for n in range(start + max(least - 1, 0), x.size):
        best = NONE
        low = start if window == -1 else max(start, n - window)
        for k in range(low, n - (least - 1) + 1):
            since = slice(k, n + 1)
            best = max(best, _greatest_gain(x[since], mu[since], before[since], alpha))
        out[0, n] = best
        if best > limit:
            return n
    return -1


@compiled
def _greatest_gain(x: Floats, mu: Floats, before: Floats, alpha: float) -> float:
    """The log likelihood ratio at the maximum likelihood lambda, 0 at least.

    `before` is each period's count before it; all are of the periods since the change.
    """
    low, high = 0.0, 1.0
    if _score(x, mu, before, alpha, low) <= 0:
        return _gain(x, mu, before, alpha, low)
    while high < MOST and _score(x, mu, before, alpha, high) > 0:
        high *= 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _score(x, mu, before, alpha, middle) > 0:
            low = middle
        else:
            high = middle
    return _gain(x, mu, before, alpha, (low + high) / 2)


@compiled
def _score(x: Floats, mu: Floats, before: Floats, alpha: float, share: float) -> float:
    """The derivative of the log likelihood with respect to lambda."""
    total = 0.0
    for i in range(x.size):
        mean = mu[i] + share * before[i]
        total += before[i] * (x[i] - mean) / (mean * (1 + alpha * mean))
    return total


@compiled
def _gain(x: Floats, mu: Floats, before: Floats, alpha: float, share: float) -> float:
    """The log likelihood ratio at a share of the count before."""
    total = 0.0
    for i in range(x.size):
        mean = mu[i] + share * before[i]
        total += x[i] * log(mean / mu[i])
        if alpha == 0:
            total += mu[i] - mean
        else:
            total += (x[i] + 1 / alpha) * log((1 + alpha * mu[i]) / (1 + alpha * mean))
    return total
