"""Tables drawn again from a table, and what the whole procedure makes of each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.intervals.bca import (
    LEVELS,
    Correction,
    bca_interval,
    beyond_the_replicates,
    correction,
    tails,
)
from aiqyn.estimates.results import Interval, Replicates
from aiqyn.estimates.tables.canonical_order import canonical_histories
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats, main_masks, superset_sums

BOOT = 1000  # replicates unless asked otherwise
SEED = 20260101
LEAST_RAISED = 1000  # replicates; who asks for fewer wants a quick look and is told of the edge
MOST_RAISED = 16_000  # replicates; a limit still at the edge of so many is not a matter of patience
PART = 1000  # tables answered at a time

# Tables (tables, 2**lists) -> persons in all, and a key of the model chosen, for each.
Procedure = Callable[[Floats], tuple[Floats, tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """What resampling says of an estimate.

    Attributes
    ----------
    intervals : 95 % and 80 %
    replicates : how many tables, and what became of them
    totals : persons in all for each table; infinite where it has no maximum
    models : key of the model chosen for each table
    given : the totals once more if the tables were given and not drawn; None for no maximum
    asked : replicates asked for; more were run where a limit lay at their edge
    """

    intervals: tuple[Interval, ...]
    replicates: Replicates
    totals: Floats
    models: tuple[object, ...]
    given: tuple[float | None, ...] | None = None
    asked: int | None = None


def draw(table: CaptureTable, boot: int, seed: int) -> Floats:
    """`boot` multinomial tables of as many persons; shape ``(boot, 2**lists)``.

    The draws do not depend on the names of the lists nor on the order of rows and columns, and the
    first of them not on how many there are.
    """
    counts = np.array(table.counts, dtype=np.int64)
    histories = canonical_histories(counts, len(table.lists))
    shares = counts[histories] / table.observed
    rng = np.random.default_rng(seed)
    tables = np.zeros((boot, len(counts)))
    tables[:, histories] = rng.multinomial(table.observed, shares, size=boot)
    return tables


def bootstrap(
    table: CaptureTable,
    point: float,
    procedure: Procedure,
    given: Floats | None,
    boot: int,
    seed: int,
    *,
    most: int = MOST_RAISED,
) -> Bootstrapped | None:
    """BCa intervals: the whole procedure, selection and all, is repeated on each table.

    None where no table is given and none to be drawn.

    Parameters
    ----------
    point : the estimate of the table itself
    given : resampled tables to use; shape ``(replicates, 2**lists)``; without them `boot` are drawn
    most : where 1,000 or more were asked for and a limit is only the smallest or the largest of
        them, four times as many are drawn, and again, up to this number

    References
    ----------
    Chan, Silverman & Vincent (2021), section 5: jackknife over the distinct histories, weighted by
    their persons; quantiles of type 8.
    """
    if given is None and boot == 0:
        return None
    tables = draw(table, boot, seed) if given is None else given
    totals, models = procedure(tables)
    histories = np.flatnonzero(table.vector)
    jackknife, _ = procedure(table.vector - np.eye(len(table.counts))[histories])
    by = correction(point, totals, jackknife, table.vector[histories])
    while given is None and LEAST_RAISED <= len(tables) < most and _at_the_edge(by, len(tables)):
        tables = draw(table, min(4 * len(tables), most), seed)
        totals, models = _continued(procedure, tables, totals, models)
        by = correction(point, totals, jackknife, table.vector[histories])
    intervals = tuple(bca_interval(totals, by, level) for level in LEVELS)
    refused = int((~np.isfinite(totals)).sum())
    counted = Replicates(len(tables), refused, emptied(tables, len(table.lists)), by.ties)
    each = tuple(float(t) if np.isfinite(t) else None for t in totals)
    own = None if given is None else each
    return Bootstrapped(intervals, counted, totals, models, own, boot if given is None else None)


def emptied(tables: Floats, lists: int) -> int:
    """Tables in which at least one list holds nobody."""
    held = superset_sums(tables)[:, list(main_masks(lists))]
    return int((held <= 0).any(axis=1).sum())


def _at_the_edge(by: Correction, count: int) -> bool:
    return any(beyond_the_replicates(by, tail, count) for level in LEVELS for tail in tails(level))


def _continued(
    procedure: Procedure, tables: Floats, totals: Floats, models: tuple[object, ...]
) -> tuple[Floats, tuple[object, ...]]:
    """Answers to all tables, of which the first have theirs."""
    found = [procedure(tables[k : k + PART]) for k in range(len(totals), len(tables), PART)]
    every = np.concatenate([totals, *(part for part, _ in found)])
    return every, (*models, *(m for _, part in found for m in part))
