"""The models of a full search in an answer: the ranking, their weights, estimates far apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.intervals.resampling import Bootstrapped, Procedure
from aiqyn.estimates.log_linear.hierarchical_models import Criterion, Search, answers, weights
from aiqyn.estimates.log_linear.naming import Histories, modes, named_model
from aiqyn.estimates.results import Caution, Estimate, ModelShare
from aiqyn.estimates.tables.cells import Floats, Ints

CLOSE = 2.0  # BIC; below this "not worth more than a bare mention" (Kass & Raftery 1995, table 1)
MOST_MODELS = 50  # models listed in an answer


def ranking_of(found: Search, criterion: Criterion) -> Ints:
    """Admissible models, best first; refused (EST-022) where there is none."""
    ranking = found.ranked(criterion)
    if not len(ranking):
        raise AnswerRefused("EST-022")
    return ranking


def searched_settings(found: Search, order: int) -> dict[str, Any]:  # Any: whole numbers
    """What was searched, and how many of the models are admissible."""
    return {"order": order, "admissible": len(found.order), "models": len(found.terms)}


def searching(
    found: Search, lists: int, order: int, by: Criterion | Literal["average"]
) -> Procedure:
    """A full search of each table, begun at the parameters found on the table itself."""

    def procedure(batch: Floats) -> tuple[Floats, tuple[object, ...]]:
        each = [answers(found, counts, lists, order)[by] for counts in batch]
        return np.array([total for total, _ in each]), tuple(row for _, row in each)

    return procedure


def with_ranking(
    estimate: Estimate,
    table: Histories,
    found: Search,
    criterion: Criterion,
    again: Bootstrapped | None,
) -> Estimate:
    """The answer with the best models and the share of the replicates that chose each."""
    times = Counter(again.models) if again else None
    run = again.replicates.run if again else 1
    listed = (int(r) for r in found.ranked(criterion)[:MOST_MODELS])
    return _with_models(
        estimate,
        found,
        (model_share(table, found, r, times[r] / run if times else None) for r in listed),
    )


def with_weights(estimate: Estimate, table: Histories, found: Search) -> Estimate:
    """The answer with the best models and the weight of each."""
    listed = zip(found.order[:MOST_MODELS], weights(found), strict=False)
    return _with_models(
        estimate, found, (model_share(table, found, int(r), float(w)) for r, w in listed)
    )


def _with_models(estimate: Estimate, found: Search, models: Iterable[ModelShare]) -> Estimate:
    apart = modes(float(found.total[r]) for r in nearly_best(found))
    told = (*far_apart(apart), *estimate.cautions)
    return replace(estimate, models=tuple(models), modes=apart, cautions=told)


def nearly_best(found: Search) -> Ints:
    """Admissible models almost as good as the best, best BIC first."""
    near: Ints = found.order[found.bic[found.order] - found.bic[found.order].min() <= CLOSE]
    return near


def model_share(table: Histories, found: Search, row: int, share: float | None) -> ModelShare:
    """One model of a search."""
    return ModelShare(
        named_model(table, found.terms[row]),
        float(found.total[row]),
        share,
        float(found.bic[row]),
        float(found.aic[row]),
    )


def far_apart(apart: tuple[float, ...], code: str = "EST-105") -> tuple[Caution, ...]:
    """The caution that there is more than one answer."""
    if len(apart) < 2:
        return ()
    return (Caution(code, {"low": min(apart), "high": max(apart)}),)
