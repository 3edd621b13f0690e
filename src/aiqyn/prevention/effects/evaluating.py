"""One question, one design, one answer with its checks; or a refusal that says what would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.prevention.effects.cut_off import ScoredUnits, jump
from aiqyn.prevention.effects.cut_off_checks import cut_off_checks
from aiqyn.prevention.effects.doubts import doubts
from aiqyn.prevention.effects.interrupted import interrupted_time_series
from aiqyn.prevention.effects.linear_form import Comparison
from aiqyn.prevention.effects.panel import Floats, Panel, need_programme, need_something_before
from aiqyn.prevention.effects.predictor_weights import Predictor
from aiqyn.prevention.effects.results import Check, Design, Effect, Evaluation, Kind
from aiqyn.prevention.effects.spill_over import ring, ring_panel
from aiqyn.prevention.effects.staggered import staggered_did
from aiqyn.prevention.effects.staggered_checks import staggered_checks, within
from aiqyn.prevention.effects.synthetic import (
    Synthetic,
    synthetic_control,
    synthetic_did,
    synthetic_did_value,
)
from aiqyn.prevention.effects.synthetic_checks import synthetic_checks

SEED = 20_251_122


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a panel.

    Attributes
    ----------
    design : how the comparison is made
    comparison : areas to compare with in staggered-did
    covariates : staggered-did, held alike by the doubly robust weights
    predictors, fit_times : sc, what areas are matched on and when; none means outcomes only
    kind : what the outcome is; decides the words, never the numbers
    neighbours : area -> its neighbours, which the programme may have reached too
    exposure : covariate that is above 0 in areas which it may have reached from beside
    seed : of everything drawn
    """

    design: Design = "staggered-did"
    comparison: Comparison = "never-treated"
    covariates: tuple[str, ...] = ()
    predictors: tuple[Predictor, ...] = ()
    fit_times: tuple[str, ...] = ()
    kind: Kind | None = None
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exposure: str | None = None
    seed: int = SEED


def evaluate(panel: Panel, question: Question) -> Evaluation:
    """The answer of the design; refused, with the reason, where there is no honest one.

    Raises
    ------
    UsageRefused, InputRefused for what is wrong with the question or the file.
    """
    blank = Evaluation(
        question.design,
        panel.outcome_name,
        question.seed,
        kind=question.kind,
        treated=int((~panel.never).sum()),
        comparison=int(panel.never.sum()),
    )
    try:
        need_programme(panel)
        need_something_before(panel)
        answer = _answer(panel, question, blank)
    except AnswerRefused as refusal:
        return replace(blank, refusal=refusal)
    answer = _with_spill_over(answer, panel, question)
    return replace(answer, cautions=doubts(answer, panel))


def effect_alone(panel: Panel, question: Question, known: Effect) -> Effect | None:
    """The effect on another draw of an outcome, without checks; None where it is refused.

    Of synthetic difference in differences the doubt is that of the answer `known` already, as its
    placebos are the same areas.
    """
    rng = np.random.default_rng(question.seed)
    try:
        match question.design:
            case "staggered-did":
                how, held = question.comparison, question.covariates
                return staggered_did(panel, rng, comparison=how, covariates=held).effect
            case "sdid":
                return replace(known, value=synthetic_did_value(panel))
            case _:
                return evaluate(panel, replace(question, neighbours={}, exposure=None)).effect
    except AnswerRefused:
        return None


def evaluate_cut_off(
    units: ScoredUnits, question: Question, covariates: Mapping[str, Floats] | None = None
) -> Evaluation:
    """The jump at a cut-off of eligibility; refused where a side is too thin.

    Parameters
    ----------
    covariates : name -> shape (units,): what the programme cannot have changed
    """
    blank = Evaluation("rdd", units.outcome_name, question.seed, kind=question.kind)
    try:
        found = jump(units)
    except AnswerRefused as refusal:
        return replace(blank, refusal=refusal)
    answer = replace(
        blank,
        effect=found.effect,
        treated=found.right,
        comparison=found.left,
        checks=cut_off_checks(units, found, covariates or {}),
    )
    return replace(answer, cautions=doubts(answer))


def _answer(panel: Panel, question: Question, blank: Evaluation) -> Evaluation:
    rng = np.random.default_rng(question.seed)
    match question.design:
        case "staggered-did":
            return _staggered(panel, question, blank, rng)
        case "sdid":
            return _synthetic(synthetic_did(panel, rng), blank)
        case "sc":
            found = synthetic_control(
                panel, rng, predictors=question.predictors, fit_times=question.fit_times
            )
            return _synthetic(found, blank)
        case "its":
            return _interrupted(panel, blank)
        case _:  # a panel has no score; `evaluate_cut_off` takes units that have one
            raise UsageRefused("PREV-016", design="rdd", option="--score, --cutoff")


def _staggered(
    panel: Panel, question: Question, blank: Evaluation, rng: np.random.Generator
) -> Evaluation:
    how, held = question.comparison, question.covariates
    found = staggered_did(panel, rng, comparison=how, covariates=held)
    return replace(
        blank,
        effect=found.effect,
        group_time=found.group_time,
        event=found.event,
        checks=staggered_checks(panel, found.effect, rng, comparison=how, covariates=held),
    )


def _synthetic(found: Synthetic, blank: Evaluation) -> Evaluation:
    return replace(
        blank,
        effect=found.effect,
        weights=found.weights,
        loss=found.loss,
        path=found.path,
        placebos=found.placebos,
        checks=synthetic_checks(found),
    )


def _interrupted(panel: Panel, blank: Evaluation) -> Evaluation:
    found = interrupted_time_series(panel)
    return replace(
        blank,
        effect=found.effect,
        event=found.event,
        path=found.path,
        checks=found.checks,
        comparison=0,
    )


def _with_spill_over(answer: Evaluation, panel: Panel, question: Question) -> Evaluation:
    """The effect once more without the ring of areas beside the programme, and the ring's own."""
    near = ring(panel, question.neighbours, question.exposure)
    if near is None or answer.effect is None:
        return answer
    alone = replace(question, neighbours={}, exposure=None)
    again = evaluate(panel.only(~near), alone).effect
    if again is None or not near.any():
        check = Check("spill-over", None, why="spill-over.none")
        return replace(answer, checks=(*answer.checks, check))
    slots = {"n": int(near.sum()), "effect": again.value}
    check = Check("spill-over", within(again.value, answer.effect), slots)
    return replace(answer, checks=(*answer.checks, check, *_on_the_ring(panel, near, alone)))


def _on_the_ring(panel: Panel, near: NDArray[np.bool_], alone: Question) -> tuple[Check, ...]:
    """What the programme seems to have done to the ring, against the areas far from it."""
    found = evaluate(ring_panel(panel, near), alone).effect
    if found is None or found.low is None or found.high is None:
        return ()
    slots = {"effect": found.value, "low": found.low, "high": found.high}
    return (Check("spill-over-ring", found.direction == "not_seen", slots),)
