"""Honest bounds: how far parallel trends may fail before the effect is lost."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from aiqyn.prevention.effects.effects_library import part
from aiqyn.prevention.effects.linear_form import Comparison
from aiqyn.prevention.effects.panel import Panel
from aiqyn.prevention.effects.results import Check, Effect
from aiqyn.prevention.effects.staggered import universal_fit

MOST_EVENTS = 24  # the linear programmes grow with the event times
FARTHEST = 10.0  # M-bar; the library looks no further
AS_LARGE_AS_BEFORE = 1.0  # M-bar: a violation after the start as large as the largest before it


def honest_pre_trends(
    panel: Panel, comparison: Comparison, covariates: Sequence[str], effect: Effect
) -> Check:
    """Robust interval of the mean event effect when trends part as much as they did before.

    Relative magnitudes (Rambachan & Roth 2023, Rev. Econ. Stud. 90, 2555-2591, section 3.2.2),
    diff-diff's. `breakdown` is the largest M-bar at which the interval still leaves out nothing;
    passed when it is 1 or more, None when the effect is not seen even without violations.
    """
    if effect.by != "groups":
        return Check("honest-pre-trends", None, why="honest-pre-trends.few")
    fitted = universal_fit(panel, comparison, covariates)
    early = [e for e in fitted.event_study_effects if e < -1]
    if not early or len(fitted.event_study_effects) > MOST_EVENTS:
        return Check("honest-pre-trends", None, why="honest-pre-trends.events")
    return _bounds(fitted, effect)


def _bounds(fitted: Any, effect: Effect) -> Check:  # Any: the library's result
    library = part("diff_diff")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            at = library.compute_honest_did(fitted, M=AS_LARGE_AS_BEFORE)
            held = library.HonestDiD().breakdown_value(fitted)
        except (ValueError, np.linalg.LinAlgError):
            return Check("honest-pre-trends", None, why="honest-pre-trends.events")
    breakdown = FARTHEST if held is None else float(held)
    seen = effect.direction != "not_seen"
    slots = {"low": float(at.ci_lb), "high": float(at.ci_ub), "breakdown": breakdown}
    return Check("honest-pre-trends", breakdown >= AS_LARGE_AS_BEFORE if seen else None, slots)
