"""Averages over decomposable graphs: every model has its marginal likelihood in closed form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.bca import LEVELS
from aiqyn.estimates.capture_histories import CaptureTable
from aiqyn.estimates.cells import Floats, Ints, main_masks, members, pair_masks
from aiqyn.estimates.naming import APART, modes, named_model
from aiqyn.estimates.results import Caution, Estimate, Interval, ModelShare

FEWEST, MOST = 3, 5  # lists; 8, 61 and 822 decomposable graphs
GRID_ENDS = 30  # the grid of the dark figure ends at this many times the persons observed
GRID_STEPS = 200  # steps of the grid for each time the persons observed
MASS_AT_END = 1e-3  # posterior mass in the last step above which the grid cuts the answer off
OTHER_DELTA = 0.5  # Jeffreys' prior of each cell, the other common choice
LISTED = 0.05  # posterior probability from which a graph's own median is a mode
MOST_MODELS = 50
NO_WEIGHT = 1e-12  # posterior probability of a graph that need not be listed


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


def average_of_graphs(table: CaptureTable, *, delta: float | None = None) -> Estimate:
    """Persons in all: posterior median over all decomposable graphs of 3 to 5 lists.

    Parameters
    ----------
    delta : prior persons in each cell of the table, the dark figure's too; ``2**-lists`` unless
        given. On thin tables it decides the answer, so the answer under 0.5 is told beside it.

    Raises
    ------
    AnswerRefused (EST-023) for fewer than 3 or more than 5 lists, (EST-024) when nobody is on two.

    Notes
    -----
    Each graph is equally likely beforehand; the prior of the total N goes with 1/N. The intervals
    are credible intervals; no resampling is needed.

    References
    ----------
    Madigan & York (1997), Biometrika 84, 19-31, sections 2-3; hyper-Dirichlet law: Dawid &
    Lauritzen (1993), Ann. Stat. 21, 1272-1317, section 7; R package dga.
    """
    lists = len(table.lists)
    if not FEWEST <= lists <= MOST:
        raise AnswerRefused("EST-023", n=lists, low=FEWEST, high=MOST)
    if not any(n for history, n in enumerate(table.counts) if history.bit_count() > 1):
        raise AnswerRefused("EST-024")  # the posterior would be the prior's
    chosen = 2.0**-lists if delta is None else delta
    found, other = posterior(table, chosen), posterior(table, OTHER_DELTA)
    observed, shares = table.observed, found.weights.sum(axis=1)
    total = observed + found.quantile(0.5)
    ranking = np.argsort(-shares, kind="stable")
    models = tuple(
        ModelShare(
            named_model(table, _terms(graphs(lists)[g], lists)),
            observed + found.quantile(0.5, int(g)),
            float(shares[g]),
        )
        for g in ranking[:MOST_MODELS]
        if shares[g] > NO_WEIGHT
    )
    often = [m.estimate for m in models if m.estimate and (m.share or 0) >= LISTED]
    apart = modes(often) or (total,)
    return Estimate(
        "decomposable",
        observed,
        total,
        intervals=tuple(_credible(found, observed, level) for level in LEVELS),
        settings={
            "delta": chosen,
            "graphs": len(graphs(lists)),
            "grid_end": int(found.missing[-1]),
            "grid_step": int(found.missing[1] - found.missing[0]),
        },
        models=models,
        modes=apart,
        cautions=(
            *_at_the_end(found),
            *_of_the_prior(total, observed + other.quantile(0.5)),
            *_of_the_modes(apart),
            Caution("EST-108"),
        ),
    )


def posterior(table: CaptureTable, delta: float) -> Posterior:
    """Posterior over graphs and the grid of the dark figure.

    The likelihood of a graph is the product over its cliques divided by that over its separators;
    eliminating simplicial lists one by one gives each list with its later neighbours over those
    neighbours, which is the same product.
    """
    from scipy.special import gammaln, logsumexp

    lists, n = len(table.lists), table.observed
    missing = np.arange(1, GRID_ENDS * n + 1, max(1, ceil(n / GRID_STEPS)))
    parts = _marginals(table.vector, lists, missing, delta)
    log = np.stack([_graph_likelihood(graph, parts) for graph in graphs(lists)])
    log += gammaln(missing + n + 1) - gammaln(missing + 1) - np.log(missing + n)
    return Posterior(missing, np.exp(log - logsumexp(log)))


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


def _graph_likelihood(graph: tuple[tuple[int, int], ...], parts: Floats) -> Floats:
    total: Floats = sum(
        (parts[around | alone] - parts[around] for alone, around in graph),
        start=np.zeros(parts.shape[1]),
    )
    return total


@cache
def graphs(lists: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Every decomposable graph as its eliminated lists with their later neighbours.

    Examples
    --------
    >>> [len(graphs(m)) for m in (3, 4, 5)]
    [8, 61, 822]
    """
    found = (_elimination(lists, edges) for edges in _edge_sets(lists))
    return tuple(order for order in found if order is not None)


def _edge_sets(lists: int) -> Iterator[tuple[int, ...]]:
    pairs = pair_masks(lists)
    for choice in range(1 << len(pairs)):
        yield tuple(p for k, p in enumerate(pairs) if choice >> k & 1)


def _elimination(lists: int, edges: tuple[int, ...]) -> tuple[tuple[int, int], ...] | None:
    """Lists in an order in which the neighbours still there are joined pairwise; None if none."""
    left, order, have = (1 << lists) - 1, [], set(edges)
    while left:
        for alone in main_masks(lists):
            around = sum(p & ~alone for p in have if p & alone and p & left == p)
            if alone & left and _joined(around, have):
                order.append((alone, around))
                left &= ~alone
                break
        else:
            return None
    return tuple(order)


def _joined(some: int, edges: set[int]) -> bool:
    inside = members(some)
    return all((1 << a | 1 << b) in edges for a in inside for b in inside if a < b)


def _terms(
    graph: tuple[tuple[int, int], ...], lists: int
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Terms of the graph's log-linear model: every set of lists inside a clique."""
    terms = np.zeros(1 << lists, dtype=np.bool_)
    for alone, around in graph:
        clique = alone | around
        terms[[s for s in range(1 << lists) if s & clique == s]] = True
    return terms


def _credible(found: Posterior, observed: int, level: float) -> Interval:
    low, high = found.quantile((1 - level) / 2), found.quantile((1 + level) / 2)
    cut = ("high",) if high >= found.missing[-1] else ()
    return Interval(level, observed + low, observed + high, cut)


def _at_the_end(found: Posterior) -> tuple[Caution, ...]:
    mass = float(found.weights[:, -1].sum())
    return (Caution("EST-115", {"n": int(found.missing[-1])}),) if mass > MASS_AT_END else ()


def _of_the_prior(total: float, other: float) -> tuple[Caution, ...]:
    if abs(np.log(total / other)) < APART:
        return ()
    return (Caution("EST-114", {"n": total, "other": other, "delta": str(OTHER_DELTA)}),)


def _of_the_modes(apart: tuple[float, ...]) -> tuple[Caution, ...]:
    if len(apart) < 2:
        return ()
    return (Caution("EST-105", {"low": min(apart), "high": max(apart)}),)
