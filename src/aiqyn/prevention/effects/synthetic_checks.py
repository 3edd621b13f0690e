"""The assumptions of a synthetic comparison, held against placebos."""

from __future__ import annotations

import numpy as np

from aiqyn.prevention.effects.results import Check
from aiqyn.prevention.effects.staggered_checks import within
from aiqyn.prevention.effects.synthetic import Synthetic

SAME_EFFECT = 0.1  # of a standard error, or of the effect
WORST_FIT = 0.9  # share of the placebos whose past may be met better


def synthetic_checks(found: Synthetic) -> tuple[Check, ...]:
    """Fit of the past, placebos in space and time, donors left out, starts of the solver."""
    checks = (_pre_fit(found), _in_space(found), _in_time(found), _leave_one_out(found))
    if found.others:
        return (*checks, _other_starts(found))
    return (*checks, _starts(found)) if found.matched else checks


def _pre_fit(found: Synthetic) -> Check:
    """Whether the past is met as well as the donors meet each other's."""
    if not found.placebos:
        return Check("pre-fit", None, why="placebo-space.few")
    better = float(np.mean([p.fit < found.loss for p in found.placebos]))
    return Check("pre-fit", better <= WORST_FIT, {"loss": found.loss, "share": 100 * better})


def _in_space(found: Synthetic) -> Check:
    """The effect's place among the donors'; it weighs the effect, so nothing passes or fails."""
    p = found.effect.p_value
    if p is None:
        return Check("placebo-space", None, why="placebo-space.few")
    return Check("placebo-space", None, {"p": p, "n": len(found.placebos)})


def _in_time(found: Synthetic) -> Check:
    placebo, effect = found.in_time, found.effect
    if placebo is None or effect.se is None or effect.high is None:
        return Check("placebo-time", None, why="placebo-time.short")
    reach = effect.high - effect.value
    slots = {
        "effect": placebo.effect,
        "low": placebo.effect - reach,
        "high": placebo.effect + reach,
    }
    return Check("placebo-time", abs(placebo.effect) <= reach, slots)


def _leave_one_out(found: Synthetic) -> Check:
    if not found.without:
        return Check("leave-one-out", None, why="leave-one-out.none")
    low, high = min(found.without.values()), max(found.without.values())
    held = within(low, found.effect) and within(high, found.effect)
    return Check("leave-one-out", held, {"low": low, "high": high})


def _starts(found: Synthetic) -> Check:
    """Whether at least two starts of the solver ended at the best loss."""
    assert found.matched is not None
    agreeing, tried = found.matched.agreeing, len(found.matched.losses)
    slots = {
        "n": agreeing,
        "tried": tried,
        "loss": found.matched.loss,
        "worst": found.matched.losses[-1],
    }
    return Check("starts", agreeing > 1, slots)


def _other_starts(found: Synthetic) -> Check:
    """Whether every start of the solver gives nearly the same effect; the worst loss beside."""
    effects = [start.effect for start in found.others]
    losses = [start.loss for start in found.others]
    reach = 0.0 if found.effect.se is None else SAME_EFFECT * found.effect.se
    held = max(effects) - min(effects) <= max(reach, SAME_EFFECT * abs(found.effect.value))
    slots = {
        "n": len(effects),
        "low": min(effects),
        "high": max(effects),
        "loss": min(losses),
        "worst": max(losses),
    }
    return Check("solver-starts", held, slots)
