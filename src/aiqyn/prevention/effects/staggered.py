"""Staggered difference in differences: Callaway & Sant'Anna (2021), J. Econometrics 225, 200-230.

The base period varies before the start. In large groups, or with covariates, the estimator is
diff-diff's, doubly robust (Sant'Anna & Zhao 2020, J. Econometrics 219, 101-122), and the interval
comes from the spread within groups; in few areas it comes from re-dealing the starts (`few_areas`).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.effects_library import part
from aiqyn.prevention.effects.few_areas import dealt_effect, event_times, group_times
from aiqyn.prevention.effects.linear_form import Comparison, effect_form
from aiqyn.prevention.effects.panel import NEVER, Panel
from aiqyn.prevention.effects.pre_trends import covariance
from aiqyn.prevention.effects.randomisation import Randomised
from aiqyn.prevention.effects.results import Effect, EventTime, GroupTime, IntervalBy

LARGE_GROUP = 20  # areas in each group; below, the spread within groups covers too seldom (tests)
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Staggered:
    """Group-time effects, the event study and the average; `redealt` None in large groups."""

    effect: Effect
    group_time: tuple[GroupTime, ...]
    event: tuple[EventTime, ...]
    redealt: Randomised | None


def staggered_did(
    panel: Panel,
    rng: np.random.Generator,
    *,
    comparison: Comparison = "never-treated",
    covariates: Sequence[str] = (),
) -> Staggered:
    """The simple average effect on the treated, each treated area and period alike.

    Raises
    ------
    AnswerRefused (PREV-011, PREV-012) no comparison, (PREV-020) the library finds no answer.
    """
    need_comparison(panel, comparison)
    if not covariates and not large_groups(panel):
        effect, again = dealt_effect(panel, comparison, rng)
        return Staggered(
            effect, group_times(panel, comparison), event_times(panel, comparison), again
        )
    fitted = _fit(panel, comparison, covariates, "varying")
    widening = None if large_groups(panel) else dealt_effect(panel, comparison, rng)[1]
    effect = _effect(panel, fitted, comparison, widening)
    return Staggered(effect, _group_time(fitted, panel), _events(fitted), widening)


def need_comparison(panel: Panel, comparison: Comparison) -> None:
    """Refuse a panel without areas to compare with."""
    if panel.never.any():
        return
    starts = np.unique(panel.starts)
    if comparison == "never-treated":
        raise AnswerRefused("PREV-011", later=len(starts) - 1)
    if len(starts) < 2:
        raise AnswerRefused("PREV-012", start=panel.times[int(starts[0])])


def large_groups(panel: Panel) -> bool:
    """Whether each group, the comparison among them, has areas enough for its own spread."""
    return bool(np.unique(panel.starts, return_counts=True)[1].min() >= LARGE_GROUP)


def universal_fit(
    panel: Panel, comparison: Comparison, covariates: Sequence[str]
) -> Any:  # Any: the library's result
    """diff-diff's event study with one base period for all, as honest bounds need it."""
    return _fit(panel, comparison, covariates, "universal")


def _fit(panel: Panel, comparison: Comparison, covariates: Sequence[str], base: str) -> Any:
    estimator = part("diff_diff").CallawaySantAnna(
        control_group=comparison.replace("-", "_"),
        base_period=base,
        estimation_method="dr",
        rank_deficient_action="error",
    )
    names = [f"x{i}" for i in range(len(covariates))] or None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it doubts is among our checks and cautions
        try:
            return estimator.fit(
                _long(panel, covariates),
                "y",
                "unit",
                "time",
                "first",
                covariates=names,
                aggregate="event_study",
            )
        except (ValueError, np.linalg.LinAlgError) as why:
            raise AnswerRefused("PREV-020", design="staggered-did") from why


def _long(panel: Panel, covariates: Sequence[str]) -> Any:  # Any: a pandas frame
    """Units and periods as numbers from 1; 0 for never."""
    from pandas import DataFrame

    n, t = panel.outcome.shape
    first = np.where(panel.starts == NEVER, 0, panel.starts + 1)
    told: dict[str, Any] = {
        "unit": np.repeat(np.arange(1, n + 1), t),
        "time": np.tile(np.arange(1, t + 1), n),
        "first": np.repeat(first, t),
        "y": panel.outcome.ravel(),
    }
    told |= {f"x{i}": panel.covariates[name].ravel() for i, name in enumerate(covariates)}
    return DataFrame(told)


def _effect(panel: Panel, fitted: Any, comparison: Comparison, again: Randomised | None) -> Effect:
    """The library's effect; `again` where areas are few and covariates hold them alike."""
    value, se = float(fitted.overall_att), float(fitted.overall_se)
    under = panel.under_programme
    cells, mean = int(under.sum()), float(panel.outcome[under].mean())
    by: IntervalBy = "groups" if again is None else "widened"
    if again is not None:
        se *= _widening(panel, comparison, again)
    low, high = value - Z95 * se, value + Z95 * se
    return Effect(value, se, low, high, by, mean - value, cells, _normal_p(value / se))


def _widening(panel: Panel, comparison: Comparison, again: Randomised) -> float:
    """How far the spread within small groups falls short, measured without the covariates."""
    within = float(covariance([effect_form(panel, comparison)], panel)[0, 0]) ** 0.5
    return max(1.0, again.spread / within) if within > 0 else 1.0


def _normal_p(z: float) -> float:
    from scipy.stats import norm

    return float(2 * norm.sf(abs(z)))


def _group_time(fitted: Any, panel: Panel) -> tuple[GroupTime, ...]:
    """Groups and times with areas to compare with: where all are under way there are none."""
    return tuple(
        GroupTime(panel.times[int(g) - 1], panel.times[int(t) - 1], *_pair(cell))
        for (g, t), cell in sorted(fitted.group_time_effects.items())
        if np.isfinite(cell["effect"])
    )


def _events(fitted: Any) -> tuple[EventTime, ...]:
    found = sorted(fitted.event_study_effects.items())
    return tuple(
        EventTime(int(e), *_pair(cell)) for e, cell in found if np.isfinite(cell["effect"])
    )


def _pair(cell: dict[str, Any]) -> tuple[float, float | None]:
    se = float(cell["se"])
    return float(cell["effect"]), se if np.isfinite(se) and se > 0 else None
