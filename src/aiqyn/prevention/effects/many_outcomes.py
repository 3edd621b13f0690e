"""Several outcomes of one programme: the more are asked, the more must be asked of each.

Holm (1979) needs the p-values alone; Romano & Wolf (2005, Econometrica 73, 1237-1282) also uses how
the outcomes go together: the step-down largest statistic among re-dealt starts, or, in large
groups, among draws that turn each area's share of the effect round by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.evaluating import Question, evaluate
from aiqyn.prevention.effects.linear_form import effect_form
from aiqyn.prevention.effects.multiple_testing import corrected_for_many, step_down
from aiqyn.prevention.effects.panel import Floats, Panel
from aiqyn.prevention.effects.randomisation import orders_of, redealt
from aiqyn.prevention.effects.results import Effect
from aiqyn.prevention.effects.staggered import large_groups

TURNS = 1999  # draws of signs


@dataclass(frozen=True, slots=True)
class Corrected:
    """One outcome among several.

    Attributes
    ----------
    p_value : as if it were alone
    p_holm, p_romano_wolf : so that one false finding among all stays rare
    """

    outcome: str
    effect: Effect
    p_value: float
    p_holm: float
    p_romano_wolf: float

    def to_json(self) -> dict[str, float | str | None]:
        """The fields of ``"outcomes"`` in ``aiqyn evaluate --also --json``."""
        return {
            "outcome": self.outcome,
            "effect": self.effect.value,
            "lo95": self.effect.low,
            "hi95": self.effect.high,
            "p_value": self.p_value,
            "p_holm": self.p_holm,
            "p_romano_wolf": self.p_romano_wolf,
        }


def evaluate_many(panel: Panel, also: Sequence[str], question: Question) -> tuple[Corrected, ...]:
    """The panel's own outcome and those of its columns `also`, by staggered-did.

    Raises
    ------
    AnswerRefused (PREV-024) another design, or an outcome without an answer.
    """
    if question.design != "staggered-did":
        raise AnswerRefused("PREV-024", outcome=panel.outcome_name)
    plain = replace(question, covariates=(), neighbours={}, exposure=None)
    panels = [panel, *(_other(panel, name) for name in also)]
    found = [_answered(p, plain) for p in panels]
    names = [p.outcome_name for p in panels]
    rng = np.random.default_rng([question.seed, 2])
    together = romano_wolf(panels, plain, rng)
    alone = {n: 1.0 if e.p_value is None else e.p_value for n, e in zip(names, found, strict=True)}
    holm = corrected_for_many(alone)
    return tuple(
        Corrected(n, e, alone[n], holm[n], p)
        for n, e, p in zip(names, found, together, strict=True)
    )


def romano_wolf(
    panels: Sequence[Panel], question: Question, rng: np.random.Generator
) -> tuple[float, ...]:
    """Step-down p-values of the outcomes of the same areas, periods and starts."""
    form = effect_form(panels[0], question.comparison)
    drawn = _turned(panels, form, rng) if large_groups(panels[0]) else _dealt(panels, form, rng)
    width = np.maximum(drawn.std(axis=1), np.finfo(float).tiny)
    size = np.abs([float((form * p.outcome).sum()) for p in panels]) / width
    return step_down(size, np.abs(drawn) / width[:, None])


def _dealt(panels: Sequence[Panel], form: Floats, rng: np.random.Generator) -> Floats:
    """Shape (outcomes, dealings): the same dealings for every outcome."""
    orders = orders_of(len(form), rng)
    return np.stack([redealt(form, p.outcome, orders) for p in panels])


def _turned(panels: Sequence[Panel], form: Floats, rng: np.random.Generator) -> Floats:
    """Shape (outcomes, draws): each area's deviation from its group, its sign dealt by lot."""
    signs = rng.choice([-1.0, 1.0], size=(TURNS, len(form)))
    shares = np.stack([(form * p.outcome).sum(axis=1) for p in panels])
    for group in np.unique(panels[0].starts):
        members = panels[0].starts == group
        shares[:, members] -= shares[:, members].mean(axis=1, keepdims=True)
    return np.asarray(shares @ signs.T)


def _other(panel: Panel, name: str) -> Panel:
    table = panel.covariates[name]
    if not np.isfinite(table).all():
        raise AnswerRefused("PREV-024", outcome=name)
    return replace(panel, outcome=table, outcome_name=name)


def _answered(panel: Panel, question: Question) -> Effect:
    effect = evaluate(panel, question).effect
    if effect is None:
        raise AnswerRefused("PREV-024", outcome=panel.outcome_name)
    return effect
