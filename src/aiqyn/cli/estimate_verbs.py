"""``aiqyn estimate`` and ``simulate-mse``: the hidden number, and whether it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json

Pthresh = Annotated[float, typer.Option(help="Threshold of the stepwise choice.")]
Order = Annotated[int, typer.Option(help="Highest order of interaction.")]
Seed = Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")]
Delta = Annotated[float | None, typer.Option(help="Prior of the decomposable graphs.")]


def register(app: typer.Typer) -> None:
    """Put the verbs on the command line."""
    app.command(short_help="the hidden number, from overlapping lists")(estimate)
    app.command("simulate-mse", short_help="does the estimate hold where the truth is known")(
        simulate
    )


def estimate(
    table: Annotated[Path, typer.Argument(help="CSV: a column a list (0 or 1), and count.")],
    method: Annotated[
        str,
        typer.Option(
            help="stepwise, bic, bic-average, bayes-threshold, decomposable, latent-class, chao, "
            "independence or all; several are joined by commas."
        ),
    ] = "stepwise",
    pthresh: Pthresh = 0.02,
    order: Order = 2,
    boot: Annotated[int, typer.Option(help="Bootstrap replicates; 0 gives the point.")] = 1000,
    seed: Seed = None,
    delta: Delta = None,
    replicates: Annotated[
        Path | None, typer.Option(help="CSV of replicates to use instead of drawing them.")
    ] = None,
    models: Annotated[
        bool, typer.Option("--models", help="Add whether each model has a maximum.")
    ] = False,
    stability: Annotated[
        bool, typer.Option("--stability", help="Add what it owes to each list and hidden ties.")
    ] = False,
    linkage_audit: Annotated[
        Path | None, typer.Option(help="Answered audit of the linkage: add corrected totals.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Column of groups: estimate each, and their sum.")
    ] = None,
    years: Annotated[
        str | None, typer.Option(help="Column of years: as --by, and crime or detection.")
    ] = None,
    whole: Annotated[
        str, typer.Option(help="What groups add up to: parts (their sum) or table (its estimate).")
    ] = "parts",
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Estimate how many there are in all, with intervals, cautions and the right to refuse."""
    from aiqyn.cli.estimate import estimate_of_file, exit_code, print_estimate

    answer = estimate_of_file(
        table,
        methods=method.split(","),
        pthresh=pthresh,
        order=order,
        boot=boot,
        seed=seed,
        delta=delta,
        replicates=replicates,
        models=models,
        stability=stability,
        linkage_audit=linkage_audit,
        by=by,
        years=years,
        whole=whole,
        lang=lang,
    )
    print_json(answer) if as_json else print_estimate(answer)
    raise typer.Exit(exit_code(answer))


def simulate(
    source: Annotated[
        str, typer.Argument(help="CSV table, scenario TOML, or a shipped scenario's name.")
    ],
    method: Annotated[str, typer.Option(help="Methods, joined by commas.")] = "stepwise",
    model: Annotated[
        str, typer.Option(help="Truth fitted to a CSV: stepwise, bic or independence.")
    ] = "stepwise",
    tables: Annotated[int, typer.Option(help="Tables to draw.")] = 200,
    boot: Annotated[int, typer.Option(help="Bootstrap replicates for each table.")] = 200,
    pthresh: Pthresh = 0.02,
    order: Order = 2,
    seed: Seed = None,
    delta: Delta = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Draw tables from a population whose size is known: coverage and bias of each method."""
    from aiqyn.cli.simulate_mse import print_simulation, simulate_mse

    answer = simulate_mse(
        source,
        methods=method.split(","),
        model=model,
        tables=tables,
        boot=boot,
        pthresh=pthresh,
        order=order,
        seed=seed,
        delta=delta,
        lang=lang,
        progress=not as_json,
    )
    print_json(answer) if as_json else print_simulation(answer, lang)
