"""Full tables drawn from a table with ranges, and tables drawn again from those."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.estimates.interval_cells.choice import choose_pairs
from aiqyn.estimates.interval_cells.fitting import expected_persons, fit_intervals
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.interval_cells.truncated import suppressed_cells
from aiqyn.estimates.intervals.bca import LEVELS, bca_interval, correction
from aiqyn.estimates.intervals.resampling import Bootstrapped, Procedure, emptied
from aiqyn.estimates.log_linear.fitting import Fits, reduce
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH
from aiqyn.estimates.results import Replicates
from aiqyn.estimates.tables.canonical_order import canonical_histories
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools, Floats, Ints, subset_sums, superset_sums


def filled(table: IntervalTable, terms: Bools, fills: int, rng: np.random.Generator) -> Floats:
    """Tables whose suppressed cells are drawn inside their ranges; shape ``(fills, 2**lists)``.

    The parameters of the model are drawn from the normal approximation to their posterior first, so
    that the fills are proper imputations (Rubin 1987, Multiple Imputation, section 4.3). A cell
    that left the fit says nothing of its mean: each of its numbers is as likely as the next.

    Parameters
    ----------
    terms : of the model that was chosen; shape ``(2**lists,)``
    """
    hidden = suppressed_cells(table)
    order = _order(table)
    eta, kept = _drawn_log_means(table, terms, fills, rng)
    shares, _ = hidden.shares(eta)
    flat = hidden.possible / hidden.possible.sum(axis=1, keepdims=True)
    shares = np.where(kept[None, :, None], shares, flat)
    tables = np.tile(table.vector, (fills, 1))
    below = np.cumsum(shares, axis=-1)
    for k in order:
        chance = rng.random(fills)
        steps = (chance[:, None] > below[:, k, :-1]).sum(axis=1)
        tables[:, hidden.histories[k]] += np.minimum(steps, hidden.high[k] - hidden.low[k])
    return tables


def resampled(tables: Floats, rng: np.random.Generator, histories: list[int]) -> Floats:
    """Each table drawn again: as many persons, its own shares."""
    persons = tables.sum(axis=1)
    again = np.zeros_like(tables)
    shares = tables[:, histories] / persons[:, None]
    again[:, histories] = rng.multinomial(persons.astype(np.int64), shares)
    return again


def likely_counts(table: IntervalTable, terms: Bools) -> Floats:
    """Expected persons by history under the model, rounded; shape ``(2**lists,)``."""
    fits = fit_intervals(table, reduce(table.vector[None], terms[None]))
    persons: Floats = np.rint(expected_persons(table, fits.mean, fits.beta)[0])
    return persons


def likely_table(table: IntervalTable) -> CaptureTable:
    """The full table nearest to what the stepwise model expects, for the gate of publication.

    Where that is no usable table (two lists become equal), the middles of the ranges, or their
    upper ends, which `IntervalTable` has checked.
    """
    for counts in _candidates(table):
        try:
            whole = tuple(int(n) for n in counts)
            return CaptureTable(table.name, table.lists, whole, table.rows)
        except InputRefused:
            continue
    return CaptureTable(table.name, table.lists, table.high, table.rows)


def _candidates(table: IntervalTable) -> Iterator[Floats]:
    with suppress(AnswerRefused):
        yield likely_counts(table, choose_pairs(table, PTHRESH))
    yield np.rint(table.middle)


def bootstrap_of_ranges(
    table: IntervalTable,
    terms: Bools,
    point: float,
    procedure: Procedure,
    given: Floats | None,
    boot: int,
    seed: int,
) -> Bootstrapped | None:
    """BCa intervals: the ranges filled, the table drawn again, the whole procedure on each.

    So the chance of the draw and what the suppression hides are both in the interval. The
    acceleration is that of the likely table.
    """
    if given is None and boot == 0:
        return None
    rng = np.random.default_rng(seed)
    tables = given
    if tables is None:
        histories = canonical_histories(np.array(table.high), len(table.lists))
        tables = resampled(filled(table, terms, boot, rng), rng, histories)
    totals, models = procedure(tables)
    near = likely_counts(table, terms)
    seen = np.flatnonzero(near)
    jackknife, _ = procedure(near - np.eye(len(near))[seen])
    by = correction(point, totals, jackknife, near[seen])
    intervals = tuple(bca_interval(totals, by, level) for level in LEVELS)
    refused = int((~np.isfinite(totals)).sum())
    counted = Replicates(len(tables), refused, emptied(tables, len(table.lists)), by.ties)
    each = tuple(float(t) if np.isfinite(t) else None for t in totals)
    return Bootstrapped(intervals, counted, totals, models, None if given is None else each)


def _order(table: IntervalTable) -> Ints:
    """The suppressed cells in an order that renamed lists and moved rows leave as it is."""
    place = {h: k for k, h in enumerate(table.suppressed)}
    ranked = canonical_histories(np.array(table.high), len(table.lists))
    return np.array([place[h] for h in ranked if h in place], dtype=np.int64)


def _drawn_log_means(
    table: IntervalTable, terms: Bools, fills: int, rng: np.random.Generator
) -> tuple[Floats, Bools]:
    """Log means of the suppressed cells under drawn parameters, and which cells are in the fit."""
    at, order = suppressed_cells(table).histories, _order(table)
    model = reduce(table.vector[None], terms[None])
    fits = fit_intervals(table, model)
    finite = np.flatnonzero(model.terms[0])
    design = (at[:, None] & finite == finite).astype(np.float64)
    information = _information(table, fits)[finite[:, None] | finite[None, :]]
    chance = np.empty((fills, len(at)))
    chance[:, order] = rng.standard_normal((fills, len(at)))
    spread = _root(design @ np.linalg.pinv(information, hermitian=True) @ design.T)
    return subset_sums(fits.beta)[:, at] + chance @ spread, fits.mean[0, at] > 0


def _information(table: IntervalTable, fits: Fits) -> Floats:
    """Louis' information of the ranges, as sums around each set of lists."""
    hidden = suppressed_cells(table)
    at, weight = hidden.histories, fits.mean[0].copy()
    _, variance = hidden.moments(subset_sums(fits.beta)[:, at])
    weight[at] -= np.where(weight[at] > 0, variance[0], 0.0)
    return superset_sums(weight)


def _root(matrix: Floats) -> Floats:
    """The symmetric square root, which no reordering of the cells changes."""
    values, vectors = np.linalg.eigh(matrix)
    root: Floats = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return root
