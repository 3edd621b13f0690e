"""What a reader must know beside the effect: cautions by code."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aiqyn.prevention.effects.panel import Panel
from aiqyn.prevention.effects.results import Caution, Evaluation

OF_DESIGN = {"its": "PREV-110", "rdd": "PREV-125"}
ONE_DONOR = 0.8  # share of the weights
OF_CHECK = {
    "pre-trends": "PREV-106",
    "honest-pre-trends": "PREV-108",
    "pre-fit": "PREV-109",
    "autocorrelation": "PREV-111",
    "leave-one-out": "PREV-117",
    "starts": "PREV-118",
    "solver-starts": "PREV-126",
    "placebo-time": "PREV-119",
    "density": "PREV-120",
    "covariate-jumps": "PREV-121",
    "bandwidth": "PREV-122",
    "placebo-cutoffs": "PREV-123",
    "spill-over-ring": "PREV-124",
}


def doubts(answer: Evaluation, panel: Panel | None = None) -> tuple[Caution, ...]:
    """The cautions of an answer, in the order of their codes; a cut-off has no panel."""
    told = [*_of_outcome(answer), *_of_interval(answer)]
    told += [] if panel is None else _of_panel(panel)
    told += [
        Caution(OF_CHECK[c.name]) for c in answer.checks if c.passed is False and c.name in OF_CHECK
    ]
    if answer.design in OF_DESIGN:
        told.append(Caution(OF_DESIGN[answer.design]))
    if answer.weights and max(answer.weights.values()) > ONE_DONOR:
        told.append(Caution("PREV-113", {"share": 100 * max(answer.weights.values())}))
    return tuple(sorted(told, key=lambda caution: caution.code))


def _of_panel(panel: Panel) -> Iterator[Caution]:
    if panel.always:
        yield Caution("PREV-102", {"n": panel.always})
    if panel.after:
        yield Caution("PREV-115", {"n": panel.after})
    if _uneven(panel.times):
        yield Caution("PREV-103")


def _of_outcome(answer: Evaluation) -> Iterator[Caution]:
    match answer.kind:
        case None:
            yield Caution("PREV-104")
        case "detections":
            yield Caution("PREV-105")
        case "estimates" if answer.check("draws") is None:
            yield Caution("PREV-116")


def _of_interval(answer: Evaluation) -> Iterator[Caution]:
    effect = answer.effect
    if effect is None:
        return
    if effect.by == "redealt":
        yield Caution("PREV-101", {"treated": answer.treated, "comparison": answer.comparison})
    if effect.by == "widened":
        yield Caution("PREV-107")
    if effect.low is None or effect.high is None:
        yield Caution("PREV-112")


def _uneven(times: tuple[str, ...]) -> bool:
    """Whether years are missing; months written 202412, 202501 are no gap."""
    if not all(t.isdigit() for t in times) or len(times) < 3:
        return False
    steps = {int(s) for s in np.diff([int(t) for t in times])}
    return len(steps) > 1 and not steps <= {1, 89}
