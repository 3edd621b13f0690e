"""Estimates by independent lists and by stepwise choice of dependent pairs of lists."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import BOOT, SEED, Bootstrapped, bootstrap
from aiqyn.estimates.log_linear.chosen_models import choosing, with_chosen_models
from aiqyn.estimates.log_linear.estimate_of_model import estimate_of_model
from aiqyn.estimates.log_linear.existence import Existence, existence
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Bools, Floats

MOST_EXPONENT = 700.0  # of a dark figure; beyond it no number holds


def independence(
    table: CaptureTable, *, boot: int = BOOT, seed: int = SEED, tables: Floats | None = None
) -> Estimate:
    """Persons in all if no list leads to another: the log-linear model of single lists only.

    Raises
    ------
    AnswerRefused (EST-020) when it has no maximum, (EST-021) when it is not identifiable.
    """
    terms, total, again = _chosen(table, 0.0, boot, seed, tables)
    found = estimate_of_model(table, "independence", terms, total, again, seed, {})
    return replace(found, modes=(total,), cautions=(Caution("EST-109"), *found.cautions))


def stepwise(
    table: CaptureTable,
    *,
    pthresh: float = PTHRESH,
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Persons in all by stepwise choice of dependent pairs, with a BCa interval.

    Parameters
    ----------
    pthresh : a pair enters while its one-sided Poisson p-value is below this
    boot : resampled tables, each with a full new choice of pairs; 0 for the number alone; raised
        from 1,000 or more where a limit lies at their edge (see `resampling.bootstrap`)
    seed : of the resampling
    tables : resampled tables to use instead of drawing; shape ``(replicates, 2**lists)``

    Raises
    ------
    AnswerRefused (EST-020, EST-021) when even independent lists give no number.

    References
    ----------
    Chan, Silverman & Vincent (2021), J. Am. Stat. Assoc. 116, 1297-1306.
    """
    terms, total, again = _chosen(table, pthresh, boot, seed, tables)
    settings = {"pthresh": pthresh}
    found = estimate_of_model(table, "stepwise", terms, total, again, seed, settings)
    return with_chosen_models(found, table, terms, again, lambda rows: _totals(table, rows))


def _chosen(
    table: CaptureTable, pthresh: float, boot: int, seed: int, tables: Floats | None
) -> tuple[Bools, float, Bootstrapped | None]:
    """Terms chosen on the table itself, its total, and what the replicates say."""
    lists = len(table.lists)
    chosen = choose(table.vector[None], lists, pthresh)
    total = float(chosen.total[0])
    if not np.isfinite(total):
        raise AnswerRefused("EST-020")
    again = bootstrap(table, total, choosing(lists, pthresh), tables, boot, seed)
    return chosen.terms[0], total, again


def _totals(table: CaptureTable, terms: Bools) -> list[float | None]:
    """Persons in all by each model; None where it is not admissible."""
    counts = np.tile(table.vector, (len(terms), 1))
    fits = fit(counts, reduce(counts, terms))
    totals = table.observed + np.exp(np.clip(fits.beta[:, 0], -MOST_EXPONENT, MOST_EXPONENT))
    codes = existence(counts, terms)
    return [
        float(t) if code is Existence.OK else None for t, code in zip(totals, codes, strict=True)
    ]
