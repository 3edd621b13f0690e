"""``aiqyn evaluate PANEL.csv``: did the programme change the outcome, against which comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    from aiqyn.prevention.effects.evaluating import Question
    from aiqyn.prevention.effects.panel import Panel

REFUSED = 4  # exit code
NAMED = ("sdid", "sc", "its")  # designs of one area, which --treated and --from name


def evaluate_file(
    path: str | Path,
    *,
    unit: str,
    time: str,
    outcome: str,
    start: str | None = None,
    design: str = "staggered-did",
    covariates: Sequence[str] = (),
    treated: str | None = None,
    since: str | None = None,
    comparison: str = "never-treated",
    predictors: Sequence[str] = (),
    kind: str | None = None,
    draws: Sequence[str] = (),
    neighbours: str | Path | None = None,
    programme: str | None = None,
    cost: float | None = None,
    seed: int | None = None,
    lang: str = "en",
) -> dict[str, Any]:  # Any: JSON
    """The answer as the contract of ``aiqyn evaluate --json`` has it, and its card.

    Parameters
    ----------
    unit, time, outcome, start : headings of the panel
    treated, since : one area and its first period under the programme, instead of `start`
    kind : "detections", "estimates" or "survey"
    draws : columns with draws of an estimated outcome, pooled by Rubin's rules
    neighbours : CSV ``unit,neighbour``
    cost : of the programme over the treated periods, in any currency

    Raises
    ------
    InputRefused (PREV-001 … PREV-009) for the file, UsageRefused (PREV-015, PREV-016) for the
    options.
    """
    from aiqyn.prevention.effects import Card, Predictor, Question, evaluate, evaluate_draws
    from aiqyn.prevention.effects.evaluating import SEED
    from aiqyn.prevention.effects.linear_form import Comparison
    from aiqyn.prevention.effects.panel_files import Columns, read_neighbours
    from aiqyn.prevention.effects.results import Design, Kind

    question = Question(
        design=one_of(design, "design", get_args(Design)),
        comparison=one_of(comparison, "comparison", get_args(Comparison)),
        covariates=tuple(covariates),
        predictors=tuple(Predictor(name) for name in predictors),
        kind=one_of(kind, "outcome-kind", get_args(Kind)) if kind else None,
        neighbours=read_neighbours(neighbours) if neighbours else {},
        seed=SEED if seed is None else seed,
    )
    beside = [name for name in (*covariates, *predictors, *draws) if name != outcome]
    columns = Columns(unit, time, outcome, start, tuple(dict.fromkeys(beside)))
    panel = panel_of_file(path, columns, treated, since, _lacking(question, start))
    if draws:
        answer = evaluate_draws(panel, [panel.covariates[name] for name in draws], question)
    else:
        answer = evaluate(panel, question)
    card = Card(answer, programme, cost)
    return answer.to_json(lang) | {"card": card.to_json(lang)}


def panel_of_file(
    path: str | Path, columns: Any, treated: str | None, since: str | None, lacking: str
) -> Panel:
    """The panel with its programme, from the column of starts or from one area and its start.

    Raises
    ------
    UsageRefused (PREV-016) when neither is given: the options in `lacking` are named.
    """
    from aiqyn.prevention.effects.panel_files import read_panel

    if (treated is None) != (since is None) or (treated is None and columns.start is None):
        raise UsageRefused("PREV-016", design=lacking.split(":")[0], option=lacking.split(":")[1])
    panel = read_panel(path, columns)
    return panel if treated is None else panel.treated_from(treated, since or "")


def exit_code(answer: Mapping[str, Any]) -> int:
    """4 when there is no honest answer, else 0: a failed check is an answer."""
    return REFUSED if answer["refused"] else 0


def print_evaluation(answer: Mapping[str, Any]) -> None:
    """Print the card."""
    from rich.console import Console

    Console().print(answer["card"]["text"], highlight=False, markup=False)


def _lacking(question: Question, start: str | None) -> str:
    wanted = "--treated, --from" if question.design in NAMED or start else "--start"
    return f"{question.design}:{wanted}"


def one_of(value: str, option: str, allowed: Sequence[str]) -> Any:  # Any: the option's Literal
    """The value, if the option allows it; else UsageRefused (PREV-015)."""
    if value not in allowed:
        raise UsageRefused("PREV-015", option=option, allowed=", ".join(allowed))
    return value
