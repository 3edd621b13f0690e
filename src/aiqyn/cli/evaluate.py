"""``aiqyn evaluate``: did the programme change the outcome, against which comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from aiqyn.cli.panel_source import (
    PanelSource,
    panel_of_csv,
    registered_panel,
    registered_programme,
)
from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.prevention.effects.evaluating import Question
    from aiqyn.prevention.effects.panel import Floats, Panel
    from aiqyn.prevention.register import Programme

REFUSED = 4  # exit code
SAME_KIND = {"estimate": "estimates", "detection": "detections", "surveys": "survey"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How it is to be evaluated; what is None the register says, or the default.

    Attributes
    ----------
    kind : "detections", "estimates" or "survey"
    draws : columns with draws of an estimated outcome, pooled by Rubin's rules
    ends : two columns with the ends of its 95 % interval, instead of draws
    also : further outcomes of the same programme, corrected together with the first
    neighbours : CSV ``unit,neighbour``; `exposure` a column that marks areas it may have reached
    cost : of the programme over the treated periods, in any currency
    """

    design: str | None = None
    comparison: str | None = None
    covariates: Sequence[str] = ()
    predictors: Sequence[str] = ()
    kind: str | None = None
    draws: Sequence[str] = ()
    ends: Sequence[str] = ()
    also: Sequence[str] = ()
    neighbours: Path | None = None
    exposure: str | None = None
    cost: float | None = None
    seed: int | None = None


def evaluate_source(
    source: PanelSource, wanted: Wanted, lang: str = "en"
) -> dict[str, Any]:  # Any: JSON
    """The answer as the contract of ``aiqyn evaluate --json`` has it, and its card.

    Raises
    ------
    InputRefused (PREV-001 … PREV-009) for the file, (PREV-060 … PREV-076) for the register,
    UsageRefused (PREV-015, PREV-016) for the options.
    """
    programme = registered_programme(source) if source.is_registered else None
    question = question_of(wanted, programme)
    if question.design == "rdd":
        return _at_cut_off(source, wanted, question, lang)
    panel = _panel(source, wanted, question, programme)
    draws = _draws(panel, wanted, question, programme)
    return _told(panel, question, draws, wanted, programme, source, lang)


def _at_cut_off(
    source: PanelSource, wanted: Wanted, question: Question, lang: str
) -> dict[str, Any]:
    """Units with a score, a row a unit; there are no periods."""
    from aiqyn.prevention.effects import Card, evaluate_cut_off, read_scored_units

    if source.unit is None or source.outcome is None:
        raise UsageRefused("PREV-016", design="rdd", option="--unit, --outcome")
    if source.score is None or source.cutoff is None:
        raise UsageRefused("PREV-016", design="rdd", option="--score, --cutoff")
    own = (source.path, source.unit, source.outcome, source.score, source.cutoff)
    units, beside = read_scored_units(*own, wanted.covariates)
    answer = evaluate_cut_off(units, question, beside)
    return answer.to_json(lang) | {
        "card": Card(answer, source.programme, wanted.cost).to_json(lang)
    }


def question_of(wanted: Wanted, programme: Programme | None) -> Question:
    """The question of the options, and of the register where they are silent.

    Raises
    ------
    UsageRefused (PREV-015) when an option has a value that cannot be used.
    """
    from aiqyn.prevention.effects import Predictor, Question
    from aiqyn.prevention.effects.evaluating import SEED
    from aiqyn.prevention.effects.linear_form import Comparison
    from aiqyn.prevention.effects.panel_files import read_neighbours
    from aiqyn.prevention.effects.results import Design, Kind

    plan = programme or Question()
    kind = wanted.kind or (programme.outcome_kind if programme else None)
    kind = SAME_KIND.get(kind, kind) if kind else None
    return Question(
        design=one_of(wanted.design or plan.design, "design", get_args(Design)),
        comparison=one_of(wanted.comparison or plan.comparison, "comparison", get_args(Comparison)),
        covariates=tuple(wanted.covariates),
        predictors=tuple(Predictor(name) for name in wanted.predictors),
        kind=one_of(kind, "outcome-kind", get_args(Kind)) if kind else None,
        neighbours=read_neighbours(wanted.neighbours) if wanted.neighbours else {},
        exposure=wanted.exposure,
        seed=SEED if wanted.seed is None else wanted.seed,
    )


def _panel(
    source: PanelSource, wanted: Wanted, question: Question, programme: Programme | None
) -> Panel:
    if programme is not None:
        return registered_panel(source, programme)
    beside = (
        *wanted.covariates,
        *wanted.predictors,
        *wanted.draws,
        *wanted.ends,
        *wanted.also,
        *((wanted.exposure,) if wanted.exposure else ()),
    )
    return panel_of_csv(source, beside, question.design)


def _draws(
    panel: Panel, wanted: Wanted, question: Question, programme: Programme | None
) -> Sequence[Floats]:
    import numpy as np

    from aiqyn.prevention.effects.outcome_draws import drawn_from_intervals
    from aiqyn.prevention.register import outcome_draws

    rng = np.random.default_rng([question.seed, 1])
    if programme is not None:
        return outcome_draws(programme, panel, rng)
    if wanted.ends:
        if len(wanted.ends) != 2:
            raise UsageRefused("PREV-015", option="interval", allowed="lo95,hi95")
        low, high = (panel.covariates[name] for name in wanted.ends)
        return drawn_from_intervals(panel.outcome, low, high, rng)
    return [panel.covariates[name] for name in wanted.draws]


def _told(
    panel: Panel,
    question: Question,
    draws: Sequence[Floats],
    wanted: Wanted,
    programme: Programme | None,
    source: PanelSource,
    lang: str,
) -> dict[str, Any]:
    from aiqyn.prevention.effects import Card, evaluate, evaluate_draws, evaluate_many

    answer = evaluate_draws(panel, draws, question) if draws else evaluate(panel, question)
    cost = wanted.cost if programme is None or wanted.cost is not None else programme.cost
    named = programme.told(programme.title, lang) if programme else source.programme
    told = answer.to_json(lang) | {"card": Card(answer, named, cost).to_json(lang)}
    if programme is not None:
        told["programme"] = programme.code
    if wanted.also:
        told["outcomes"] = [
            found.to_json() for found in evaluate_many(panel, wanted.also, question)
        ]
    return told


def exit_code(answer: Mapping[str, Any]) -> int:
    """4 when there is no honest answer, else 0: a failed check is an answer."""
    return REFUSED if answer["refused"] else 0


def print_evaluation(answer: Mapping[str, Any]) -> None:
    """Print the card."""
    from rich.console import Console

    Console().print(answer["card"]["text"], highlight=False, markup=False)


def one_of(value: str, option: str, allowed: Sequence[str]) -> Any:  # Any: the option's Literal
    """The value, if the option allows it; else UsageRefused (PREV-015)."""
    if value not in allowed:
        raise UsageRefused("PREV-015", option=option, allowed=", ".join(allowed))
    return value
