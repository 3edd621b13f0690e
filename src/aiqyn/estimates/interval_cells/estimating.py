"""Estimates of the persons in all from a table with suppressed cells, by the methods that can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.interval_cells.choice import choose_pairs
from aiqyn.estimates.interval_cells.filling import bootstrap_of_ranges
from aiqyn.estimates.interval_cells.fitting import fitted, saturated
from aiqyn.estimates.interval_cells.imputing import imputed
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.intervals.resampling import Bootstrapped, Procedure
from aiqyn.estimates.intervals.telling import resampled_estimate
from aiqyn.estimates.log_linear.chosen_models import choosing, lost_pairs, with_chosen_models
from aiqyn.estimates.log_linear.existence import Existence
from aiqyn.estimates.log_linear.hierarchical_models import (
    Criterion,
    Search,
    average_total,
    model_terms,
)
from aiqyn.estimates.log_linear.naming import named_model
from aiqyn.estimates.log_linear.ranking import (
    ranking_of,
    searched_settings,
    searching,
    with_ranking,
    with_weights,
)
from aiqyn.estimates.results import Caution, Estimate
from aiqyn.estimates.tables.cells import Bools

if TYPE_CHECKING:
    from aiqyn.estimates.multiple_systems import Options


def estimate_of_ranges(table: IntervalTable, method: str, options: Options) -> Estimate:
    """Persons in all by one method, every answer with its caution on what is suppressed.

    Log-linear methods take the likelihood of the ranges; Chao's bound and Chapman's formula are
    means over tables with the ranges filled in, and say so.

    Raises
    ------
    AnswerRefused (EST-062) for a method that cannot take ranges, and what the method refuses.
    """
    match method:
        case "stepwise":
            found = _stepwise(table, method, options.pthresh, options)
        case "independence":
            found = _stepwise(table, method, 0.0, options)
            found = replace(found, cautions=(Caution("EST-109"), *found.cautions))
        case "bic" | "aic":
            found = _best(table, "bic" if method == "bic" else "aic", options)
        case "bic-average":
            found = _average(table, options)
        case "chao" | "chapman":
            found = imputed(table, method, options)
        case _:
            raise AnswerRefused("EST-062", method=method)
    return replace(found, cautions=(what_is_hidden(table), *found.cautions))


def what_is_hidden(table: IntervalTable) -> Caution:
    """How many cells are suppressed and how many persons at most are not known."""
    unknown = table.observed_high - table.observed
    return Caution("EST-160", {"cells": len(table.suppressed), "persons": unknown})


def _stepwise(table: IntervalTable, method: str, pthresh: float, options: Options) -> Estimate:
    terms = choose_pairs(table, pthresh)
    found = fitted(table, terms[None])
    total = float(found.total[0])
    again = _again(table, terms, total, choosing(len(table.lists), pthresh), options)
    settings = {"pthresh": pthresh} if method == "stepwise" else {}
    estimate = _of_model(table, found, 0, again, method, options.seed, settings)
    if method == "independence":
        return replace(estimate, modes=(total,))
    return with_chosen_models(estimate, table, terms, again, lambda rows: _totals(table, rows))


def _best(table: IntervalTable, criterion: Criterion, options: Options) -> Estimate:
    found = fitted(table, model_terms(len(table.lists), options.order))
    best = int(ranking_of(found, criterion)[0])
    procedure = searching(found, len(table.lists), options.order, criterion)
    again = _again(table, found.terms[best], float(found.total[best]), procedure, options)
    settings = searched_settings(found, options.order)
    estimate = _of_model(table, found, best, again, criterion, options.seed, settings)
    return with_ranking(estimate, table, found, criterion, again)


def _average(table: IntervalTable, options: Options) -> Estimate:
    found = fitted(table, model_terms(len(table.lists), options.order))
    ranking_of(found, "bic")
    total, best = average_total(found)
    procedure = searching(found, len(table.lists), options.order, "average")
    again = _again(table, found.terms[best], total, procedure, options)
    settings = searched_settings(found, options.order)
    estimate = resampled_estimate(
        "bic-average", table.observed, total, again, options.seed, settings
    )
    return with_weights(estimate, table, found)


def _again(
    table: IntervalTable, terms: Bools, total: float, procedure: Procedure, options: Options
) -> Bootstrapped | None:
    return bootstrap_of_ranges(
        table, terms, total, procedure, options.tables, options.boot, options.seed
    )


def _of_model(
    table: IntervalTable,
    found: Search,
    row: int,
    again: Bootstrapped | None,
    method: str,
    seed: int,
    settings: Mapping[str, Any],  # Any: numbers and words alike
) -> Estimate:
    """The answer of one row of a search, its likelihood that of the ranges."""
    total, model = float(found.total[row]), named_model(table, found.terms[row])
    estimate = resampled_estimate(method, table.observed, total, again, seed, settings)
    aic, size = float(found.aic[row]), int(found.terms[row].sum())
    return replace(
        estimate,
        model=model,
        aic=aic,
        bic=float(found.bic[row]),
        deviance=2 * saturated(table) - (2 * size - aic),
        cautions=(*lost_pairs(model.minus_infinity), *estimate.cautions),
    )


def _totals(table: IntervalTable, terms: Bools) -> list[float | None]:
    """Persons in all by each model; None where it is not admissible."""
    found = fitted(table, terms)
    codes = zip(found.total, found.codes, strict=True)
    return [float(total) if code == Existence.OK else None for total, code in codes]
