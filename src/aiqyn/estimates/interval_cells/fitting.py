"""Log-linear models of tables with suppressed cells, by the likelihood of what is known.

A known cell enters with its Poisson probability, a suppressed one with ``P(low <= n <= high)``. The
score is that of a full table with each suppressed cell at its expected persons ``E[n | range]``,
and the information is ``sum of (mean - Var[n | range])`` (Louis 1982, J. R. Stat. Soc. B 44,
226-233, eq. 3.2). EM has the same fixed point; Newton's steps reach it in ten rounds, EM in
hundreds. A Poisson variable has less variance inside a range than without one, so the likelihood is
concave and its maximum is the only one.

A direction that lowers the mean of a cell for ever lowers its likelihood just when ``low > 0``. So
the maximum exists, is unique, or lies at minus infinity for a term exactly as in the table of the
fewest persons, and `reduce`, `identifiable` and `has_maximum` are asked of that table.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.interval_cells.truncated import Suppressed, suppressed_cells
from aiqyn.estimates.log_linear.existence import Existence, has_maximum, identifiable, take
from aiqyn.estimates.log_linear.fitting import Batch, Fits, Reduced, fit, reduce
from aiqyn.estimates.log_linear.hierarchical_models import Search
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, subset_sums, superset_sums


class IntervalBatch(Batch):
    """A batch of models whose suppressed cells enter as ranges."""

    def __init__(
        self, counts: Floats, terms: Bools, cells: Bools, width: int, suppressed: Suppressed
    ) -> None:
        super().__init__(counts, terms, cells, width)
        self.suppressed = suppressed
        self.kept = cells[:, suppressed.histories]
        self.known = np.where(cells, counts, 0.0)
        self.known[:, suppressed.histories] = 0.0

    def _pull(self, rows: Ints, beta: Floats, mean: Floats) -> tuple[Floats, Floats]:
        at, kept = self.suppressed.histories, self.kept[rows]
        expected, spread = self.suppressed.moments(subset_sums(beta)[:, at])
        seen, weight = self.known[rows], mean.copy()
        seen[:, at] = np.where(kept, expected, 0.0)
        weight[:, at] -= np.where(kept, spread, 0.0)
        return superset_sums(weight), superset_sums(seen - mean)

    def _mean(self, rows: Ints, beta: Floats) -> tuple[Floats, Floats]:
        eta = subset_sums(beta)
        mean = np.where(self.cells[rows], np.exp(np.clip(eta, -300.0, 300.0)), 0.0)
        _, height = self.suppressed.shares(eta[:, self.suppressed.histories])
        ranges = np.where(self.kept[rows], height, 0.0).sum(axis=1)
        return mean, (self.known[rows] * eta - mean).sum(axis=1) + ranges


def fit_intervals(table: IntervalTable, model: Reduced) -> Fits:
    """Maximum likelihood of models, a row each, begun at the middles of the ranges."""
    shape = model.terms.shape
    start = fit(np.where(model.cells, table.middle, 0.0), model).beta
    batch = partial(IntervalBatch, suppressed=suppressed_cells(table))
    return fit(np.broadcast_to(table.vector, shape), model, start, batch)


def fitted(table: IntervalTable, terms: Bools) -> Search:
    """Existence, total, AIC and BIC of models of the table.

    Parameters
    ----------
    terms : shape ``(models, 2**lists)``, intercept included

    Returns
    -------
    A `Search` whose counts are the fewest persons. ``n`` of the BIC, which must be one for all
    models, is the sum of the middles of the ranges.
    """
    counts = np.broadcast_to(table.vector, terms.shape)
    model = reduce(counts, terms)
    unique = identifiable(model)
    rows = np.flatnonzero(unique)
    fits = fit_intervals(table, take(model, rows))
    good = has_maximum(counts[rows], take(model, rows), fits)
    codes = np.where(unique, 0, int(Existence.NOT_IDENTIFIABLE))
    codes[rows[~good]] = int(Existence.NO_MAXIMUM)
    kept = rows[good]
    beta, (total, aic, bic) = np.zeros(terms.shape), np.full((3, len(terms)), np.nan)
    beta[kept], mean = fits.beta[good], fits.mean[good]
    height, size = log_likelihood(table, mean, beta[kept]), terms[kept].sum(axis=1)
    total[kept] = expected_persons(table, mean, beta[kept]).sum(axis=1) + np.exp(beta[kept, 0])
    aic[kept] = 2 * size - 2 * height
    bic[kept] = size * np.log(table.middle.sum()) - 2 * height
    return Search(table.vector, terms, codes, total, beta, aic, bic)


def expected_persons(table: IntervalTable, mean: Floats, beta: Floats) -> Floats:
    """Persons by history given the ranges; 0 where a cell left the fit; shape of `mean`."""
    hidden = suppressed_cells(table)
    persons = np.tile(table.vector, (len(mean), 1))
    inside, _ = hidden.moments(subset_sums(beta)[:, hidden.histories])
    persons[:, hidden.histories] = np.where(mean[:, hidden.histories] > 0, inside, 0.0)
    return persons


def log_likelihood(table: IntervalTable, mean: Floats, beta: Floats) -> Floats:
    """Log of the probability of all that is known, with the constants; shape ``(rows,)``."""
    from scipy.special import gammaln, xlogy

    hidden = suppressed_cells(table)
    at = hidden.histories
    counts = table.vector
    known = xlogy(counts, mean) - mean - gammaln(counts + 1)
    _, ranges = hidden.shares(subset_sums(beta)[:, at])
    known[:, at] = np.where(mean[:, at] > 0, ranges - mean[:, at], 0.0)
    return np.asarray(known[:, 1:].sum(axis=1))


def saturated(table: IntervalTable) -> float:
    """The largest log-likelihood that any means give: every cell at its own best."""
    from scipy.special import gammaln, xlogy

    hidden, counts = suppressed_cells(table), table.vector
    known = xlogy(counts, counts) - counts - gammaln(counts + 1)
    known[hidden.histories] = hidden.highest
    return float(known.sum())
