"""Regression discontinuity: units just above the cut-off of a score against those just below.

Sharp design, local linear, with the bias taken out and counted in the interval: the robust
interval of Calonico, Cattaneo & Titiunik (2014, Econometrica 82, 2295-2326).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.local_polynomial import (
    Side,
    bandwidths,
    neighbour_residuals,
    powers,
    side,
    solved,
    weights,
)
from aiqyn.prevention.effects.panel import Floats
from aiqyn.prevention.effects.results import Effect

FEWEST = 20  # units on either side; below, the three bandwidths cannot be chosen
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class ScoredUnits:
    """Units whose score decides: at or above the cut-off they were eligible.

    Attributes
    ----------
    score, outcome : shape (units,)
    outcome_name : heading of the outcome
    """

    score: Floats
    outcome: Floats
    cutoff: float
    outcome_name: str = "outcome"

    def left(self) -> Side:
        """Below the cut-off."""
        keep = self.score < self.cutoff
        return side(self.score[keep] - self.cutoff, self.outcome[keep])

    def right(self) -> Side:
        """At or above it."""
        keep = self.score >= self.cutoff
        return side(self.score[keep] - self.cutoff, self.outcome[keep])


@dataclass(frozen=True, slots=True)
class Jump:
    """The jump at the cut-off.

    Attributes
    ----------
    conventional : local linear, its bias not taken out
    value : the same less its bias; `se` counts the bias's own doubt
    h, b : bandwidths of the estimate and of its bias, in the score's unit
    left, right : units within `h`
    below : the outcome just below the cut-off
    """

    conventional: float
    value: float
    se: float
    h: float
    b: float
    left: int
    right: int
    below: float

    @property
    def effect(self) -> Effect:
        """The effect for units at the cut-off, with the robust interval."""
        from scipy.stats import norm

        p = float(2 * norm.sf(abs(self.value) / self.se)) if self.se > 0 else None
        low, high = self.value - Z95 * self.se, self.value + Z95 * self.se
        return Effect(self.value, self.se, low, high, "robust", self.below, self.right, p)


def jump(units: ScoredUnits, h: float | None = None, b: float | None = None) -> Jump:
    """The jump, within the given bandwidths or those that make the mean squared error least.

    Raises
    ------
    AnswerRefused PREV-080 when too few units, or too few different scores, lie on a side.
    """
    left, right = units.left(), units.right()
    need_units(left, right)
    try:
        if h is None:
            h, b = bandwidths(left, right)
        b = h if b is None else b
        below, above = _side(left, h, b), _side(right, h, b)
    except np.linalg.LinAlgError as why:
        raise AnswerRefused("PREV-080", left=len(left.x), right=len(right.x), need=FEWEST) from why
    return Jump(
        above[0] - below[0],
        above[1] - below[1],
        float(np.sqrt(above[2] + below[2])),
        h,
        b,
        len(left.near(h).x),
        len(right.near(h).x),
        below[1],
    )


def need_units(left: Side, right: Side) -> None:
    """Refuse (PREV-080) sides on which a curve cannot be drawn."""
    if min(len(np.unique(left.x)), len(np.unique(right.x))) < FEWEST:
        slots = {"left": len(left.x), "right": len(right.x), "need": FEWEST}
        raise AnswerRefused("PREV-080", **slots)


def _side(of: Side, h: float, b: float) -> tuple[float, float, float]:
    """The curve's end at the cut-off: as it is, less its bias, and the variance of the latter."""
    close = of.near(max(h, b))
    wh, wb = weights(close.x, h), weights(close.x, b)
    line, curve = powers(close.x, 1), powers(close.x, 2)
    inverse_h, inverse_b = solved(line, wh), solved(curve, wb)
    ends_h = inverse_h @ (line * wh[:, None]).T
    second = (inverse_b @ (curve * wb[:, None]).T)[2]
    lean = float((inverse_h @ (line.T @ (wh * close.x**2)))[0])
    plain = ends_h[0]
    robust = plain - lean * second  # shape (n,): what each outcome counts for
    residuals = neighbour_residuals(close)
    return (
        float(plain @ close.y),
        float(robust @ close.y),
        float(((robust * residuals) ** 2).sum()),
    )
