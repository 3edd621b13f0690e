"""The assumptions of staggered difference in differences, held against the panel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aiqyn.prevention.effects.honest_bounds import honest_pre_trends
from aiqyn.prevention.effects.linear_form import Comparison, effect_form
from aiqyn.prevention.effects.panel import NEVER, Panel
from aiqyn.prevention.effects.pre_trends import pre_trends
from aiqyn.prevention.effects.results import Check, Effect
from aiqyn.prevention.effects.staggered import large_groups
from aiqyn.prevention.effects.wild_bootstrap import wild_cluster

OTHER: dict[Comparison, Comparison] = {
    "never-treated": "not-yet-treated",
    "not-yet-treated": "never-treated",
}


def staggered_checks(
    panel: Panel,
    effect: Effect,
    rng: np.random.Generator,
    *,
    comparison: Comparison,
    covariates: Sequence[str],
) -> tuple[Check, ...]:
    """Pre-trends, their honest bounds, the other comparison, each area left out, few clusters."""
    return (
        pre_trends(panel, comparison, rng, large=large_groups(panel)),
        honest_pre_trends(panel, comparison, covariates, effect),
        _other_comparison(panel, comparison, effect),
        _leave_one_out(panel, comparison, effect),
        *(() if large_groups(panel) else _wild(panel, rng)),
    )


def _wild(panel: Panel, rng: np.random.Generator) -> tuple[Check, ...]:
    """The plain regression's effect; it weighs the effect, so nothing passes or fails."""
    found = wild_cluster(panel, rng)
    if found is None:
        return ()
    if found.low is None or found.high is None:
        slots = {"effect": found.value, "p": found.p_value}
        return (Check("wild-bootstrap", None, slots, why="wild-bootstrap.unbounded"),)
    slots = {"effect": found.value, "low": found.low, "high": found.high, "p": found.p_value}
    return (Check("wild-bootstrap", None, slots),)


def within(value: float, effect: Effect) -> bool:
    """Whether another answer lies inside the interval of this one."""
    return (effect.low is None or value >= effect.low) and (
        effect.high is None or value <= effect.high
    )


def _other_comparison(panel: Panel, comparison: Comparison, effect: Effect) -> Check:
    """The effect (without covariates) against the other comparison areas."""
    groups = len(np.unique(panel.starts[panel.starts != NEVER]))
    if groups < 2 or not panel.never.any():
        return Check("other-comparison", None, why="other-comparison.none")
    value = _value(panel, OTHER[comparison])
    return Check("other-comparison", within(value, effect), {"effect": value})


def _leave_one_out(panel: Panel, comparison: Comparison, effect: Effect) -> Check:
    """The smallest and largest effect (without covariates) when one area is left out."""
    each = np.arange(len(panel.units))
    found = [_left(panel, each != one, comparison) for one in each]
    values = [value for value in found if value is not None]
    if not values:
        return Check("leave-one-out", None, why="leave-one-out.none")
    low, high = min(values), max(values)
    held = within(low, effect) and within(high, effect)
    return Check("leave-one-out", held, {"low": low, "high": high})


def _left(panel: Panel, keep: NDArray[np.bool_], comparison: Comparison) -> float | None:
    rest = panel.only(keep)
    nobody = comparison == "never-treated" and not rest.never.any()
    alone = len(np.unique(rest.starts)) < 2 or rest.never.all() or nobody
    return None if alone else _value(rest, comparison)


def _value(panel: Panel, comparison: Comparison) -> float:
    return float((effect_form(panel, comparison) * panel.outcome).sum())
