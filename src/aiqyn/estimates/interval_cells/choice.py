"""Stepwise choice of pairs where some overlaps are known only as ranges."""

from __future__ import annotations

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.interval_cells.fitting import fit_intervals, fitted
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.interval_cells.truncated import suppressed_cells
from aiqyn.estimates.log_linear.existence import Existence
from aiqyn.estimates.log_linear.fitting import reduce
from aiqyn.estimates.log_linear.stepwise_choice import log_p_values
from aiqyn.estimates.tables.cells import (
    Bools,
    Floats,
    main_masks,
    pair_masks,
    subset_sums,
    superset_sums,
)

TAIL_LOST = 1e-290  # a tail below it has no digits left


def choose_pairs(table: IntervalTable, pthresh: float) -> Bools:
    """Terms of the stepwise model; shape ``(2**lists,)``.

    As `stepwise_choice.choose`, with two changes: models are fitted by the likelihood of the
    ranges, and the p-value of a pair is the smaller of the two Poisson tails averaged over the
    persons that the pair may share, each weighted by its probability under the current model. A
    table without ranges gives the very same choice.

    Raises
    ------
    AnswerRefused (EST-020) when even independent lists have no maximum.
    """
    terms = np.zeros(1 << len(table.lists), dtype=np.bool_)
    terms[[0, *main_masks(len(table.lists))]] = True
    if not _sound(table, terms):
        raise AnswerRefused("EST-020")
    passed_over: set[int] = set()
    while pthresh > 0:
        p = _log_p_values(table, terms)
        open_pairs = [mask for mask in p if not terms[mask] and mask not in passed_over]
        best = min(open_pairs, key=lambda mask: p[mask], default=None)
        if best is None or p[best] >= np.log(pthresh):
            break
        wider = terms.copy()
        wider[best] = True
        if _sound(table, wider):
            terms, passed_over = wider, set()
        else:
            passed_over.add(best)
    return terms


def _sound(table: IntervalTable, terms: Bools) -> bool:
    return bool(fitted(table, terms[None]).codes[0] == Existence.OK)


def _log_p_values(table: IntervalTable, terms: Bools) -> dict[int, float]:
    """Of each pair of lists, under the fitted model."""
    fits = fit_intervals(table, reduce(table.vector[None], terms[None]))
    means = superset_sums(fits.mean[0])
    shares = _shares(table, fits.beta[0], fits.mean[0])
    return {
        mask: _log_p(table, shares, mask, float(means[mask]))
        for mask in pair_masks(len(table.lists))
    }


def _shares(table: IntervalTable, beta: Floats, mean: Floats) -> dict[int, Floats]:
    """Probability of each number of persons above the fewest, by suppressed history."""
    hidden = suppressed_cells(table)
    weights, _ = hidden.shares(subset_sums(beta)[None, hidden.histories])
    nobody = np.eye(1, weights.shape[-1])[0]  # a cell that left the fit holds its fewest: nobody
    pairs = zip(hidden.histories, weights[0], strict=True)
    return {int(h): share if mean[h] > 0 else nobody for h, share in pairs}


def _log_p(table: IntervalTable, shares: dict[int, Floats], mask: int, mean: float) -> float:
    from scipy.special import logsumexp, pdtr, pdtrc

    more = np.ones(1)
    for history, share in shares.items():
        if history & mask == mask:
            more = np.convolve(more, share)
    fewest = sum(n for h, n in enumerate(table.low) if h & mask == mask)
    seen = fewest + np.arange(len(more), dtype=np.float64)
    lower = float(more @ pdtr(seen, mean))
    upper = float(more @ np.where(seen > 0, pdtrc(np.maximum(seen - 1, 0), mean), 1.0))
    if min(lower, upper) > TAIL_LOST:
        return min(float(np.log(min(lower, upper))), 0.0)
    held = more > 0
    tails = log_p_values(seen[held], np.full(int(held.sum()), mean))
    return float(logsumexp(tails, b=more[held]))
