"""The assumptions of a regression discontinuity, held against the units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.cut_off import Jump, ScoredUnits, jump
from aiqyn.prevention.effects.density import density_jump
from aiqyn.prevention.effects.multiple_testing import corrected_for_many
from aiqyn.prevention.effects.panel import Floats
from aiqyn.prevention.effects.results import Check
from aiqyn.prevention.effects.staggered_checks import within

ALPHA = 0.05


def cut_off_checks(
    units: ScoredUnits, found: Jump, covariates: Mapping[str, Floats]
) -> tuple[Check, ...]:
    """Density of the score, covariates, bandwidths, cut-offs where there is none."""
    checks = (_density(units), *_balance(units, covariates), _bandwidths(units, found))
    return (*checks, _placebo(units))


def _density(units: ScoredUnits) -> Check:
    told = density_jump(units.score, units.cutoff)
    if told is None:
        return Check("density", None, why="density.none")
    return Check("density", told.p_value >= ALPHA, {"jump": told.value, "p": told.p_value})


def _balance(units: ScoredUnits, covariates: Mapping[str, Floats]) -> Iterator[Check]:
    """Jumps of what the programme cannot have changed, corrected for their number."""
    alone = {
        name: p
        for name, told in covariates.items()
        if (p := jump(replace(units, outcome=told)).effect.p_value) is not None
    }
    if alone:
        least = min(corrected_for_many(alone).values())
        yield Check("covariate-jumps", least >= ALPHA, {"n": len(alone), "p": least})


def _bandwidths(units: ScoredUnits, found: Jump) -> Check:
    """The effect within half and twice the bandwidth."""
    told = [_tried(units, found.h * by, found.b * by) for by in (0.5, 2.0)]
    values = [j.value for j in told if j is not None]
    if not values:
        return Check("bandwidth", None, why="bandwidth.none")
    held = all(within(value, found.effect) for value in values)
    return Check("bandwidth", held, {"low": min(values), "high": max(values), "h": found.h})


def _placebo(units: ScoredUnits) -> Check:
    """The middle of either side taken for the cut-off: nothing should be seen there."""
    below = units.score < units.cutoff
    told = []
    for keep in (below, ~below):
        score = units.score[keep]
        at = ScoredUnits(score, units.outcome[keep], float(np.median(score)))
        found = _tried(at)
        told += [found.effect.p_value] if found and found.effect.p_value is not None else []
    if not told:
        return Check("placebo-cutoffs", None, why="placebo-cutoffs.few")
    least = min(1.0, min(told) * len(told))
    return Check("placebo-cutoffs", least >= ALPHA, {"n": len(told), "p": least})


def _tried(units: ScoredUnits, h: float | None = None, b: float | None = None) -> Jump | None:
    try:
        return jump(units, h, b)
    except AnswerRefused:
        return None
