"""What follows from a fitted mean: threshold, p-value, score; and the test of a slope."""

from __future__ import annotations

from math import atan, cos, erfc, exp, pi, sin, sqrt

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.count_tails import upper_quantile, upper_tail
from aiqyn.signals.series.quasi_poisson import Floats

DELTA, PLUG_IN, MUAN = 0, 1, 2
UPPER, ALARM, EXPECTED, PHI, SLOPE, PVALUE, SCORE, ERROR = range(8)
MEASURES = 8


@compiled
def threshold(
    out: Floats,
    observed: float,
    eta: float,
    error: float,
    phi: float,
    method: int,
    exponent: float,
    alpha: float,
    z: float,
) -> float:
    """The upper bound; p-value and score go into `out`."""
    if method == DELTA:
        mean = exp(eta)
        variance = mean * (phi + error * error * mean)
        spread = exponent * mean ** (exponent - 1) * sqrt(variance)
        centre = mean**exponent
        top = centre + abs(z) * spread
        upper = float(top ** (1 / exponent))
        away = (observed**exponent - centre) / spread
        out[PVALUE] = 0.5 * erfc(away / sqrt(2.0))
        out[SCORE] = (observed - mean) / (upper - mean)
        return upper
    mean = exp(eta + z * error) if method == MUAN else exp(eta)
    upper = upper_quantile(alpha, z, mean, phi)
    if observed == observed:
        out[PVALUE] = upper_tail(observed, mean, phi)
    out[SCORE] = (observed - eta) / (upper - eta)
    return upper


@compiled
def after_silence(out: Floats, observed: float, periods: int, enough: bool) -> None:
    """No case in any reference period: the fitted mean is 0, so is the threshold.

    The p-value is the predictive one of a Poisson mean with Jeffreys' prior, for a mean of exactly
    0 would call anything impossible.
    """
    out[EXPECTED], out[PHI] = 0.0, 1.0
    if enough:
        out[UPPER] = 0.0
    if observed == observed:
        out[ALARM] = 1.0 if enough and observed > 0 else 0.0
        out[PVALUE] = upper_tail(observed, 0.5 / periods, 1 + 1 / periods)


@compiled
def p_of_t(t: float, free: int) -> float:
    """Two-sided p-value of Student's t, by the finite series for whole degrees of freedom.

    M. Abramowitz and I. A. Stegun (1964), 26.7.3 and 26.7.4.
    """
    angle = atan(abs(t) / sqrt(free))
    cosine, sine = cos(angle), sin(angle)
    term, total = 1.0, 0.0
    if free % 2 == 1:
        term = cosine
        for j in range(1, (free - 1) // 2 + 1):
            total += term
            term *= cosine * cosine * (2 * j) / (2 * j + 1)
        return 1.0 - 2 / pi * (angle + sine * total)
    for j in range(1, free // 2 + 1):
        total += term
        term *= cosine * cosine * (2 * j - 1) / (2 * j)
    return 1.0 - sine * total
