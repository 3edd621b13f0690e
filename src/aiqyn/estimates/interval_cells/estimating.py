"""Estimates of the persons in all from a table with suppressed cells, by the methods that can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.interval_cells.choice import choose_pairs
from aiqyn.estimates.interval_cells.filling import bootstrap_of_ranges
from aiqyn.estimates.interval_cells.fitting import fitted, saturated
from aiqyn.estimates.interval_cells.imputing import imputed
from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.intervals.resampling import Bootstrapped, Procedure
from aiqyn.estimates.log_linear.estimates import (
    MOST_MODELS,
    OFTEN,
    drawn,
    far_apart,
    interval_cautions,
    lost_pairs,
    model_share,
    nearly_best,
    ranked_models,
)
from aiqyn.estimates.log_linear.existence import Existence
from aiqyn.estimates.log_linear.hierarchical_models import (
    Criterion,
    Search,
    average_total,
    best_total,
    model_terms,
    search,
    weights,
)
from aiqyn.estimates.log_linear.naming import modes, named_model
from aiqyn.estimates.log_linear.stepwise_choice import choose
from aiqyn.estimates.results import Caution, Estimate, ModelShare, Replicates
from aiqyn.estimates.tables.cells import Bools, Floats

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


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a method has found before it is written down."""

    method: str
    total: float
    settings: dict[str, Any]  # Any: numbers and words alike
    again: Bootstrapped | None
    seed: int


def _stepwise(table: IntervalTable, method: str, pthresh: float, options: Options) -> Estimate:
    lists = len(table.lists)

    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        found = choose(batch, lists, pthresh)
        return found.total, tuple(row.tobytes() for row in found.terms)

    terms = choose_pairs(table, pthresh)
    found = fitted(table, terms[None])
    total = float(found.total[0])
    again = _again(table, terms, total, procedure, options)
    settings = {"pthresh": pthresh} if method == "stepwise" else {}
    answer = _Answer(method, total, settings, again, options.seed)
    estimate = _of_model(table, found, 0, answer)
    if method == "independence":
        return replace(estimate, modes=(total,))
    shares = _shares(table, again) or (ModelShare(named_model(table, terms), total),)
    often = [m.estimate for m in shares if (m.share or 0) >= OFTEN and m.estimate is not None]
    apart = modes((total, *often))
    told = (*far_apart(apart, "EST-112"), *estimate.cautions)
    return replace(estimate, models=shares, modes=apart, cautions=told)


def _best(table: IntervalTable, criterion: Criterion, options: Options) -> Estimate:
    found, ranking, settings = _searched(table, criterion, options)
    best = int(ranking[0])
    total = float(found.total[best])
    procedure = _searching(found, table, options.order, lambda f: best_total(f, criterion))
    again = _again(table, found.terms[best], total, procedure, options)
    estimate = _of_model(
        table, found, best, _Answer(criterion, total, settings, again, options.seed)
    )
    apart = modes(float(found.total[r]) for r in nearly_best(found, found.order))
    return replace(
        estimate,
        models=ranked_models(table, found, ranking, again),
        modes=apart,
        cautions=(*far_apart(apart), *estimate.cautions),
    )


def _average(table: IntervalTable, options: Options) -> Estimate:
    found, ranking, settings = _searched(table, "bic", options)
    total, best = average_total(found)
    procedure = _searching(found, table, options.order, average_total)
    again = _again(table, found.terms[best], total, procedure, options)
    apart = modes(float(found.total[r]) for r in nearly_best(found, ranking))
    listed = list(zip(ranking, weights(found), strict=True))[:MOST_MODELS]
    estimate = _plain(table, _Answer("bic-average", total, settings, again, options.seed))
    return replace(
        estimate,
        models=tuple(model_share(table, found, int(r), float(w)) for r, w in listed),
        modes=apart,
        cautions=(*far_apart(apart), *estimate.cautions),
    )


def _searched(
    table: IntervalTable, criterion: Criterion, options: Options
) -> tuple[Search, Any, dict[str, Any]]:  # Any: whole numbers; settings
    found = fitted(table, model_terms(len(table.lists), options.order))
    ranking = found.ranked(criterion)
    if not len(ranking):
        raise AnswerRefused("EST-022")
    settings = {"order": options.order, "admissible": len(ranking), "models": len(found.terms)}
    return found, ranking, settings


def _searching(
    found: Search, table: IntervalTable, order: int, answer: Callable[[Search], tuple[float, int]]
) -> Procedure:
    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        each = [answer(search(counts, len(table.lists), order, found.beta)) for counts in batch]
        return np.array([total for total, _ in each]), tuple(row for _, row in each)

    return procedure


def _again(
    table: IntervalTable, terms: Bools, total: float, procedure: Procedure, options: Options
) -> Bootstrapped | None:
    return bootstrap_of_ranges(
        table, terms, total, procedure, options.tables, options.boot, options.seed
    )


def _of_model(table: IntervalTable, found: Search, row: int, answer: _Answer) -> Estimate:
    estimate, model = _plain(table, answer), named_model(table, found.terms[row])
    aic, size = float(found.aic[row]), int(found.terms[row].sum())
    return replace(
        estimate,
        model=model,
        aic=aic,
        bic=float(found.bic[row]),
        deviance=2 * saturated(table) - (2 * size - aic),
        cautions=(*lost_pairs(model.minus_infinity), *estimate.cautions),
    )


def _plain(table: IntervalTable, answer: _Answer) -> Estimate:
    again = answer.again
    return Estimate(
        answer.method,
        table.observed,
        answer.total,
        intervals=again.intervals if again else (),
        settings={**answer.settings, **drawn(again, answer.seed)},
        replicates=again.replicates if again else Replicates(),
        cautions=interval_cautions(again),
        replicate_estimates=again.given if again else None,
    )


def _shares(table: IntervalTable, again: Bootstrapped | None) -> tuple[ModelShare, ...]:
    """Models by how many replicates chose them, each with its estimate on the table itself."""
    if again is None:
        return ()
    common = sorted(Counter(again.models).items(), key=lambda kv: (-kv[1], kv[0]))[:MOST_MODELS]
    terms = np.stack([np.frombuffer(key, dtype=np.bool_) for key, _ in common])  # type: ignore[call-overload]
    found, run = fitted(table, terms), again.replicates.run
    return tuple(
        ModelShare(
            named_model(table, row),
            float(total) if code == Existence.OK else None,
            times / run,
        )
        for row, total, code, (_, times) in zip(
            terms, found.total, found.codes, common, strict=True
        )
    )
