"""One question, one design, one answer with its checks; or a refusal that says what would help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused, UsageRefused
from aiqyn.prevention.effects.doubts import doubts
from aiqyn.prevention.effects.interrupted import interrupted_time_series
from aiqyn.prevention.effects.linear_form import Comparison
from aiqyn.prevention.effects.panel import Panel, need_programme, need_something_before
from aiqyn.prevention.effects.predictor_weights import Predictor
from aiqyn.prevention.effects.results import Check, Design, Evaluation, Kind
from aiqyn.prevention.effects.staggered import staggered_did
from aiqyn.prevention.effects.staggered_checks import staggered_checks, within
from aiqyn.prevention.effects.synthetic import Synthetic, synthetic_control, synthetic_did
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
    seed : of everything drawn
    """

    design: Design = "staggered-did"
    comparison: Comparison = "never-treated"
    covariates: tuple[str, ...] = ()
    predictors: tuple[Predictor, ...] = ()
    fit_times: tuple[str, ...] = ()
    kind: Kind | None = None
    neighbours: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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
        case _:
            raise UsageRefused("PREV-015", option="design", allowed="staggered-did, sdid, sc, its")


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
    """The effect once more without the treated areas' neighbours in the comparison."""
    if not question.neighbours or answer.effect is None:
        return answer
    far = ~_near(panel, question.neighbours)
    alone = replace(question, neighbours={})
    again = evaluate(panel.only(far), alone).effect
    if again is None or far.all():
        check = Check("spill-over", None, why="spill-over.none")
    else:
        slots = {"n": int((~far).sum()), "effect": again.value}
        check = Check("spill-over", within(again.value, answer.effect), slots)
    return replace(answer, checks=(*answer.checks, check))


def _near(panel: Panel, neighbours: Mapping[str, tuple[str, ...]]) -> NDArray[np.bool_]:
    """Shape (units,): areas without the programme beside one that has it."""
    treated = {u for u, never in zip(panel.units, panel.never, strict=True) if not never}
    beside = {n for unit in treated for n in neighbours.get(unit, ())}
    named = np.array([unit in beside for unit in panel.units])
    return np.asarray(named & panel.never)
