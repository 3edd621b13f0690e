"""An outcome drawn several times: one answer, with the outcome's own doubt in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aiqyn.prevention.effects.doubts import doubts
from aiqyn.prevention.effects.evaluating import Question, effect_alone, evaluate
from aiqyn.prevention.effects.panel import Floats, Panel
from aiqyn.prevention.effects.results import Check, Effect, Evaluation


def evaluate_draws(panel: Panel, draws: Sequence[Floats], question: Question) -> Evaluation:
    """The effect on an estimated outcome, its own doubt included.

    Each draw of the outcome (joint draws of the estimates by area and period, shape (units,
    times)) is evaluated as if it were known, and the answers are pooled by Rubin's rules (Rubin
    1987, Multiple Imputation for Nonresponse in Surveys, eq. 3.1.2 to 3.1.6). Group-time effects,
    checks and cautions are those of the panel's own outcome.
    """
    answer = evaluate(panel, question)
    if answer.effect is None:
        return answer
    found = [effect_alone(panel.with_outcome(draw), question, answer.effect) for draw in draws]
    told = [e for e in found if e is not None and e.se is not None]
    if len(told) < 2:
        return answer
    check = Check("draws", True, {"n": len(told), "share": 100 * _between_share(told)})
    answer = replace(answer, effect=pooled(told), checks=(*answer.checks, check))
    return replace(answer, cautions=doubts(answer, panel))


def pooled(effects: Sequence[Effect]) -> Effect:
    """Rubin's rules over at least two answers with standard errors."""
    from scipy.stats import t

    values = np.array([e.value for e in effects])
    inside, between = _within(effects), float(values.var(ddof=1))
    spread = inside + (1 + 1 / len(effects)) * between
    share = max(1 - inside / spread, 1e-9) if spread > 0 else 1e-9
    free, se, value = (len(effects) - 1) / share**2, spread**0.5, float(values.mean())
    reach = float(t.ppf(0.975, free)) * se
    p = float(2 * t.sf(abs(value) / se, free)) if se > 0 else None
    without = float(np.mean([e.without for e in effects]))
    return Effect(value, se, value - reach, value + reach, "draws", without, effects[0].cells, p)


def _within(effects: Sequence[Effect]) -> float:
    return float(np.mean([(e.se or 0.0) ** 2 for e in effects]))


def _between_share(effects: Sequence[Effect]) -> float:
    between = float(np.var([e.value for e in effects], ddof=1))
    total = _within(effects) + between
    return between / total if total > 0 else 0.0
