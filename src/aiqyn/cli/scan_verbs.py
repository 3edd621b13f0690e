"""``aiqyn scan``: where and since when there are more cases than expected."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json


class Method(StrEnum):
    """What cases are compared with."""

    eb_poisson = "eb-poisson"
    pb_poisson = "pb-poisson"
    permutation = "permutation"


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="clusters in space and time that are still going on")(scan)


def scan(
    cases: Annotated[Path, typer.Option(help="CSV: place,period,cases[,population][,expected].")],
    geo: Annotated[Path, typer.Option(help="CSV: place,lon,lat or place,x,y.")],
    method: Annotated[
        Method, typer.Option(help="What the cases are compared with.")
    ] = Method.eb_poisson,
    replicates: Annotated[
        int, typer.Option(min=0, help="Monte Carlo replicates, at most; 0 leaves p out.")
    ] = 999,
    stop_after: Annotated[
        int | None,
        typer.Option(min=1, help="End once so many replicates reach the score (Besag-Clifford)."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed; recorded in the answer.")] = 1,
    neighbours: Annotated[
        int | None, typer.Option(min=1, help="Most places in a window, its centre included.")
    ] = None,
    max_population: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Or the largest share of the population in it (0.5)."),
    ] = None,
    max_duration: Annotated[
        int | None, typer.Option(min=1, help="Longest window, in periods (all).")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Find the places and the last periods with more cases than expected, and how sure it is."""
    from aiqyn.cli.scan import print_scan, scan_files

    if neighbours is not None and max_population is not None:
        raise typer.BadParameter("--neighbours K / --max-population SHARE")
    answer = scan_files(
        cases,
        geo,
        method=method.value,
        replicates=replicates,
        stop_after=stop_after,
        seed=seed,
        neighbours=neighbours,
        max_population=max_population,
        max_duration=max_duration,
        lang=lang,
    )
    print_json(answer) if as_json else print_scan(answer, lang)
