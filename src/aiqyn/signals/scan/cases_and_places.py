"""The two files of a scan: cases by place and period, and where the places are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aiqyn.signals.scan.places_near import distances
from aiqyn.signals.scan.table_cells import (
    AMOUNTS,
    in_order,
    missing_between,
    places_of,
    rows_of_amounts,
    wide,
)
from aiqyn.signals.series.judged import Caution, Floats


@dataclass(frozen=True, slots=True)
class CasesAndPlaces:
    """Cases of places by period, the latest period last.

    Attributes
    ----------
    places : names, in the order of the file of places
    periods : as they are written in the file
    cases : (places, periods); a pair without a row is 0
    population, expected : of the same shape; None where the file has no such column
    apart : (places, places) distances
    cautions : what was mended or left out
    """

    places: tuple[str, ...]
    periods: tuple[str, ...]
    cases: Floats
    population: Floats | None
    expected: Floats | None
    apart: Floats
    cautions: tuple[Caution, ...] = ()


def read_cases_and_places(cases_file: Path, geo_file: Path) -> CasesAndPlaces:
    """Both files, put together.

    Parameters
    ----------
    cases_file : CSV `place,period,cases[,population][,expected]`; cases may be fractions
    geo_file : CSV `place,lon,lat` (degrees) or `place,x,y` (any unit)

    Raises
    ------
    InputRefused: not readable (SIG-020), columns missing (SIG-021), a cell that is no number or
    under 0 (SIG-022), a pair or a place twice (SIG-023), a place without a position (SIG-024).
    """
    rows, repeated = rows_of_amounts(cases_file, ("place", "period"))
    kept, silent = places_of(geo_file, rows["place"])
    places, periods = tuple(kept["place"]), in_order(rows["period"])
    tables = {name: wide(rows, name, places, periods) for name in AMOUNTS if name in rows.columns}
    return CasesAndPlaces(
        places,
        periods,
        tables["cases"],
        tables.get("population"),
        tables.get("expected"),
        distances(kept),
        _cautions(repeated, silent, rows.height, places, periods),
    )


def _cautions(
    repeated: int, silent: int, rows: int, places: tuple[str, ...], periods: tuple[str, ...]
) -> tuple[Caution, ...]:
    told = (
        ("SIG-120", repeated),
        ("SIG-121", len(places) * len(periods) - rows),
        ("SIG-122", silent),
        ("SIG-123", missing_between(periods)),
    )
    return tuple(Caution(code, {"n": n}) for code, n in told if n)
