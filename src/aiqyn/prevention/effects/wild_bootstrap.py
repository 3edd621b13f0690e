"""Wild cluster bootstrap: the plain regression's effect with an interval that few areas can carry.

Cameron, Gelbach & Miller (2008, Rev. Econ. Stat. 90, 414-427): the null is imposed, each area's
residuals are turned together, and the t-statistic is compared with its own bootstrap. Webb's six
weights (2023, Can. J. Econ. 56, 839-858), as two would give too few different draws. With very few
treated areas it finds too little rather than too much (MacKinnon & Webb 2017, J. Appl. Econom. 32,
233-254); re-dealt starts stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.panel import Floats, Panel

DRAWS = 999
ALPHA = 0.05
WEBB = np.sqrt(np.array([0.5, 1.0, 1.5]))
HALVINGS = 30  # of the search for an end of the interval
WIDEST = 30.0  # standard errors within which an end is looked for
AS_LARGE = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Wild:
    """Effect of the two-way regression and what its wild bootstrap says.

    Attributes
    ----------
    value, se : outcome's unit; `se` clustered by area
    low, high : 95 % interval by inversion; None where no end lies within 30 standard errors
    p_value : of no effect
    """

    value: float
    se: float
    low: float | None
    high: float | None
    p_value: float


def wild_cluster(panel: Panel, rng: np.random.Generator, draws: int = DRAWS) -> Wild | None:
    """The bootstrap of ``y = area + period + effect x under programme``; None without a spread."""
    form = _demeaned(panel.under_programme.astype(np.float64))
    y = _demeaned(panel.outcome)
    scale = float((form**2).sum())
    value = float((form * y).sum()) / scale
    se = float(_error(form, y - value * form, scale))
    if not se > 0:
        return None
    weights = _webb(rng, (draws, len(y)))

    def p_of(null: float) -> float:
        return _p_value(form, y, value, null, weights, scale)

    return Wild(value, se, _end(p_of, value, -se), _end(p_of, value, se), p_of(0.0))


def _webb(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    return np.asarray(rng.choice([-1.0, 1.0], shape) * rng.choice(WEBB, shape))


def _demeaned(table: Floats) -> Floats:
    """Without the means of areas and periods."""
    rows, columns = table.mean(axis=1, keepdims=True), table.mean(axis=0, keepdims=True)
    return np.asarray(table - rows - columns + table.mean())


def _error(form: Floats, residuals: Floats, scale: float) -> Floats:
    """Standard error clustered by area; `residuals` has shape (…, areas, periods)."""
    scores = (form * residuals).sum(axis=-1)
    return np.asarray(np.sqrt((scores**2).sum(axis=-1)) / scale)


def _p_value(
    form: Floats, y: Floats, value: float, null: float, weights: Floats, scale: float
) -> float:
    """Share of bootstrap t-statistics as far from `null` as the panel's own."""
    residuals = y - null * form
    own = abs(value - null) / float(_error(form, y - value * form, scale))
    turned = weights[:, :, None] * residuals
    turned -= turned.mean(axis=1, keepdims=True)  # areas' means are 0 already
    shift = (form * turned).sum(axis=(1, 2)) / scale
    errors = _error(form, turned - shift[:, None, None] * form, scale)
    safe = np.where(errors > 0, errors, np.inf)
    return float((1 + (np.abs(shift) / safe >= AS_LARGE * own).sum()) / (1 + len(weights)))


def _end(p_of: Callable[[float], float], value: float, step: float) -> float | None:
    """Where the p-value falls to 5 per cent on one side of the estimate."""
    inside, outside = value, value + 2 * step
    while p_of(outside) > ALPHA:
        inside, outside = outside, value + 2 * (outside - value)
        if abs(outside - value) > WIDEST * abs(step):
            return None
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_of(middle) > ALPHA else (inside, middle)
    return float((inside + outside) / 2)
