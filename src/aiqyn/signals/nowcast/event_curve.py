"""How many events a day is expected to have: a negative binomial curve through what is reported.

``reported ~ NB(mean = rate · share reported, size k)``, the rate a random walk on the log scale
with effects of the weekday and, where more than a year is seen, of the month. The size of the steps
and k are not chosen but averaged over, by the evidence for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import numpy as np
from scipy.special import gammaln

from aiqyn.signals.nowcast.line_list import LineList
from aiqyn.signals.nowcast.penalised_fit import (
    LARGEST,
    Family,
    PenalisedFit,
    blocks,
    fit,
    random_walk,
)
from aiqyn.signals.series.judged import Floats

KNOTS = 120
YEAR = 365
STEPS = (0.03, 0.1, 0.2, 0.4, 0.8)  # sd of a step of the walk over one day, times the root of days
SIZES = (0.5, 1.0, 2.0, 5.0, 15.0, 50.0, 1000.0)  # the last is Poisson
WEEKDAY, MONTH, LEVEL = 0.5, 0.4, 2.0


@dataclass(frozen=True, slots=True)
class EventCurve:
    """The curve's design, and how likely each pair of step and size is.

    Attributes
    ----------
    known : the reports
    design : (days, coefficients)
    pairs : (step, size)
    weights : of the pairs, summing to 1
    """

    known: LineList
    design: Floats
    pairs: tuple[tuple[float, float], ...]
    weights: Floats

    def rates(self, share: Floats, draws: int, rng: np.random.Generator) -> tuple[Floats, float]:
        """(draws, days) rates where `share` (days,) has been reported; and the size."""
        step, size = self.pairs[rng.choice(len(self.pairs), p=self.weights)]
        found = _fitted(self.known, self.design, share, step, size)
        drawn = found.draws(draws, rng) @ self.design.T
        return np.exp(np.clip(drawn, -LARGEST, np.log1p(self.known.reported.max()) + 3)), size


def event_curve(known: LineList, share: Floats) -> EventCurve:
    """The curve for the shares (days,) expected to have been reported."""
    design = _design(known)
    pairs = tuple(product(STEPS, SIZES))
    evidence = np.array([_fitted(known, design, share, *pair).evidence for pair in pairs])
    weights = np.exp(evidence - evidence.max())
    return EventCurve(known, design, pairs, weights / weights.sum())


def _fitted(
    known: LineList, design: Floats, share: Floats, step: float, size: float
) -> PenalisedFit:
    """The curve for one size of step and one size of the negative binomial."""
    gap = _gap(len(known.reported))
    knots = _knots(len(known.reported))
    rest = design.shape[1] - knots
    parts = [random_walk(knots, step * np.sqrt(gap), LEVEL), np.eye(7) / WEEKDAY**2]
    if rest > 7:
        parts.append(np.eye(12) / MONTH**2)
    start = np.zeros(design.shape[1])
    total = max(known.reported.sum(), 0.5) / max(share.sum(), 1e-6)
    start[:knots] = np.log(total)
    return fit(design, _negative_binomial(known.reported, share, size), blocks(*parts), start)


def _gap(days: int) -> int:
    """Days between knots."""
    return max(2, -(-days // KNOTS))


def _knots(days: int) -> int:
    return -(-(days - 1) // _gap(days)) + 1


def _design(known: LineList) -> Floats:
    """(days, coefficients): between two knots, weekday, month."""
    days = len(known.reported)
    back = np.arange(days)[::-1] / _gap(days)  # a knot stands at `now`
    near = np.maximum(1 - np.abs(back[:, None] - np.arange(_knots(days))[::-1]), 0)
    dates = [known.now - timedelta(int(age)) for age in known.age]
    weekday = np.eye(7)[[day.weekday() for day in dates]]
    parts = [near, weekday]
    if days > YEAR:
        parts.append(np.eye(12)[[day.month - 1 for day in dates]])
    return np.hstack(parts)


def _negative_binomial(counts: Floats, share: Floats, size: float) -> Family:
    constant = float((gammaln(counts + size) - gammaln(size) - gammaln(counts + 1)).sum())

    def family(predictor: Floats) -> tuple[Floats, Floats, float]:
        x = np.clip(predictor, -LARGEST, LARGEST)
        mean = np.exp(x) * share
        logs = counts * (x + np.log(np.maximum(share, 1e-300))) - (counts + size) * np.log(
            size + mean
        )
        level = constant + float(logs.sum()) + len(counts) * size * np.log(size)
        slope = (counts - mean) * size / (size + mean)
        return slope, np.maximum(mean * size / (size + mean), 1e-12), level

    return family
