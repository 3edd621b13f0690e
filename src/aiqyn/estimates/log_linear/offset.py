"""A log-linear model with odds ratios that are known: an offset of each history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from aiqyn.estimates.log_linear.fitting import Batch, fit, reduce
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, subset_sums


def totals_at(
    counts: Floats, terms: Bools, pairs: Sequence[int], odds_ratios: Sequence[float]
) -> Floats:
    """Persons in all under one model at each odds ratio of the pairs; shape ``(odds_ratios,)``."""
    model = reduce(counts[None], terms[None])
    known = np.zeros(len(counts))
    known[list(pairs)] = 1.0
    fits = (fit(counts[None], model, batch=_with_known(np.log(psi) * known)) for psi in odds_ratios)
    return np.array([counts.sum() + np.exp(f.beta[0, 0]) for f in fits])


class _OffsetBatch(Batch):
    """The Poisson likelihood with parameters that are known: an offset of each history."""

    offset: Floats

    def _mean(self, rows: Ints, beta: Floats) -> tuple[Floats, Floats]:
        eta = subset_sums(beta) + self.offset
        mean = np.where(self.cells[rows], np.exp(np.clip(eta, -300.0, 300.0)), 0.0)
        return mean, (self.counts[rows] * eta - mean).sum(axis=1)


def _with_known(known: Floats) -> Callable[[Floats, Bools, Bools, int], Batch]:
    def batch(counts: Floats, terms: Bools, cells: Bools, width: int) -> Batch:
        found = _OffsetBatch(counts, terms, cells, width)
        found.offset = subset_sums(known)
        return found

    return batch
