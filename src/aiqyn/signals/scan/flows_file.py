"""The two files of a scan of flows: cases from place to place by period, and where places are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.signals.scan.cases_and_places import CasesAndPlaces
from aiqyn.signals.scan.places_near import distances
from aiqyn.signals.scan.table_cells import (
    in_order,
    missing_between,
    places_of,
    rows_of_amounts,
    wide,
)
from aiqyn.signals.series.judged import Caution, Floats

ARROW = " → "


@dataclass(frozen=True, slots=True)
class Flows:
    """Cases from every place to every place, the latest period last.

    Attributes
    ----------
    places : names, in the order of the file of places
    apart : (places, places) distances
    pairs : cases of each pair as if it were a place, (places * places, periods), origin by origin.
        Its own `apart` is empty: pairs are near where both their ends are
    """

    places: tuple[str, ...]
    apart: Floats
    pairs: CasesAndPlaces


def read_flows(flows_file: Path, geo_file: Path) -> Flows:
    """Both files, put together; a pair without a row had no case.

    Parameters
    ----------
    flows_file : CSV `from,to,period,cases[,expected]`
    geo_file : CSV `place,lon,lat` (degrees) or `place,x,y` (any unit)

    Raises
    ------
    InputRefused: as `read_cases_and_places` (SIG-020 … SIG-025).
    """
    rows, repeated = rows_of_amounts(flows_file, ("from", "to", "period"))
    kept, silent = places_of(geo_file, pl.concat([rows["from"], rows["to"].alias("from")]))
    places, periods = tuple(kept["place"]), in_order(rows["period"])
    named = rows.with_columns(place=pl.col("from") + ARROW + pl.col("to"))
    pairs = tuple(origin + ARROW + end for origin in places for end in places)
    told = (("SIG-120", repeated), ("SIG-122", silent), ("SIG-123", missing_between(periods)))
    cells = CasesAndPlaces(
        pairs,
        periods,
        wide(named, "cases", pairs, periods),
        None,
        wide(named, "expected", pairs, periods) if "expected" in rows.columns else None,
        np.zeros((0, 0)),
        tuple(Caution(code, {"n": n}) for code, n in told if n),
    )
    return Flows(places, distances(kept), cells)
