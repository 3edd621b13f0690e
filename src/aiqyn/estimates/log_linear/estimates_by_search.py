"""Estimates from every hierarchical model: the best by BIC or AIC, and the weighted average."""

from __future__ import annotations

from aiqyn.estimates.intervals.resampling import BOOT, SEED, bootstrap
from aiqyn.estimates.intervals.telling import resampled_estimate
from aiqyn.estimates.log_linear.estimate_of_model import estimate_of_model
from aiqyn.estimates.log_linear.hierarchical_models import (
    Criterion,
    average_total,
    search_of,
)
from aiqyn.estimates.log_linear.ranking import (
    ranking_of,
    searched_settings,
    searching,
    with_ranking,
    with_weights,
)
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable
from aiqyn.estimates.tables.cells import Floats


def best_model(
    table: CaptureTable,
    *,
    criterion: Criterion = "bic",
    order: int = 2,
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Persons in all by the hierarchical model with the lowest BIC (or AIC) that has a maximum.

    Parameters
    ----------
    order : lists in the largest term: 2 up to 6 lists, up to ``lists - 1`` up to 5 lists
    boot : resampled tables, each with a full new search; too dear to be raised at the edge

    Raises
    ------
    AnswerRefused (EST-016) too many models, (EST-022) none admissible.

    References
    ----------
    Silverman, Chan & Vincent (2024), Stat. Comput. 34, 44.
    """
    lists = len(table.lists)
    found = search_of(tuple(table.vector.tolist()), lists, order)
    best = int(ranking_of(found, criterion)[0])
    total = float(found.total[best])
    procedure = searching(found, lists, order, criterion)
    again = bootstrap(table, total, procedure, tables, boot, seed, most=boot)
    settings = searched_settings(found, order)
    terms = found.terms[best]
    estimate = estimate_of_model(table, criterion, terms, total, again, seed, settings)
    return with_ranking(estimate, table, found, criterion, again)


def average_of_models(
    table: CaptureTable,
    *,
    order: int = 2,
    boot: int = BOOT,
    seed: int = SEED,
    tables: Floats | None = None,
) -> Estimate:
    """Mean of the estimates of all admissible models, weighted by ``exp(-BIC / 2)``.

    Parameters
    ----------
    boot : resampled tables, each with a full new search and new weights; never raised

    Raises
    ------
    AnswerRefused (EST-016) too many models, (EST-022) none admissible.

    References
    ----------
    Buckland, Burnham & Augustin (1997), Biometrics 53, 603-618, eq. 1.
    """
    lists = len(table.lists)
    found = search_of(tuple(table.vector.tolist()), lists, order)
    ranking_of(found, "bic")
    total, _ = average_total(found)
    procedure = searching(found, lists, order, "average")
    again = bootstrap(table, total, procedure, tables, boot, seed, most=boot)
    settings = searched_settings(found, order)
    estimate = resampled_estimate("bic-average", table.observed, total, again, seed, settings)
    return with_weights(estimate, table, found)
