"""Cells of the files of a scan: text, numbers, periods in order, places."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from aiqyn.errors import InputRefused
from aiqyn.signals.series.judged import Floats

AMOUNTS = ("cases", "population", "expected")
EMPTY = ("", "NA", "NaN", "NULL", "null")
NO_BEFORE_THE_RECORD = 2  # rows of a file are numbered from 1, and the heading is the first


def rows_of_amounts(file: Path, keys: tuple[str, ...]) -> tuple[pl.DataFrame, int]:
    """Rows of cases, each combination of keys once; and how many rows were repeated."""
    raw = read_text(file, (*keys, "cases"))
    rows = numbers_of(raw, [name for name in AMOUNTS if name in raw.columns], file, least=0)
    once = rows.unique(maintain_order=True)
    twice = once.filter(pl.struct(keys).is_duplicated())
    if twice.height:
        raise InputRefused("SIG-023", file=file.name, what=", ".join(twice.row(0)[: len(keys)]))
    return once, rows.height - once.height


def places_of(geo_file: Path, named: pl.Series) -> tuple[pl.DataFrame, int]:
    """The places that are named, in the order of their file; and how many others it has."""
    geo = read_places(geo_file)
    lost = named.filter(~named.is_in(geo["place"].to_list()))
    if lost.len():
        raise InputRefused("SIG-024", file=geo_file.name, place=lost[0], n=lost.n_unique())
    kept = geo.filter(pl.col("place").is_in(named.to_list()))
    return kept, geo.height - kept.height


def read_places(file: Path) -> pl.DataFrame:
    """Names and positions, each place once."""
    raw = read_text(file, ("place",))
    pair = position_columns(raw, file)
    rows = numbers_of(raw.select("place", *pair), pair, file, least=None)
    rows = rows.unique(maintain_order=True)
    twice = rows.filter(pl.col("place").is_duplicated())
    if twice.height:
        raise InputRefused("SIG-023", file=file.name, what=str(twice[0, "place"]))
    return rows


def position_columns(raw: pl.DataFrame, file: Path) -> list[str]:
    """Degrees where the file has them, else positions in a plane."""
    for pair in (["lon", "lat"], ["x", "y"]):
        if set(pair) <= set(raw.columns):
            return pair
    raise InputRefused("SIG-021", file=file.name, columns="lon, lat")


def read_text(file: Path, needed: tuple[str, ...], also: tuple[str, ...] = ()) -> pl.DataFrame:
    """The file as text: its needed columns first, then those known and those asked for."""
    try:
        raw = pl.read_csv(file, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as why:
        raise InputRefused("SIG-020", file=file.name) from why
    lacking = [name for name in needed if name not in raw.columns]
    if lacking or not raw.height:
        raise InputRefused("SIG-021", file=file.name, columns=", ".join(lacking or ["…"]))
    known = [name for name in (*AMOUNTS, "lon", "lat", "x", "y", *also) if name in raw.columns]
    wanted = list(dict.fromkeys((*needed, *known)))
    return raw.select(pl.col(wanted).str.strip_chars().replace(dict.fromkeys(EMPTY)))


def numbers_of(
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


def in_order(periods: pl.Series) -> tuple[str, ...]:
    """Periods by number where all are numbers, else as text (ISO dates sort as text)."""
    distinct = periods.unique()
    numbers = distinct.cast(pl.Float64, strict=False)
    return tuple(distinct.sort() if numbers.null_count() else distinct.gather(numbers.arg_sort()))


def wide(
    rows: pl.DataFrame, name: str, places: tuple[str, ...], periods: tuple[str, ...]
) -> Floats:
    """(places, periods) of a column; 0 where the pair has no row."""
    table = np.zeros((len(places), len(periods)))
    table[_index(rows["place"], places), _index(rows["period"], periods)] = rows[name].to_numpy()
    return table


def _index(values: pl.Series, names: tuple[str, ...]) -> NDArray[np.int64]:
    where = {name: number for number, name in enumerate(names)}
    return np.array([where[value] for value in values], dtype=np.int64)


def missing_between(periods: tuple[str, ...]) -> int:
    """Whole numbers missing between the first period and the last, where they are few."""
    if not all(period.lstrip("-").isdecimal() for period in periods):
        return 0
    missing = int(periods[-1]) - int(periods[0]) + 1 - len(periods)
    return missing if missing < len(periods) else 0
