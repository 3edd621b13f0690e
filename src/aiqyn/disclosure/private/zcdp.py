"""Zero-concentrated differential privacy, and its exchange with (epsilon, delta).

Gaussian noise of standard deviation sigma on a query of L2 sensitivity 1 costs rho = 1/(2 sigma²);
rhos of releases from the same persons add up (Bun and Steinke 2016, Propositions 1.3 and 1.6).

References
----------
Bun, Steinke (2016), Concentrated differential privacy, TCC; arXiv:1605.02065.
Canonne, Kamath, Steinke (2020), The discrete Gaussian for differential privacy, NeurIPS;
    arXiv:2004.00010, Proposition 7 and Corollary 13: the conversion used here.
"""

from __future__ import annotations

from math import exp, inf, log, log1p, sqrt

HALVINGS = 200


def delta_of(rho: float, epsilon: float) -> float:
    """The least delta for which rho-zCDP is known to give (epsilon, delta).

    The minimum over alpha > 1 of
    exp((alpha - 1)(alpha rho - epsilon)) (1 - 1/alpha)^(alpha - 1) / alpha.
    """
    if rho <= 0:
        return 0.0
    return min(1.0, exp(_log_delta(rho, epsilon, _best_order(rho, epsilon))))


def epsilon_of(rho: float, delta: float) -> float:
    """The least epsilon for which rho-zCDP is known to give (epsilon, delta)."""
    if rho <= 0:
        return 0.0
    low, high = 0.0, rho + 2 * sqrt(rho * log(1 / delta))  # Bun and Steinke: enough, not tight
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of(rho, middle) > delta else (low, middle)
    return high


def rho_of(epsilon: float, delta: float) -> float:
    """The greatest rho that (epsilon, delta) is known to pay for; rounded down."""
    low, high = 0.0, epsilon + 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if delta_of(middle, epsilon) <= delta else (low, middle)
    return low


def sigma_of(rho: float) -> float:
    """Standard deviation of the Gaussian noise, in persons, for a query of L2 sensitivity 1."""
    return sqrt(1 / (2 * rho)) if rho > 0 else inf


def gumbel_scale_of(rho: float) -> float:
    """Scale of the Gumbel noise on scores of sensitivity 1: a choice by the exponential mechanism.

    With scale s the choice is 2/s-DP and so epsilon²/8 = 1/(2 s²)-zCDP (Cesar and Rogers 2021,
    Bounding, concentrating, and truncating, ALT, Lemma 3.2).
    """
    return sigma_of(rho)


def _best_order(rho: float, epsilon: float) -> float:
    """The order alpha at which the bound is least; the bound's logarithm is convex in alpha."""
    low, high = 1.0 + 1e-9, max(2.0, (epsilon + 1) / (2 * rho) + 2)
    for _ in range(HALVINGS):
        third = (high - low) / 3
        left, right = low + third, high - third
        if _log_delta(rho, epsilon, left) < _log_delta(rho, epsilon, right):
            high = right
        else:
            low = left
    return (low + high) / 2


def _log_delta(rho: float, epsilon: float, alpha: float) -> float:
    return (alpha - 1) * (alpha * rho - epsilon) + (alpha - 1) * log1p(-1 / alpha) - log(alpha)
