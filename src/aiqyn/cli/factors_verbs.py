"""``aiqyn factors``: risk factors by area and period, and how they go with measured trafficking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command(short_help="risk factors, and what goes with trafficking")(factors)


def factors(
    folder: Annotated[
        Path, typer.Argument(help="An observatory, or a folder with tables of factors.")
    ] = Path(),
    only: Annotated[
        str, typer.Option("--factors", help="Factors to ask about, joined by commas.")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Write the table of factors here (CSV).")] = None,
    workbook: Annotated[
        Path | None, typer.Option(help="Write an empty workbook for factors here, and end.")
    ] = None,
    leave_out: Annotated[
        bool, typer.Option(help="Also leave out each factor and each area in turn.")
    ] = True,
    seed: Annotated[int | None, typer.Option(help="Seed; recorded in the answer.")] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Read the tables of risk factors and say what goes with measured trafficking, how surely."""
    from aiqyn.cli.factors import blank_workbook, exit_code, factors_of_folder, print_factors

    if workbook is not None:
        typer.echo(blank_workbook(workbook, lang))
        return
    answer = factors_of_folder(
        folder,
        factors=[part.strip() for part in only.split(",") if part.strip()],
        out=out,
        leave_out=leave_out,
        seed=seed,
        lang=lang,
    )
    print_json(answer) if as_json else print_factors(answer, lang)
    raise typer.Exit(exit_code(answer))
