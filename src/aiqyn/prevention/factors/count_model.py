"""A hierarchical count model: negative binomial counts, areas that lean on one another.

    y_it ~ NegBin(mu_it, omega),   Var(y_it) = mu_it + (omega mu_it)^2
    log mu_it = offset_it + alpha + period_t + area_i + x_it beta
    area_i ~ N(0, tau^2),   beta_k ~ N(0, slope^2),   period_t ~ N(0, 1)

The two spreads tau and omega are integrated over a grid, all else by Laplace's approximation at
each point of it (Rue, Martino & Chopin 2009, J. R. Stat. Soc. B 71, 319-392, in its simplest form).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.factors.laplace import at_each_point
from aiqyn.prevention.factors.model_input import Cells, Floats, Grid, Priors

COARSE, FINE, DEEP = 8, 7, 6.0  # points an axis; how far below the best point the fine grid reaches
LEAST, MOST = 0.02, 3.0  # spreads that the coarse grid tries


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the model says with the offset held.

    Attributes
    ----------
    weights : shape (points,): of the grid's points; they add up to 1
    mean : shape (points, coefficients); slopes come first, then level, periods, areas
    spread : shape (points, coefficients, coefficients): covariances
    grid : the points
    slopes : how many
    """

    weights: Floats
    mean: Floats
    spread: Floats
    grid: Grid
    slopes: int

    def slope(self) -> tuple[Floats, Floats]:
        """Mean and covariance of the slopes over the grid."""
        k = self.slopes
        centre = self.weights @ self.mean[:, :k]
        apart = self.mean[:, :k] - centre
        inside = np.einsum("g,gkl->kl", self.weights, self.spread[:, :k, :k])
        return centre, inside + np.einsum("g,gk,gl->kl", self.weights, apart, apart)

    @property
    def between_areas(self) -> float:
        """Posterior mean of tau."""
        return float(self.weights @ self.grid.between_areas)

    @property
    def beyond_chance(self) -> float:
        """Posterior mean of omega."""
        return float(self.weights @ self.grid.beyond_chance)


def search_grid(cells: Cells, priors: Priors) -> Grid:
    """A fine grid round the spreads that fit best, found on a coarse one."""
    axis = np.geomspace(LEAST, MOST, COARSE)
    coarse = _crossed(axis, axis)
    logs = at_each_point(cells, priors, coarse)[0]
    near = logs > logs.max() - DEEP
    return _crossed(
        _widened(coarse.between_areas[near], axis), _widened(coarse.beyond_chance[near], axis)
    )


def posterior(cells: Cells, priors: Priors, grid: Grid) -> Posterior:
    """The model's answer over the grid."""
    logs, mean, spread = at_each_point(cells, priors, grid)
    weights = np.exp(logs - logs.max())
    return Posterior(weights / weights.sum(), mean, spread, grid, cells.factors.shape[1])


def _crossed(first: Floats, second: Floats) -> Grid:
    a, b = np.meshgrid(first, second, indexing="ij")
    return Grid(a.ravel(), b.ravel())


def _widened(kept: Floats, axis: Floats) -> Floats:
    """`FINE` points over the kept stretch and half a coarse step on each side of it."""
    step = (axis[1] / axis[0]) ** 0.75
    return np.geomspace(kept.min() / step, kept.max() * step, FINE)
