"""Intervals that take the chosen model as known: on request, never without their warning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.bca import LEVELS
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.results import Caution, Estimate, Interval
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import superset_sums

TOO_NARROW = Caution("EST-110")


def with_conditional_intervals(table: CaptureTable, estimate: Estimate) -> Estimate:
    """The estimate with normal-theory intervals of the log of the dark figure under its model.

    Raises
    ------
    AnswerRefused (EST-030) for a method without a single log-linear model.

    Notes
    -----
    ``n + exp(b0 ± z se(b0))``, as SparseMSE prints it. The choice of the model is not in it.
    """
    from scipy.special import ndtri

    if estimate.model is None:
        raise AnswerRefused("EST-030", method="conditional", allowed="stepwise, bic, independence")
    dark, error = dark_figure(table, estimate.model.terms)
    ends = [(level, float(ndtri((1 + level) / 2)) * error) for level in LEVELS]
    intervals = tuple(
        Interval(level, _total(table, dark - reach), _total(table, dark + reach))
        for level, reach in ends
    )
    kept = tuple(c for c in estimate.cautions if c.code not in {"EST-101", "EST-113"})
    return replace(estimate, intervals=intervals, cautions=(TOO_NARROW, *kept))


def dark_figure(table: CaptureTable, terms: tuple[tuple[str, ...], ...]) -> tuple[float, float]:
    """Log of the persons on no list under a model, and its standard error."""
    bit = {name: 1 << j for j, name in enumerate(table.lists)}
    row = np.zeros((1, len(table.counts)), dtype=np.bool_)
    row[0, [0, *(sum(bit[x] for x in term) for term in terms)]] = True
    model = reduce(table.vector[None], row)
    found = fit(table.vector[None], model)
    finite = np.flatnonzero(model.terms[0])
    information = superset_sums(found.mean)[0][finite[:, None] | finite[None, :]]
    variance = float(np.linalg.inv(information)[0, 0])
    return float(found.beta[0, 0]), float(np.sqrt(variance))


def _total(table: CaptureTable, log_dark: float) -> float:
    return table.observed + float(np.exp(log_dark))
