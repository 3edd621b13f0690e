"""``aiqyn watch``: what is over its threshold, in a file of series."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="what is over its threshold, period by period")(watch)


def watch(
    source: Annotated[
        Path, typer.Argument(help="CSV of series: t,year,period[,date], and a column a unit.")
    ],
    method: Annotated[
        str,
        typer.Option(help="farrington, ears-c1, ears-c2, ears-c3, glr-pois, glr-nb or cusum."),
    ] = "farrington",
    config: Annotated[
        Path | None, typer.Option(help="JSON of settings, with the names that R surveillance has.")
    ] = None,
    b: Annotated[int | None, typer.Option("--b", help="Years back (farrington).")] = None,
    alpha: Annotated[
        float | None, typer.Option(help="Level of the threshold; before `alpha` of --config.")
    ] = None,
    periods: Annotated[
        str | None, typer.Option("--range", help="Periods to judge, A:B, from 1, both included.")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Judge each period of each unit against its past: threshold and alarm."""
    from aiqyn.cli.watch import print_watch, watch_file

    answer = watch_file(
        source, method=method, config=config, b=b, alpha=alpha, periods=periods, lang=lang
    )
    print_json(answer) if as_json else print_watch(answer, lang)
