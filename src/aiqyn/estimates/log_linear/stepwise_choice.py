"""Stepwise choice of pairs of lists (Chan, Silverman & Vincent 2021), many tables at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.log_linear.existence import has_maximum, identifiable, take
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, main_masks, pair_masks, superset_sums

PTHRESH = 0.02  # Chan, Silverman & Vincent 2021, section 4.2


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen model of each table.

    Attributes
    ----------
    terms : intercept, lists, chosen pairs (those at minus infinity too); ``(tables, 2**lists)``
    beta, mean : as in `log_linear.Fits`
    total : estimated persons in all; infinite where independence has no maximum
    path : pairs of the first table in the order in which they were chosen
    """

    terms: Bools
    beta: Floats
    mean: Floats
    total: Floats
    path: tuple[int, ...]


def choose(counts: Floats, lists: int, pthresh: float = PTHRESH) -> Chosen:
    """Begin with independent lists; add the pair that fits worst while its p-value is small.

    Parameters
    ----------
    counts : persons by history; shape ``(tables, 2**lists)``
    pthresh : a pair enters while its p-value is below this

    Notes
    -----
    The p-value of a pair is the smaller Poisson tail of its persons ``N*_ij`` against the fitted
    mean. A pair whose model has no maximum or is not identifiable is passed over for the next best;
    it is tried again after another pair has entered.

    References
    ----------
    Chan, Silverman & Vincent (2021), J. Am. Stat. Assoc. 116, 1297-1306, section 4.
    """
    search = _Search(counts, lists, pthresh)
    while search.step():
        pass
    return search.result()


class _Search:
    """Where each table stands on its way."""

    def __init__(self, counts: Floats, lists: int, pthresh: float) -> None:
        self.counts, self.pthresh = counts, pthresh
        self.pairs = np.array(pair_masks(lists), dtype=np.int64)
        self.sums = superset_sums(counts)
        held = self.sums[:, list(main_masks(lists))] > 0
        ends = np.array([[p >> j & 1 for j in range(lists)] for p in self.pairs], dtype=np.bool_)
        self.absent: Bools = np.any(ends[None] & ~held[:, None, :], axis=2)
        self.terms = np.zeros(counts.shape, dtype=np.bool_)
        self.terms[:, [0, *main_masks(lists)]] = True
        model = reduce(counts, self.terms)
        fits = fit(counts, model)
        self.alive = np.asarray(identifiable(model) & (held.sum(axis=1) > 1))
        rows = np.flatnonzero(self.alive)
        part = fit(counts[rows], take(model, rows)) if not self.alive.all() else fits
        self.alive[rows] = has_maximum(counts[rows], take(model, rows), part)
        self.beta, self.mean = fits.beta, fits.mean
        self.passed_over = self.absent.copy()
        self.moving: Bools = self.alive & (pthresh > 0)
        self.path: list[int] = []

    def step(self) -> bool:
        """One pair tried for each table that still moves; False when none does."""
        rows = np.flatnonzero(self.moving)
        if not len(rows):
            return False
        best, small = self._best_pairs(rows)
        self.moving[rows[~small]] = False
        self._try(rows[small], best[small])
        return True

    def _best_pairs(self, rows: Ints) -> tuple[Ints, Bools]:
        means = superset_sums(self.mean[rows])[:, self.pairs]
        p = log_p_values(self.sums[rows][:, self.pairs], means)
        p[self.passed_over[rows] | self.terms[rows][:, self.pairs]] = 0.0
        best = p.argmin(axis=1)
        return best, p[np.arange(len(rows)), best] < np.log(self.pthresh)

    def _try(self, rows: Ints, best: Ints) -> None:
        if not len(rows):
            return
        wider = self.terms[rows].copy()
        wider[np.arange(len(rows)), self.pairs[best]] = True
        model = reduce(self.counts[rows], wider)
        good = identifiable(model)
        sound = np.flatnonzero(good)
        start = self._start(rows, best)
        fits = fit(self.counts[rows[sound]], take(model, sound), start[sound])
        good[sound] = has_maximum(self.counts[rows[sound]], take(model, sound), fits)
        entered = good[sound]
        winners = rows[sound[entered]]
        self.terms[winners] = wider[sound[entered]]
        self.beta[winners], self.mean[winners] = fits.beta[entered], fits.mean[entered]
        self.passed_over[winners] = self.absent[winners]
        losers = np.flatnonzero(~good)
        self.passed_over[rows[losers], best[losers]] = True
        if 0 in winners:
            self.path.append(int(self.pairs[best[list(rows).index(0)]]))

    def _start(self, rows: Ints, best: Ints) -> Floats:
        """The old parameters, the new one set so that the pair's mean is its count."""
        start, masks = self.beta[rows].copy(), self.pairs[best]
        at = np.arange(len(rows))
        seen = self.sums[rows, masks]
        means = superset_sums(self.mean[rows])[at, masks]
        start[at, masks] = np.log(np.maximum(seen, 1e-9) / np.maximum(means, 1e-300))
        return start

    def result(self) -> Chosen:
        observed = self.counts.sum(axis=1)
        total = np.where(self.alive, observed + np.exp(np.minimum(self.beta[:, 0], 700)), np.inf)
        return Chosen(self.terms, self.beta, self.mean, total, tuple(self.path))


def log_p_values(seen: Floats, mean: Floats) -> Floats:
    """Log of the smaller Poisson tail, the seen count in both tails."""
    from scipy.special import pdtr, pdtrc

    lower = pdtr(seen, mean)
    upper = np.where(seen > 0, pdtrc(np.maximum(seen - 1, 0), mean), 1.0)
    tail = np.minimum(lower, upper)
    with np.errstate(divide="ignore"):
        logs: Floats = np.log(tail)
    vanished = tail < 1e-290
    if vanished.any():
        logs[vanished] = _log_point(seen[vanished], mean[vanished])
    capped: Floats = np.minimum(logs, 0.0)
    return capped


def _log_point(seen: Floats, mean: Floats) -> Floats:
    """Log of the far tail: its nearest term times the geometric sum that bounds the rest."""
    from scipy.special import gammaln, xlogy

    ratio = np.where(seen > mean, mean / (seen + 1), seen / mean)
    point: Floats = xlogy(seen, mean) - mean - gammaln(seen + 1) - np.log1p(-ratio)
    return point
