"""The two files of a scan: cases by place and period, and where the places are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from aiqyn.errors import InputRefused
from aiqyn.signals.scan.places_near import distances
from aiqyn.signals.series.judged import Caution, Floats

AMOUNTS = ("cases", "population", "expected")
EMPTY = ("", "NA", "NaN", "NULL", "null")
NO_BEFORE_THE_RECORD = 2  # rows of a file are numbered from 1, and the heading is the first


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
    rows, repeated = _case_rows(cases_file)
    geo = _geo_rows(geo_file)
    lost = rows.filter(~pl.col("place").is_in(geo["place"].to_list()))["place"]
    if lost.len():
        raise InputRefused("SIG-024", file=geo_file.name, place=lost[0], n=lost.n_unique())
    kept = geo.filter(pl.col("place").is_in(rows["place"].to_list()))
    places, periods = tuple(kept["place"]), _in_order(rows["period"])
    tables = {name: _wide(rows, name, places, periods) for name in AMOUNTS if name in rows.columns}
    return CasesAndPlaces(
        places,
        periods,
        tables["cases"],
        tables.get("population"),
        tables.get("expected"),
        distances(kept),
        _cautions(repeated, geo.height - kept.height, rows.height, places, periods),
    )


def _case_rows(file: Path) -> tuple[pl.DataFrame, int]:
    """Rows of cases, each pair of place and period once; and how many rows were repeated."""
    raw = _text(file, ("place", "period", "cases"))
    rows = _numbers(raw, [name for name in AMOUNTS if name in raw.columns], file, least=0)
    once = rows.unique(maintain_order=True)
    twice = once.filter(pl.struct("place", "period").is_duplicated())
    if twice.height:
        raise InputRefused("SIG-023", file=file.name, what=f"{twice[0, 'place']}, {twice[0, 1]}")
    return once, rows.height - once.height


def _geo_rows(file: Path) -> pl.DataFrame:
    raw = _text(file, ("place",))
    pairs = [pair for pair in (["lon", "lat"], ["x", "y"]) if set(pair) <= set(raw.columns)]
    if not pairs:
        raise InputRefused("SIG-021", file=file.name, columns="lon, lat")
    rows = _numbers(raw.select("place", *pairs[0]), pairs[0], file, least=None).unique(
        maintain_order=True
    )
    twice = rows.filter(pl.col("place").is_duplicated())
    if twice.height:
        raise InputRefused("SIG-023", file=file.name, what=str(twice[0, "place"]))
    return rows


def _text(file: Path, needed: tuple[str, ...]) -> pl.DataFrame:
    """The file as text, its needed columns first."""
    try:
        raw = pl.read_csv(file, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as why:
        raise InputRefused("SIG-020", file=file.name) from why
    lacking = [name for name in needed if name not in raw.columns]
    if lacking or not raw.height:
        raise InputRefused("SIG-021", file=file.name, columns=", ".join(lacking or ["…"]))
    known = [name for name in (*AMOUNTS, "lon", "lat", "x", "y") if name in raw.columns]
    wanted = list(dict.fromkeys((*needed, *known)))
    return raw.select(pl.col(wanted).str.strip_chars().replace(dict.fromkeys(EMPTY)))


def _numbers(
    raw: pl.DataFrame, columns: list[str], file: Path, *, least: float | None
) -> pl.DataFrame:
    """The columns as numbers; a cell that is none is refused, and so is a key left empty."""
    read = raw.with_columns(pl.col(columns).cast(pl.Float64, strict=False))
    for name in read.columns:
        odd = read[name].is_null()
        if name in columns:
            odd |= (~read[name].is_finite()).fill_null(value=True)
            if least is not None:
                odd |= (read[name] < least).fill_null(value=True)
        if odd.any():
            row = int(odd.arg_true()[0]) + NO_BEFORE_THE_RECORD
            raise InputRefused("SIG-022", file=file.name, row=row, column=name)
    return read


def _in_order(periods: pl.Series) -> tuple[str, ...]:
    """Periods by number where all are numbers, else as text (ISO dates sort as text)."""
    distinct = periods.unique()
    numbers = distinct.cast(pl.Float64, strict=False)
    return tuple(distinct.sort() if numbers.null_count() else distinct.gather(numbers.arg_sort()))


def _wide(
    rows: pl.DataFrame, name: str, places: tuple[str, ...], periods: tuple[str, ...]
) -> Floats:
    """(places, periods) of a column; 0 where the pair has no row."""
    table = np.zeros((len(places), len(periods)))
    table[_index(rows["place"], places), _index(rows["period"], periods)] = rows[name].to_numpy()
    return table


def _index(values: pl.Series, names: tuple[str, ...]) -> NDArray[np.int64]:
    where = {name: number for number, name in enumerate(names)}
    return np.array([where[value] for value in values], dtype=np.int64)


def _cautions(
    repeated: int, silent: int, rows: int, places: tuple[str, ...], periods: tuple[str, ...]
) -> tuple[Caution, ...]:
    told = (
        ("SIG-120", repeated),
        ("SIG-121", len(places) * len(periods) - rows),
        ("SIG-122", silent),
        ("SIG-123", _gaps(periods)),
    )
    return tuple(Caution(code, {"n": n}) for code, n in told if n)


def _gaps(periods: tuple[str, ...]) -> int:
    """Whole numbers missing between the first period and the last, where they are few."""
    if not all(period.lstrip("-").isdecimal() for period in periods):
        return 0
    missing = int(periods[-1]) - int(periods[0]) + 1 - len(periods)
    return missing if missing < len(periods) else 0
