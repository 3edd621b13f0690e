"""A programme and its answer as plain values: rounded, and nothing that tells of few persons."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from aiqyn.errors import AiqynError, AnswerRefused
from aiqyn.observatory.evaluated_programmes.coarsening import coarse
from aiqyn.prevention.effects import Card, CostPerPerson, Panel, power_at, smallest_effect
from aiqyn.prevention.effects.evaluating import SEED
from aiqyn.prevention.effects.few_areas import event_intervals
from aiqyn.prevention.effects.results import Check
from aiqyn.prevention.register import Programme

Row = dict[str, Any]  # Any: JSON
SHARES = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05)
EVENTS = 6  # periods on either side of the start that the picture shows
PLACES = 2  # decimals of what is printed
MOST_PLACEBOS = 200


def refused_row(programme: Programme, refusal: AiqynError) -> Row:
    """The programme without an answer, and why."""
    return registered(programme) | {"verdict": "refused", "grade": "none", "why": _why(refusal)}


def answer_row(
    programme: Programme,
    panel: Panel,
    card: Card,
    threshold: int,
    admits: Callable[[float], bool],
) -> Row:
    """The programme with its answer.

    Parameters
    ----------
    admits : whether so many persons may be known to stand in the treated cells, or more
    """
    answer = card.evaluation
    if answer.effect is None:
        assert answer.refusal is not None
        return refused_row(programme, answer.refusal)
    cost = card.per_person
    effect = answer.effect
    told = {
        "verdict": card.verdict,
        "grade": card.grade,
        "effect": [_round(effect.value), _round(effect.low), _round(effect.high)],
        "without": _round(effect.without),
        "relative": _round(effect.relative, 3),
        "treated": answer.treated,
        "comparison": answer.comparison,
        "checks": [_check(check) for check in answer.checks],
        "cautions": [caution.code for caution in answer.cautions],
        "mind": list(card.change_of_mind()),
        "cost_per_person": cost and _cost(cost),
        "placebos": _placebos(card),
        "event": _events(programme, panel, threshold),
        "power": _power(programme, panel),
    }
    counted = programme.outcome_kind == "detections"
    return registered(programme) | (
        coarse(told, panel, threshold, programme.cost, admits) if counted else told
    )


def registered(programme: Programme) -> Row:
    """What the register says."""
    return {
        "code": programme.code,
        "title": dict(programme.title),
        "what": dict(programme.what),
        "theory": dict(programme.theory),
        "funder": programme.funder,
        "groups": list(programme.groups),
        "forms": list(programme.forms),
        "regions": [place.region for place in programme.places],
        "since": programme.first_day.isoformat(),
        "cost": programme.cost,
        "currency": programme.currency,
        "expected": programme.expected_change,
        "scale": programme.expected_scale,
        "kind": programme.outcome_kind,
        "design": programme.design,
        "period": programme.period,
    }


def _cost(cost: CostPerPerson) -> list[Any]:
    """Whole units of the currency; the upper end may be missing."""
    return [cost.of, round(cost.value), round(cost.low), _whole(cost.high)]


def _placebos(card: Card) -> list[float]:
    """The same sum in other areas, by size: no area is named."""
    told = sorted(_round(p.effect) or 0.0 for p in card.evaluation.placebos)
    return told[:MOST_PLACEBOS]


def _events(programme: Programme, panel: Panel, threshold: int) -> list[list[float | int]]:
    """The event study, where so few persons never stand behind a point that it would tell of them.

    Detections are counted persons: each period of each treated area must hold `threshold` of them.
    """
    treated = panel.outcome[~panel.never]
    if programme.outcome_kind == "detections" and treated.min() < threshold:
        return []
    found = event_intervals(panel, programme.comparison, np.random.default_rng([SEED, 3]))
    near = [point for point in found if -EVENTS <= point[0] < EVENTS]
    return [[at, *(round(x, PLACES) for x in told)] for at, *told in near]


def _power(programme: Programme, panel: Panel) -> Mapping[str, Any]:
    """Power of a staggered comparison, for changes the way that was hoped for.

    Of another design it would say nothing.
    """
    if programme.design != "staggered-did":
        return {"points": [], "least": None}
    rng = np.random.default_rng([SEED, 4])
    how, way = programme.comparison, math.copysign(1.0, programme.expected_change)
    hoped = sorted(way * share for share in SHARES)
    try:
        points = power_at(panel, hoped, rng, scale="share", comparison=how)
        least = smallest_effect(panel, rng, scale="share", comparison=how, way=way)
    except AnswerRefused:
        return {"points": [], "least": None}
    told = [[point.effect, round(point.power, 3)] for point in points]
    return {"points": told, "least": _round(least, 3)}


def _check(check: Check) -> list[Any]:
    """Name of the sentence, whether passed, and the numbers in it."""
    numbers = {k: v for k, v in check.slots.items() if isinstance(v, float | int)}
    return [check.why or check.name, check.passed, numbers]


def _why(refusal: AiqynError) -> list[Any]:
    return [refusal.code, {k: str(v) for k, v in refusal.slots.items()}]


def _round(value: float | None, places: int = PLACES) -> float | None:
    return None if value is None else round(float(value), places)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
