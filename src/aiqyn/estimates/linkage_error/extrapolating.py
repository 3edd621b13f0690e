"""Back to no error: the log of the total as a quadratic of how much error there is.

References
----------
Cook & Stefanski (1994), J. Am. Stat. Assoc. 89, 1314-1328: simulation-extrapolation (SIMEX), with
the quadratic of their section 2.3; here the error is of links instead of measurements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.estimates.linkage_error.adding import with_more_error
from aiqyn.estimates.linkage_error.error_rates import ErrorRates
from aiqyn.estimates.log_linear.existence import has_maximum, identifiable, take
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.log_linear.hierarchical_models import Criterion, best_total, search
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.tables.cells import Bools, Floats

STEPS = (0.0, 0.5, 1.0, 1.5, 2.0)  # error added, as a multiple of the error that is there
METHODS = ("stepwise", "bic", "aic", "independence")
FEW = 0.8  # share of the corrected totals of the bootstrap that must exist
ENOUGH = 0.5  # share of the tables of a step that need a total

# Tables (tables, 2**lists) -> the terms of each one's model; none where no model is admissible.
Choice = Callable[[Floats], Bools]


def choice_by(method: str, lists: int, pthresh: float = PTHRESH, order: int = 2) -> Choice:
    """The choice of a model by a method, for many tables.

    Raises
    ------
    UsageRefused (EST-064) for a method that chooses no log-linear model.
    """
    match method:
        case "stepwise":
            return lambda tables: choose(tables, lists, pthresh).terms
        case "independence":
            return lambda tables: choose(tables, lists, 0.0).terms
        case "bic":
            return lambda tables: _best(tables, lists, order, "bic")
        case "aic":
            return lambda tables: _best(tables, lists, order, "aic")
        case _:
            raise UsageRefused("EST-064", method=method, allowed=", ".join(METHODS))


def dispersed(choice: Choice, factor: float) -> Choice:
    """The choice where counts vary `factor` times as much as Poisson counts do.

    A count n of that variance tells as much of dependence as a Poisson count ``n / factor``
    (McCullagh & Nelder 1989, Generalized Linear Models, section 4.5).
    """
    return lambda tables: choice(np.rint(tables / factor))


def without_error(
    tables: Floats, rates: ErrorRates, choice: Choice, draws: int, rng: np.random.Generator
) -> Floats:
    """Persons in all without the error of each table; NaN where too few tables have a maximum.

    Parameters
    ----------
    tables : persons by history as linked; shape ``(rows, 2**lists)``
    rates : the error that is in them, a row each
    choice : of a model for each
    draws : tables with more error at each step, for each row

    Notes
    -----
    The model is chosen on the table carried back to no error, history by history, and held while
    error is added. Missed and wrong links look like dependence between lists: chosen on the table
    as linked the model would explain them, and chosen anew at each step it would jump.
    """
    again = np.repeat(np.arange(len(tables)), draws)
    steps = [with_more_error(tables[again], rates.of(again), times, rng) for times in STEPS[1:]]
    terms = choice(carried_back(tables, steps))
    columns = [_mean_log(totals(tables, terms)[:, None])]
    for more in steps:
        columns.append(_mean_log(totals(more, terms[again]).reshape(len(tables), draws)))
    found: Floats = np.exp(np.stack(columns, axis=1) @ back_weights())
    return found


def carried_back(tables: Floats, steps: Sequence[Floats]) -> Floats:
    """Persons by history had there been no error, whole and at least 0; shape as `tables`.

    Parameters
    ----------
    steps : tables with more error at each of `STEPS` after the first; a whole number for each row
    """
    means = [more.reshape(len(tables), -1, tables.shape[1]).mean(axis=1) for more in steps]
    back = np.tensordot(back_weights(), np.stack([tables, *means]), axes=1)
    whole: Floats = np.rint(np.maximum(back, 0.0))
    return whole


def totals(tables: Floats, terms: Bools) -> Floats:
    """Persons in all under a model for each table; infinite where it has no single maximum."""
    model = reduce(tables, terms)
    found = np.full(len(tables), np.inf)
    rows = np.flatnonzero(identifiable(model) & terms[:, 0])
    fits = fit(tables[rows], take(model, rows))
    good = has_maximum(tables[rows], take(model, rows), fits)
    dark = np.exp(np.minimum(fits.beta[good, 0], 700))
    found[rows[good]] = tables[rows[good]].sum(axis=1) + dark
    return found


@cache
def back_weights() -> Floats:
    """What each step counts for in the quadratic's value at no error (-1 times more)."""
    powers = np.vander(np.array(STEPS), 3)
    weights: Floats = np.array([1.0, -1.0, 1.0]) @ np.linalg.pinv(powers)
    weights.setflags(write=False)
    return weights


def _mean_log(each: Floats) -> Floats:
    good = np.isfinite(each)
    logs = np.where(good, np.log(np.where(good, each, 1.0)), 0.0).sum(axis=1)
    times = good.sum(axis=1)
    return np.where(times >= ENOUGH * each.shape[1], logs / np.maximum(times, 1), np.nan)


def _best(tables: Floats, lists: int, order: int, criterion: Criterion) -> Bools:
    chosen, start = np.zeros(tables.shape, dtype=np.bool_), None
    for row, counts in enumerate(tables):
        models = search(counts, lists, order, start)
        start = models.beta
        _, best = best_total(models, criterion)
        if best >= 0:
            chosen[row] = models.terms[best]
    return chosen
