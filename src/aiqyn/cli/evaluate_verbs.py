"""``aiqyn evaluate`` and ``aiqyn power``: whether a programme worked, and could be seen to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json

PanelFile = Annotated[
    Path, typer.Argument(help="CSV: a row an area and period.", metavar="PANEL.csv")
]
Unit = Annotated[str, typer.Option(help="Column of the areas.")]
Time = Annotated[str, typer.Option(help="Column of the periods.")]
Outcome = Annotated[str, typer.Option(help="Column of the outcome.")]
Start = Annotated[
    str | None, typer.Option(help="Column of the first treated period; empty or 0: never.")
]
Treated = Annotated[str | None, typer.Option(help="The one area with the programme.")]
Since = Annotated[str | None, typer.Option("--from", help="Its first period (with --treated).")]
Comparison = Annotated[str, typer.Option(help="never-treated or not-yet-treated areas.")]
Seed = Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")]


def register(app: typer.Typer) -> None:
    """Add both verbs."""
    app.command(short_help="did a programme change the outcome")(evaluate)
    app.command(short_help="how large an effect could be seen")(power)


def evaluate(
    panel: PanelFile,
    unit: Unit,
    time: Time,
    outcome: Outcome,
    start: Start = None,
    design: Annotated[str, typer.Option(help="staggered-did, sdid, sc or its.")] = "staggered-did",
    covariates: Annotated[str, typer.Option(help="Columns, joined by commas.")] = "",
    treated: Treated = None,
    since: Since = None,
    comparison: Comparison = "never-treated",
    predictors: Annotated[
        str, typer.Option(help="sc: columns to match on, joined by commas; else the outcome.")
    ] = "",
    outcome_kind: Annotated[
        str | None, typer.Option(help="detections, estimates or survey: what the outcome is.")
    ] = None,
    draws: Annotated[
        str, typer.Option(help="Columns with draws of an estimated outcome, joined by commas.")
    ] = "",
    neighbours: Annotated[
        Path | None, typer.Option(help="CSV unit,neighbour: look for spill-over.")
    ] = None,
    programme: Annotated[str | None, typer.Option(help="Its name, for the card.")] = None,
    cost: Annotated[float | None, typer.Option(help="What it cost over these periods.")] = None,
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say what a programme changed, against which comparison, with every check of the design."""
    from aiqyn.cli.evaluate import evaluate_file, exit_code, print_evaluation

    answer = evaluate_file(
        panel,
        unit=unit,
        time=time,
        outcome=outcome,
        start=start,
        design=design,
        covariates=_parts(covariates),
        treated=treated,
        since=since,
        comparison=comparison,
        predictors=_parts(predictors),
        kind=outcome_kind,
        draws=_parts(draws),
        neighbours=neighbours,
        programme=programme,
        cost=cost,
        seed=seed,
        lang=lang,
    )
    print_json(answer) if as_json else print_evaluation(answer)
    raise typer.Exit(exit_code(answer))


def power(
    panel: PanelFile,
    unit: Unit,
    time: Time,
    outcome: Outcome,
    start: Start = None,
    treated: Treated = None,
    since: Since = None,
    effects: Annotated[str, typer.Option(help="Effects to try, joined by commas.")] = (
        "0.05,0.1,0.2"
    ),
    scale: Annotated[
        str, typer.Option(help="share of the outcome, outcome (its unit), or auto.")
    ] = "auto",
    comparison: Comparison = "never-treated",
    seed: Seed = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Say how often an effect would be seen on this panel, with the starts as planned."""
    from aiqyn.cli.power import numbers, power_of_file

    answer = power_of_file(
        panel,
        unit=unit,
        time=time,
        outcome=outcome,
        start=start,
        treated=treated,
        since=since,
        effects=numbers(effects),
        scale=scale,
        comparison=comparison,
        seed=seed,
        lang=lang,
    )
    print_json(answer["points"]) if as_json else typer.echo(answer["text"])


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
