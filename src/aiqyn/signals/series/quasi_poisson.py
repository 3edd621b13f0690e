"""Quasi-Poisson regression of reference counts: a level for each part of the year, and a trend.

    log mu_i = level[group_i] + slope * time_i + offset_i,    Var(y_i) = phi * mu_i / weight_i

Iteratively reweighted least squares from ``mu = y + 0.1``, ended as R's ``glm`` ends it (relative
change of the deviance under 1e-8, at most 25 rounds). With levels in place of contrasts the normal
equations are solved group by group: the slope from what varies within groups, then each level.

Reference: P. McCullagh and J. A. Nelder (1989), Generalized Linear Models, ch. 9.
"""

from __future__ import annotations

from math import exp, log

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.series.compiled import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ROUNDS = 25
TOLERANCE = 1e-8
SMALLEST_MEAN = 2.220446049250313e-16
NO_VARIATION = 1e-11  # of time within groups, beside its square: no slope can be had


@compiled
def fit(
    y: Floats,
    time: Floats,
    group: Integers,
    offset: Floats,
    prior: Floats,
    levels: Floats,
    moments: Floats,
    mean: Floats,
    weight: Floats,
    trend: bool,
) -> tuple[bool, float, float]:
    """Fit into `levels`, `moments`, `mean`, `weight`; whether it converged, slope, variation.

    Parameters
    ----------
    y, time, group, offset, prior : counts, times, groups, offsets and prior weights, each of (n,)
    levels : (groups,), filled with the levels of the log mean
    moments : (2, groups), filled with each group's sum of weights and weighted mean time
    mean, weight : (n,), filled with fitted means, and with the weights of the last round
    trend : whether there is a slope

    Returns
    -------
    converged, slope, and the weighted variation of time within groups (0 without a slope).
    """
    n = y.size
    slope, variation = 0.0, 0.0
    eta = np.empty(n)
    y_log_y = np.zeros(n)
    before = 0.0
    for i in range(n):
        mean[i] = y[i] + 0.1
        eta[i] = log(mean[i])
        if y[i] > 0:
            y_log_y[i] = y[i] * log(y[i])
        before += 2 * prior[i] * (y_log_y[i] - y[i] * eta[i] - y[i] + mean[i])
    for _ in range(ROUNDS):
        slope, variation = _solve(
            y, time, group, offset, prior, levels, moments, mean, weight, eta, trend
        )
        deviance = 0.0
        for i in range(n):
            eta[i] = levels[group[i]] + slope * time[i] + offset[i]
            mean[i] = max(exp(eta[i]), SMALLEST_MEAN)
            deviance += 2 * prior[i] * (y_log_y[i] - y[i] * eta[i] - y[i] + mean[i])
        if not abs(deviance) < np.inf:
            return False, slope, variation
        if abs(deviance - before) / (abs(deviance) + 0.1) < TOLERANCE:
            return True, slope, variation
        before = deviance
    return False, slope, variation


@compiled
def _solve(
    y: Floats,
    time: Floats,
    group: Integers,
    offset: Floats,
    prior: Floats,
    levels: Floats,
    moments: Floats,
    mean: Floats,
    weight: Floats,
    eta: Floats,
    trend: bool,
) -> tuple[float, float]:
    """One round of weighted least squares; the slope and the variation of time."""
    n, groups = y.size, levels.size
    levels[:] = 0.0
    moments[:] = 0.0
    squares = 0.0
    for i in range(n):
        weight[i] = prior[i] * mean[i]
        eta[i] += (y[i] - mean[i]) / mean[i] - offset[i]  # the working response
        g = group[i]
        moments[0, g] += weight[i]
        moments[1, g] += weight[i] * time[i]
        levels[g] += weight[i] * eta[i]
    for g in range(groups):
        if moments[0, g] > 0:
            moments[1, g] /= moments[0, g]
            levels[g] /= moments[0, g]
    if not trend:
        return 0.0, 0.0
    variation, together = 0.0, 0.0
    for i in range(n):
        away = time[i] - moments[1, group[i]]
        variation += weight[i] * away * away
        together += weight[i] * away * eta[i]
        squares += weight[i] * time[i] * time[i]
    if variation <= NO_VARIATION * squares:
        return 0.0, 0.0
    slope = together / variation
    for g in range(groups):
        levels[g] -= slope * moments[1, g]
    return slope, variation


@compiled
def leverage(weight: float, away: float, group_weight: float, variation: float) -> float:
    """The diagonal of the hat matrix: `away` is the time from the group's weighted mean time."""
    h = weight / group_weight
    return h + weight * away * away / variation if variation > 0 else h


@compiled
def dispersion(y: Floats, mean: Floats, weight: Floats, parameters: int) -> float:
    """Weighted squares of the working residuals over the degrees of freedom; NaN without any."""
    free, total = -parameters, 0.0
    for i in range(y.size):
        if weight[i] > 0:
            free += 1
            total += weight[i] * ((y[i] - mean[i]) / mean[i]) ** 2
    return total / free if free > 0 else np.nan
