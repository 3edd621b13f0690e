"""Laplace's approximation of the count model at given spreads: Newton's steps to the mode.

Negative binomial counts, log link; Lawless (1987), Can. J. Stat. 15, 209-225, for the derivatives.
All points of the grid are solved side by side: leading axis `points`.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from aiqyn.prevention.factors.model_input import Cells, Floats, Grid, Priors

STEPS, ENOUGH = 60, 1e-7  # Newton's steps at most; change of the log-means that ends them
LONGEST = 3.0  # of one step, on the log scale


def at_each_point(cells: Cells, priors: Priors, grid: Grid) -> tuple[Floats, Floats, Floats]:
    """Log posterior of each point, and mean and covariance of the coefficients there.

    Coefficients stand in the order of `design`.
    """
    z, precision = design(cells), _precision(cells, priors, grid)
    centre = _centre(cells, z.shape[1])
    size = 1 / grid.beyond_chance[:, None] ** 2
    theta = _mode(cells, z, precision, centre, size)
    _, weight = _derivatives(cells, z, theta, size)
    hessian = _hessian(z, weight, precision)
    prior = 0.5 * (np.log(precision) - precision * (theta - centre) ** 2).sum(axis=1)
    _, volume = np.linalg.slogdet(hessian)
    logs = _log_likelihood(cells, z, theta, size) + prior - 0.5 * volume
    spread = np.asarray(np.linalg.inv(hessian), dtype=np.float64)
    return logs + _log_prior(priors, grid), theta, spread


def design(cells: Cells) -> Floats:
    """Shape (cells, coefficients): slopes, level, periods, areas, errors of the shares."""
    n = len(cells.persons)
    period = np.eye(cells.periods)[cells.period]
    area = np.eye(cells.areas)[cells.area]
    parts = [cells.factors, np.ones((n, 1)), period, area]
    if len(cells.doubts):
        parts.append(np.eye(len(cells.doubts))[cells.estimate])
    return np.hstack(parts)


def _centre(cells: Cells, coefficients: int) -> Floats:
    """Prior means: nothing, but for the level, which is the rate of all cells together."""
    centre = np.zeros(coefficients)
    rate = (cells.persons.sum() + 0.5) / np.exp(cells.offset).sum()
    centre[cells.factors.shape[1]] = np.log(rate)
    return centre


def _mode(cells: Cells, z: Floats, precision: Floats, centre: Floats, size: Floats) -> Floats:
    """The coefficients of the highest posterior at each point."""
    theta = np.tile(centre, (len(size), 1))
    for _ in range(STEPS):
        gradient, weight = _derivatives(cells, z, theta, size)
        uphill = gradient @ z - precision * (theta - centre)
        step = np.linalg.solve(_hessian(z, weight, precision), uphill[:, :, None])[:, :, 0]
        longest = np.abs(step @ z.T).max(axis=1, keepdims=True)
        theta = theta + step * np.minimum(1.0, LONGEST / np.maximum(longest, LONGEST))
        if longest.max() < ENOUGH:
            break
    return theta


def _precision(cells: Cells, priors: Priors, grid: Grid) -> Floats:
    """Shape (points, coefficients): one over the squared prior spread."""
    slopes = np.full(cells.factors.shape[1], priors.slope)
    fixed = np.concatenate([slopes, [priors.level], np.full(cells.periods, priors.period)])
    points = len(grid.between_areas)
    areas = np.repeat(grid.between_areas[:, None], cells.areas, axis=1)
    return np.hstack([np.tile(fixed, (points, 1)), areas, np.tile(cells.doubts, (points, 1))]) ** -2


def _log_prior(priors: Priors, grid: Grid) -> Floats:
    """Half-normal spreads; the grid is even in their logarithms."""
    a = grid.between_areas / priors.between_areas
    b = grid.beyond_chance / priors.beyond_chance
    return np.asarray(-0.5 * (a**2 + b**2) + np.log(a) + np.log(b))


def _derivatives(cells: Cells, z: Floats, theta: Floats, size: Floats) -> tuple[Floats, Floats]:
    """First and minus second derivative by log-mean, shape (points, cells); both exact."""
    mean = np.exp(cells.offset + theta @ z.T)
    share = size / (size + mean)
    return (cells.persons - mean) * share, (cells.persons + size) * mean * share / (size + mean)


def _log_likelihood(cells: Cells, z: Floats, theta: Floats, size: Floats) -> Floats:
    y = cells.persons
    log_mean = cells.offset + theta @ z.T
    told = gammaln(y + size) - gammaln(size) - gammaln(y + 1)
    told = (
        told
        + size * np.log(size)
        + y * log_mean
        - (y + size) * np.logaddexp(np.log(size), log_mean)
    )
    return np.asarray(told.sum(axis=1))


def _hessian(z: Floats, weight: Floats, precision: Floats) -> Floats:
    """Z'WZ at each point, and the prior on its diagonal."""
    found = np.stack([(z * w[:, None]).T @ z for w in weight])
    at = np.arange(z.shape[1])
    found[:, at, at] += precision
    return found
