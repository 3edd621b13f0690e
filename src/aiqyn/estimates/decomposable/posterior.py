"""The posterior of the dark figure and the graph together, on a grid, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from aiqyn.estimates.decomposable.graphs import signs
from aiqyn.estimates.tables.cells import Floats, Ints

GRID_ENDS = 30  # the grid of the dark figure ends at this many times the persons observed
GRID_STEPS = 200  # steps of the grid for each time the persons observed
DRAWS = 2000  # of persons in all, where draws are wanted


@dataclass(frozen=True, slots=True)
class Posterior:
    """Posterior of the dark figure and the graph together.

    Attributes
    ----------
    missing : grid of the persons on no list; shape ``(steps,)``
    weights : probability of each graph and step; shape ``(graphs, steps)``, sum 1
    """

    missing: Ints
    weights: Floats

    def quantile(self, probability: float, graph: int | None = None) -> float:
        """Smallest step with at least that probability at or below it, of all graphs or one."""
        mass = self.weights.sum(axis=0) if graph is None else self.weights[graph]
        reached = np.cumsum(mass) / mass.sum()
        step = int(np.searchsorted(reached, probability))
        return float(self.missing[min(step, len(mass) - 1)])


def posterior(counts: Floats, delta: float) -> Posterior:
    """Posterior over graphs and the grid of the dark figure.

    Parameters
    ----------
    counts : persons by history; shape ``(2**lists,)``
    delta : prior persons in each cell

    Notes
    -----
    The likelihood of a graph is the product over its cliques divided by that over its separators;
    eliminating simplicial lists one by one gives each list with its later neighbours over those
    neighbours, which is the same product.
    """
    from scipy.special import gammaln

    lists, n = len(counts).bit_length() - 1, int(counts.sum())
    missing = np.arange(1, GRID_ENDS * n + 1, max(1, ceil(n / GRID_STEPS)))
    weights = signs(lists) @ _marginals(counts, lists, missing, delta)
    weights += gammaln(missing + n + 1) - gammaln(missing + 1) - np.log(missing + n)
    weights -= weights.max()
    np.exp(weights, out=weights)  # in place: five lists have millions of them
    weights /= weights.sum()
    return Posterior(missing, weights)


def totals_over_graphs(
    counts: Floats,
    weighed: Floats,
    rng: np.random.Generator,
    *,
    delta: float | None = None,
) -> Floats:
    """Draws of persons in all: each graph as likely as on `weighed`, the persons by `counts`.

    Parameters
    ----------
    counts, weighed : persons by history; shape ``(2**lists,)``
    delta : prior persons in each cell; ``2**-lists`` unless given
    """
    prior = 1 / len(counts) if delta is None else delta
    graphs = posterior(weighed, prior).weights.sum(axis=1)
    found = posterior(counts, prior)
    of_each = found.weights.sum(axis=1, keepdims=True)
    given = np.divide(found.weights, of_each, out=np.zeros_like(found.weights), where=of_each > 0)
    mass = graphs @ given
    return np.asarray(counts.sum() + rng.choice(found.missing, DRAWS, p=mass / mass.sum()))


def _marginals(counts: Floats, lists: int, missing: Ints, delta: float) -> Floats:
    """Log marginal likelihood of the table of each set of lists; ``(2**lists, steps)``."""
    from scipy.special import gammaln

    every, size = np.arange(1 << lists), 1 << lists
    whole = gammaln(size * delta) - gammaln(missing + counts.sum() + size * delta)
    rows = np.zeros((size, len(missing)))
    for chosen in range(1, size):
        prior = delta * size / (1 << chosen.bit_count())
        margin = np.bincount(every & chosen, weights=counts, minlength=size)
        used = np.unique(every & chosen)[1:]
        seen = gammaln(margin[used] + prior).sum() - len(used) * gammaln(prior)
        rows[chosen] = whole + seen + gammaln(missing + margin[0] + prior) - gammaln(prior)
    return rows
