"""``aiqyn evaluate`` and ``aiqyn power``: whether a programme worked, and could be seen to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json

PanelFile = Annotated[
    Path,
    typer.Argument(
        help="CSV: a row an area and period. Or an observatory, with --programme.", metavar="PANEL"
    ),
]
Unit = Annotated[str | None, typer.Option(help="Column of the areas.")]
Time = Annotated[str | None, typer.Option(help="Column of the periods.")]
Outcome = Annotated[str | None, typer.Option(help="Column of the outcome.")]
Start = Annotated[
    str | None, typer.Option(help="Column of the first treated period; empty or 0: never.")
]
Treated = Annotated[str | None, typer.Option(help="The one area with the programme.")]
Since = Annotated[str | None, typer.Option("--from", help="Its first period (with --treated).")]
Comparison = Annotated[str | None, typer.Option(help="never-treated or not-yet-treated areas.")]
Registered = Annotated[
    str | None, typer.Option(help="Code in the observatory's register; of a CSV, its name.")
]
Seed = Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")]


def register(app: typer.Typer) -> None:
    """Add both verbs."""
    app.command(short_help="did a programme change the outcome")(evaluate)
    app.command(short_help="how large an effect could be seen")(power)


def evaluate(
    panel: PanelFile,
    unit: Unit = None,
    time: Time = None,
    outcome: Outcome = None,
    start: Start = None,
    design: Annotated[
        str | None, typer.Option(help="staggered-did (default), sdid, sc, its or rdd.")
    ] = None,
    covariates: Annotated[str, typer.Option(help="Columns, joined by commas.")] = "",
    treated: Treated = None,
    since: Since = None,
    comparison: Comparison = None,
    predictors: Annotated[
        str, typer.Option(help="sc: columns to match on, joined by commas; else the outcome.")
    ] = "",
    score: Annotated[
        str | None, typer.Option(help="rdd: column of the score that decides who is eligible.")
    ] = None,
    cutoff: Annotated[
        float | None, typer.Option(help="rdd: the score from which on a unit is eligible.")
    ] = None,
    outcome_kind: Annotated[
        str | None, typer.Option(help="detections, estimate or survey: what the outcome is.")
    ] = None,
    draws: Annotated[
        str, typer.Option(help="Columns with draws of an estimated outcome, joined by commas.")
    ] = "",
    interval: Annotated[
        str, typer.Option(help="Columns lo95,hi95 of an estimated outcome, instead of draws.")
    ] = "",
    also: Annotated[
        str, typer.Option(help="Further outcomes, joined by commas; corrected together.")
    ] = "",
    neighbours: Annotated[
        Path | None, typer.Option(help="CSV unit,neighbour: look for spill-over.")
    ] = None,
    exposure: Annotated[
        str | None, typer.Option(help="Column: 1 for areas it may have reached from beside.")
    ] = None,
    programme: Registered = None,
    cost: Annotated[float | None, typer.Option(help="What it cost over these periods.")] = None,
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say what a programme changed, against which comparison, with every check of the design."""
    from aiqyn.cli.evaluate import Wanted, evaluate_source, exit_code, print_evaluation
    from aiqyn.cli.panel_source import PanelSource

    answer = evaluate_source(
        PanelSource(panel, unit, time, outcome, start, treated, since, programme, score, cutoff),
        Wanted(
            design=design,
            comparison=comparison,
            covariates=_parts(covariates),
            predictors=_parts(predictors),
            kind=outcome_kind,
            draws=_parts(draws),
            ends=_parts(interval),
            also=_parts(also),
            neighbours=neighbours,
            exposure=exposure,
            cost=cost,
            seed=seed,
        ),
        lang,
    )
    print_json(answer) if as_json else print_evaluation(answer)
    raise typer.Exit(exit_code(answer))


def power(
    panel: PanelFile,
    unit: Unit = None,
    time: Time = None,
    outcome: Outcome = None,
    start: Start = None,
    treated: Treated = None,
    since: Since = None,
    programme: Registered = None,
    effects: Annotated[str, typer.Option(help="Effects to try, joined by commas.")] = (
        "0.05,0.1,0.2"
    ),
    scale: Annotated[
        str, typer.Option(help="share of the outcome, outcome (its unit), or auto.")
    ] = "auto",
    comparison: Comparison = None,
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say how often an effect would be seen on this panel, with the starts as planned."""
    from aiqyn.cli.panel_source import PanelSource
    from aiqyn.cli.power import numbers, power_of_source

    source = PanelSource(panel, unit, time, outcome, start, treated, since, programme)
    answer = power_of_source(source, numbers(effects), scale, comparison, seed, lang)
    print_json(answer["points"]) if as_json else typer.echo(answer["text"])


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
