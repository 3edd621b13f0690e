"""``aiqyn scan``: where and since when there are more cases than expected."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aiqyn.cli.options import Json, Lang, Language, print_json
from aiqyn.errors import UsageRefused


class Method(StrEnum):
    """What cases are compared with."""

    eb_poisson = "eb-poisson"
    pb_poisson = "pb-poisson"
    permutation = "permutation"


def register(app: typer.Typer) -> None:
    """Put the verb on the command line."""
    app.command(short_help="clusters in space and time that are still going on")(scan)


def scan(
    cases: Annotated[
        Path | None, typer.Option(help="CSV: place,period,cases[,population][,expected].")
    ] = None,
    flows: Annotated[
        Path | None, typer.Option(help="Or flows, CSV: from,to,period,cases[,expected].")
    ] = None,
    points: Annotated[
        Path | None, typer.Option(help="Or single events, CSV: lon,lat[,date] or x,y[,t].")
    ] = None,
    geo: Annotated[
        Path | None, typer.Option(help="CSV: place,lon,lat or place,x,y; not for --points.")
    ] = None,
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
    radius: Annotated[
        float | None, typer.Option(help="With --points: how near, in km or the file's unit.")
    ] = None,
    rise: Annotated[
        float, typer.Option(help="With --points: the rise to be noticed; 0.2 is a fifth more.")
    ] = 0.2,
    threshold: Annotated[
        float | None, typer.Option(help="With --points: about as many events a false alarm.")
    ] = None,
    lang: Language = Lang.en,
    as_json: Json = False,
) -> None:
    """Find the places and the last periods with more cases than expected, and how sure it is."""
    if neighbours is not None and max_population is not None:
        raise typer.BadParameter("--neighbours K / --max-population SHARE")
    if sum(file is not None for file in (cases, flows, points)) != 1:
        raise UsageRefused("SIG-213")
    if points is not None:
        _watch_points(points, radius, rise, threshold, lang, as_json)
        return
    limits = {
        "replicates": replicates,
        "stop_after": stop_after,
        "most_places": neighbours,
        "most_share": max_population,
        "most_periods": max_duration,
    }
    _scan(cases, flows, geo, method, seed, limits, lang, as_json)


def _scan(
    cases: Path | None,
    flows: Path | None,
    geo: Path | None,
    method: Method,
    seed: int,
    limits: dict[str, float | None],
    lang: Lang,
    as_json: bool,
) -> None:
    from aiqyn.cli.scan import print_scan, scan_files

    file = cases if flows is None else flows
    if geo is None or file is None:
        raise UsageRefused("SIG-213")
    given = flows is not None
    answer = scan_files(file, geo, flows=given, method=method.value, seed=seed, lang=lang, **limits)
    print_json(answer) if as_json else print_scan(answer, lang)


def _watch_points(
    points: Path,
    radius: float | None,
    rise: float,
    threshold: float | None,
    lang: Lang,
    as_json: bool,
) -> None:
    from aiqyn.cli.scan_points import print_points, scan_point_file

    if radius is None or threshold is None:
        raise UsageRefused("SIG-213")
    answer = scan_point_file(points, radius=radius, rise=rise, threshold=threshold, lang=lang)
    print_json(answer) if as_json else print_points(answer, lang)
