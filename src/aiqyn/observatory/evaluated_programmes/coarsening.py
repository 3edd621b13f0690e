"""Means of counted persons in steps so coarse that no number of persons can be read from them.

A mean over k treated cells, printed to the last digit, is the sum of k counts; beside printed years
that may be a region whose number is hidden. In steps of threshold / k the sum stays open by as many
persons as the threshold: what `disclosure` asks of a hidden cell. Only detections are counts;
estimates and surveys carry doubt of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from aiqyn.prevention.effects import Panel

Row = dict[str, Any]  # Any: JSON
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
IN_PERSONS = ("effect", "low", "high", "loss")  # slots of a check that are in the outcome's unit


def step_of(cells: int, threshold: int) -> float:
    """The least handsome step that leaves a sum over `cells` counts open by the threshold.

    Examples
    --------
    >>> step_of(8, 5), step_of(1, 5), step_of(40, 5)
    (1.0, 5.0, 0.2)
    """
    least = threshold / max(cells, 1)
    power = 10.0 ** math.floor(math.log10(least))
    return next(n * power for n in NICE if n * power >= least * (1 - 1e-9))


def coarse(
    told: Row,
    panel: Panel,
    threshold: int,
    cost: float | None,
    admits: Callable[[float], bool],
) -> Row:
    """The answer of a programme whose outcome is counted persons, in steps.

    Parameters
    ----------
    admits : whether the tables stay shut beside the least sum of treated cells that is told; the
        step is doubled until they do
    """
    cells = int(panel.under_programme.sum())
    mean = step_of(cells, threshold)
    while not admits(least_sum(told, cells, mean)):
        mean *= 2
    once = step_of(int((~panel.never).sum()), threshold)
    effect, without = _steps(told["effect"], mean), _steps(told["without"], mean)
    return told | {
        "step": mean,
        "effect": effect,
        "without": without,
        "relative": round(effect[0] / without, 2) if without else None,
        "cost_per_person": told["cost_per_person"] and _cost(cost, effect, cells),
        "checks": [[name, passed, _check(slots, mean)] for name, passed, slots in told["checks"]],
        "placebos": sorted(_steps(told["placebos"], mean)),
        "event": [[at, *_steps(point, once)] for at, *point in told["event"]],
    }


def least_sum(told: Row, cells: int, step: float) -> float:
    """The least number of persons that the treated cells can hold, read from the printed steps.

    Their mean is the effect and what would have been without it; each is off by half a step.
    """
    return cells * float(_steps(told["effect"][0], step) + _steps(told["without"], step) - step)


def _cost(cost: float | None, effect: list[float | None], cells: int) -> list[Any] | None:
    """Cost of each person more, from the steps alone; the upper end may be missing."""
    value, low, high = effect
    if not (cost and value and high and value > 0):
        return None
    most = round(cost / (low * cells)) if low and low > 0 else None
    return ["found", round(cost / (value * cells)), round(cost / (high * cells)), most]


def _check(slots: Row, step: float) -> Row:
    return {k: _steps(v, step) if k in IN_PERSONS else v for k, v in slots.items()}


def _steps(told: Any, step: float) -> Any:
    if isinstance(told, list):
        return [_steps(one, step) for one in told]
    # Adding 0.0 makes a zero of what was a little below it.
    return None if told is None else round(round(told / step) * step, 6) + 0.0
