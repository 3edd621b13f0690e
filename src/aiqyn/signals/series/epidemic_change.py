"""The epidemic chart: from some period on the mean gains a share of the count before.

    mu_t  ->  mu_t + lambda x_{t-1},      lambda fitted to each possible start of the change

Poisson (alpha 0) by Newton's method on log lambda; negative binomial likewise with the expected
information. An alarm sounds when the largest log likelihood ratio is over the limit.

Reference: M. Höhle and M. Paul (2008), Comput. Stat. Data Anal. 52:4357, section 2.3.
"""

from __future__ import annotations

from math import exp, log

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats
from aiqyn.signals.series.likelihood_ratio import CLOSE, LOWEST_CHANGE, NONE, ROUNDS


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
        best, change = NONE, log(0.5)
        low = start if window == -1 else max(start, n - window)
        for k in range(low, n - (least - 1) + 1):
            change = _fitted_spread(x, mu, start, alpha, last, k, n, change)
            best = max(best, _gain(x, mu, start, alpha, last, k, n, exp(change)))
        out[0, n] = best
        if best > limit:
            return n
    return -1


@compiled
def _fitted_spread(
    x: Floats,
    mu: Floats,
    start: int,
    alpha: float,
    last: float,
    first: int,
    end: int,
    change: float,
) -> float:
    """The maximum likelihood log lambda of the periods `first`, …, `end`."""
    before, rounds = 2.0, 0
    while change > LOWEST_CHANGE and abs(exp(change) - exp(before)) > CLOSE and rounds < ROUNDS:
        before, rounds = change, rounds + 1
        score, information = 0.0, 0.0
        for i in range(first, end + 1):
            previous = last if i == start else x[i - 1]
            gained = exp(before) * previous
            mean = mu[i] + gained
            variance = mean * (1 + alpha * mean)
            score += gained * (x[i] - mean) / variance
            information += gained * gained / variance
        if not information > 0:
            return LOWEST_CHANGE
        change = before + score / information
    return change


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
