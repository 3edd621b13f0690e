"""Methods that are held while error is added: chosen on tables without error, applied to others.

A method is a function of many tables; what it gives back, a total for any table under what was
chosen for one of them, is *held*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from aiqyn.errors import UsageRefused
from aiqyn.estimates.closed_population.capture_probability import fit_family
from aiqyn.estimates.closed_population.two_lists import chapman_totals
from aiqyn.estimates.log_linear.existence import has_maximum, identifiable, take
from aiqyn.estimates.log_linear.fitting import fit, reduce
from aiqyn.estimates.log_linear.hierarchical_models import (
    Criterion,
    Search,
    best_total,
    search,
    weights,
)
from aiqyn.estimates.log_linear.stepwise_choice import PTHRESH, choose
from aiqyn.estimates.tables.cells import Bools, Floats, Ints

HELD = ("stepwise", "bic", "aic", "bic-average", "chao", "independence", "chapman")
LIKELY = 0.001  # weight of a model, of the heaviest one's, from which it is held in an average

# (tables, the row of `HeldMethod`'s tables that each of them comes from) -> persons in all.
Totals = Callable[[Floats, Ints], Floats]
HeldMethod = Callable[[Floats], Totals]


def held_method(method: str, lists: int, pthresh: float = PTHRESH, order: int = 2) -> HeldMethod:
    """The method as it is held.

    Parameters
    ----------
    method : one of `HELD`
    pthresh, order : of the choice of the model

    Raises
    ------
    UsageRefused (EST-064) for another method.
    """
    match method:
        case "stepwise":
            return _one_model(lambda tables: choose(tables, lists, pthresh).terms)
        case "independence":
            return _one_model(lambda tables: choose(tables, lists, 0.0).terms)
        case "bic":
            return _one_model(partial(_best, lists=lists, order=order, criterion="bic"))
        case "aic":
            return _one_model(partial(_best, lists=lists, order=order, criterion="aic"))
        case "bic-average":
            return partial(_average, lists=lists, order=order)
        case "chao":
            return _formula(lambda tables: fit_family(tables, lists, "Mh Chao (LB)").total)
        case "chapman":
            return _formula(lambda tables: chapman_totals(tables)[0])
        case _:
            raise UsageRefused("EST-064", method=method, allowed=", ".join(HELD))


def of_each(method: HeldMethod, tables: Floats) -> Floats:
    """Persons in all of each table by what is chosen on itself; infinite where there is none."""
    return method(tables)(tables, np.arange(len(tables)))


def dispersed(method: HeldMethod, factor: float) -> HeldMethod:
    """The choice where counts vary `factor` times as much as Poisson counts do.

    A count n of that variance tells as much of dependence as a Poisson count ``n / factor``
    (McCullagh & Nelder 1989, Generalized Linear Models, section 4.5).
    """
    return lambda tables: method(np.rint(tables / factor))


def _formula(formula: Callable[[Floats], Floats]) -> HeldMethod:
    """A method that chooses nothing."""
    return lambda _: lambda tables, _rows: formula(tables)


def _one_model(choice: Callable[[Floats], Bools]) -> HeldMethod:
    def held(tables: Floats) -> Totals:
        terms = choice(tables)
        return lambda others, rows: _totals(others, terms[rows])

    return held


def _totals(tables: Floats, terms: Bools) -> Floats:
    """Persons in all under a model for each table; infinite where it has no single maximum."""
    model = reduce(tables, terms)
    found = np.full(len(tables), np.inf)
    rows = np.flatnonzero(identifiable(model) & terms[:, 0])
    fits = fit(tables[rows], take(model, rows))
    good = has_maximum(tables[rows], take(model, rows), fits)
    dark = np.exp(np.minimum(fits.beta[good, 0], 700))
    found[rows[good]] = tables[rows[good]].sum(axis=1) + dark
    return found


def _searches(tables: Floats, lists: int, order: int) -> Iterator[Search]:
    """All models of each table; the fits of one begin where those of the one before ended."""
    start = None
    for counts in tables:
        found = search(counts, lists, order, start)
        start = found.beta
        yield found


def _best(tables: Floats, lists: int, order: int, criterion: Criterion) -> Bools:
    """The terms of the best model of each table; none where no model is admissible."""
    chosen = np.zeros(tables.shape, dtype=np.bool_)
    for row, models in enumerate(_searches(tables, lists, order)):
        _, best = best_total(models, criterion)
        if best >= 0:
            chosen[row] = models.terms[best]
    return chosen


def _average(tables: Floats, lists: int, order: int) -> Totals:
    """The mean over the likely models of each table, with the weights that they have on it."""
    likely = [_likely(models) for models in _searches(tables, lists, order)]

    def held(others: Floats, rows: Ints) -> Floats:
        found = np.full(len(others), np.inf)
        for row, (terms, shares) in enumerate(likely):
            at = np.flatnonzero(rows == row)
            if len(shares) and len(at):
                found[at] = _mean_of_models(others[at], terms, shares)
        return found

    return held


def _likely(models: Search) -> tuple[Bools, Floats]:
    if not len(models.order):
        return models.terms[:0], np.zeros(0)
    shares = weights(models)
    kept = shares >= LIKELY * shares[0]
    return models.terms[models.order[kept]], shares[kept]


def _mean_of_models(tables: Floats, terms: Bools, shares: Floats) -> Floats:
    """Models without a maximum on a table are left out of its mean."""
    size = (len(tables), len(terms))
    each = _totals(np.repeat(tables, size[1], axis=0), np.tile(terms, (size[0], 1))).reshape(size)
    there = np.isfinite(each)
    held = np.where(there, shares, 0.0)
    total = (held * np.where(there, each, 0.0)).sum(axis=1)
    found: Floats = np.where(
        there.any(axis=1), total / np.maximum(held.sum(axis=1), 1e-300), np.inf
    )
    return found
