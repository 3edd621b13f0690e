"""Synthetic control with predictors: Abadie & Gardeazabal's weights, from several starts.

Abadie, Diamond & Hainmueller (2010), J. Am. Stat. Assoc. 105, 493-505: predictors are weighted by
V, areas by W(V), the closest convex combination in the predictors; V is chosen so that the outcome
before the start is met best. The outer problem has several optima and a solver ends in one of
them, so it is started from several places and the losses are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.prevention.effects.panel import Floats, Panel

STARTS = 8
EVALUATIONS = 4000  # of the outer loss from one start
SUM_TO_ONE = 1e3  # weight of the row that makes the weights add up, in the data's size
AS_GOOD = 1.001  # losses this near to the best count as the same optimum


@dataclass(frozen=True, slots=True)
class Predictor:
    """A column averaged over periods.

    Attributes
    ----------
    name : heading of the outcome or of a covariate
    times : periods to average; empty means every period before the start
    """

    name: str
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """The best of several starts.

    Attributes
    ----------
    weights : shape (donors,), sum 1
    importance : predictor -> its share of V
    loss : mean squared distance of the outcome over the fitted periods
    losses : of each start, best first
    """

    weights: Floats
    importance: dict[str, float]
    loss: float
    losses: tuple[float, ...]

    @property
    def agreeing(self) -> int:
        """Starts that ended at the best loss."""
        return sum(1 for loss in self.losses if loss <= AS_GOOD * self.loss)


def matched(
    predictors: Floats,
    outcome: Floats,
    names: Sequence[str],
    rng: np.random.Generator,
    *,
    starts: int = STARTS,
) -> Matched:
    """The weights whose V meets the outcome best.

    Parameters
    ----------
    predictors : shape (predictors, 1 + donors), the treated area first, each row with spread 1
    outcome : shape (fitted periods, 1 + donors), the treated area first
    starts : the first gives every predictor the same weight, the others are drawn
    """
    from scipy.optimize import minimize

    def loss(v: Floats) -> float:
        weights = closest(predictors, _shares(v))
        return float(((outcome[:, 0] - outcome[:, 1:] @ weights) ** 2).mean())

    k = len(predictors)
    first = [np.full(k, 1 / k), *rng.dirichlet(np.ones(k), size=starts - 1)]
    limits = {"maxfev": EVALUATIONS, "xatol": 1e-8, "fatol": 1e-12}
    ends: list[Any] = [  # Any: SciPy's result
        minimize(loss, v, method="Nelder-Mead", options=limits)  # type: ignore[call-overload]  # the stubs know no plain options
        for v in first
    ]
    ends.sort(key=lambda end: float(end.fun))
    v = _shares(ends[0].x)
    importance = dict(zip(names, map(float, v), strict=True))
    losses = tuple(float(end.fun) for end in ends)
    return Matched(closest(predictors, v), importance, losses[0], losses)


def closest(predictors: Floats, v: Floats) -> Floats:
    """Shape (donors,): the convex combination nearest to the treated area, exactly."""
    from scipy.optimize import nnls

    scaled = np.sqrt(v)[:, None] * predictors
    heavy = SUM_TO_ONE * max(float(np.abs(scaled).max()), np.finfo(float).tiny)
    rows = np.vstack([scaled[:, 1:], np.full((1, scaled.shape[1] - 1), heavy)])
    weights = nnls(rows, np.append(scaled[:, 0], heavy))[0]
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def averages(panel: Panel, predictors: Sequence[Predictor], start: int) -> Floats:
    """Shape (predictors, units): each predictor's mean over its periods, in its own spread.

    Raises
    ------
    InputRefused (PREV-021) when an area has no value of a predictor, or all have the same.
    """
    rows = np.array([_average(panel, p, start) for p in predictors])
    spread = rows.std(axis=1, ddof=1, keepdims=True)
    for p, row, width in zip(predictors, rows, spread, strict=True):
        if not np.isfinite(row).all() or width[0] == 0:
            raise InputRefused("PREV-021", column=p.name)
    return np.asarray(rows / spread)


def _average(panel: Panel, predictor: Predictor, start: int) -> Floats:
    same = predictor.name == panel.outcome_name
    if not same and predictor.name not in panel.covariates:
        raise InputRefused("PREV-021", column=predictor.name)
    table = panel.outcome if same else panel.covariates[predictor.name]
    chosen = [panel.times.index(t) for t in predictor.times] or list(range(start))
    seen = np.isfinite(table[:, chosen])
    total = np.where(seen, table[:, chosen], 0.0).sum(axis=1)
    count = seen.sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _shares(v: Floats) -> Floats:
    size = np.abs(v)
    return np.asarray(size / size.sum())
