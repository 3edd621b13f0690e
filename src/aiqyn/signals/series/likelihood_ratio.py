"""Likelihood-ratio charts for counts with a known mean, Poisson (alpha 0) or negative binomial.

The mean is multiplied by exp(kappa) from some period on. With `theta` (kappa) given, the CUSUM

    S_t = max(0, S_{t-1} + log f(x_t; mu_t e^kappa) / f(x_t; mu_t)),

without it the generalised likelihood ratio, kappa being fitted to each possible start of the
change. Variance mu + alpha mu^2. An alarm ends a chart, and the next starts behind it.

Reference: M. Höhle and M. Paul (2008), Comput. Stat. Data Anal. 52:4357. Answers are those of R
surveillance 1.20.3 (`glrpois`, `glrnb`), with its habits: windows of change that hold no case are
passed over when a decrease is sought.
"""

from __future__ import annotations

from math import exp, log

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats

NONE = -1e99
ROUNDS = 1000
LOWEST_CHANGE = -18.0
CLOSE = 1e-6


@compiled
def known_change(
    x: Floats, mu: Floats, start: int, alpha: float, kappa: float, limit: float, out: Floats
) -> int:
    """The CUSUM from `start` on, its value and threshold into `out`; the alarm's row or -1."""
    value = 0.0
    for n in range(start, x.size):
        if alpha == 0:
            gain, loss = kappa, (1 - exp(kappa)) * mu[n]
        else:
            shrink = log((1 + alpha * mu[n]) / (1 + alpha * mu[n] * exp(kappa)))
            gain, loss = kappa + shrink, shrink / alpha
        out[1, n] = (limit - value - loss) / gain
        value = max(0.0, value + gain * x[n] + loss)
        out[0, n] = value
        if value > limit:
            return n
    return -1


@compiled
def any_change_poisson(
    x: Floats,
    mu: Floats,
    start: int,
    direction: int,
    least: int,
    window: int,
    limit: float,
    with_cases: bool,
    out: Floats,
) -> int:
    """The Poisson GLR from `start` on; `least` periods for a change, `window` back or -1 for all.

    With `with_cases`, the second row of `out` is the count at which the alarm would sound.
    """
    first = start + (least if window > 0 else max(least - 1, 0))
    for n in range(start, min(first, x.size)):
        out[0, n], out[1, n] = 0.0, 0.0
    for n in range(first, x.size):
        low, high = start, n
        if window > 0:
            low, high = max(start, n - window), n - least
        out[0, n] = _poisson(x, mu, n, x[n], low, high, direction)
        if with_cases:
            cases, value = -1.0, limit - direction
            while direction * value < direction * limit:
                cases += 1
                value = _poisson(x, mu, n, cases, low, high, direction)
            out[1, n] = cases
        if out[0, n] >= limit:
            return n
    return -1


@compiled
def _poisson(
    x: Floats, mu: Floats, n: int, last: float, low: int, high: int, direction: int
) -> float:
    """The largest likelihood ratio over changes that began at `low`, …, `high`; x_n is `last`."""
    cases, expected, best = last, mu[n], NONE
    for k in range(n, low - 1, -1):
        if k < n:
            cases, expected = cases + x[k], expected + mu[k]
        if k > high:
            continue
        if cases > 0:
            kappa = direction * max(0.0, direction * log(cases / expected))
            best = max(best, kappa * cases + (1 - exp(kappa)) * expected)
        elif direction > 0:
            best = max(best, 0.0)
    return best


@compiled
def any_change_negative_binomial(
    x: Floats,
    mu: Floats,
    start: int,
    alpha: float,
    direction: int,
    least: int,
    window: int,
    limit: float,
    out: Floats,
) -> int:
    """The negative binomial GLR from `start` on; kappa by Newton's method, from its last value."""
    first = start + max(least - 1, 0)
    for n in range(start, min(first, x.size)):
        out[0, n] = 0.0
    for n in range(first, x.size):
        best, kappa = NONE, 0.5
        low = start if window == -1 else max(start, n - window)
        for k in range(low, n - (least - 1) + 1):
            kappa = _fitted_change(x, mu, alpha, k, n, kappa)
            kappa = direction * (direction * kappa if direction * kappa > 0 else 0.0)
            ratio = 0.0
            for i in range(k, n + 1):
                shrink = log((1 + alpha * mu[i]) / (1 + alpha * mu[i] * exp(kappa)))
                ratio += kappa * x[i] + (x[i] + 1 / alpha) * shrink
            if ratio > best:
                best = ratio
        out[0, n] = best
        if best >= limit:
            return n
    return -1


@compiled
def _fitted_change(
    x: Floats, mu: Floats, alpha: float, first: int, last: int, kappa: float
) -> float:
    """The maximum likelihood kappa of the periods `first`, …, `last`."""
    before, rounds = 0.4, 0
    while kappa > LOWEST_CHANGE and abs(kappa - before) > CLOSE and rounds < ROUNDS:
        before, rounds = kappa, rounds + 1
        score, information = 0.0, 0.0
        for i in range(first, last + 1):
            mean = exp(before) * mu[i]
            score += (x[i] - mean) / (1 + alpha * mean)
            information += mu[i] * (alpha * x[i] + 1) / (1 + alpha * mean) ** 2
        kappa = before + score / (exp(before) * information)
    return kappa
