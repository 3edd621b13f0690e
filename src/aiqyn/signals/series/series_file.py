"""A file of count series: columns `t,year,period[,date]`, then one column a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.errors import InputRefused
from aiqyn.signals.series.judged import Caution, Floats
from aiqyn.signals.series.periods_in_order import in_order
from aiqyn.signals.series.reference_periods import Calendar

TIME = ("t", "year", "period", "date")
MONTHS, WEEKS, DAYS = 12, 52, 365
EMPTY = ("", "NA", "NaN", "NULL", "null")


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Counts of units by period, without gaps in the calendar.

    Attributes
    ----------
    units : names of the columns
    counts : (periods, units); NaN where not known
    calendar : of the periods
    first_period : the number of the first period in its year
    cautions : what was mended, and which units are silent, young or gone
    """

    units: tuple[str, ...]
    counts: Floats
    calendar: Calendar
    first_period: int
    cautions: tuple[Caution, ...] = ()


def read_series(path: Path, freq: int | None = None, today: date | None = None) -> SeriesTable:
    """The table of a CSV file.

    Parameters
    ----------
    path : the file
    freq : periods a year; None takes it from the file
    today : periods that begin after it are told; None asks nothing of them

    Raises
    ------
    InputRefused: not readable (SIG-001), columns missing (SIG-002), a cell that is no number or a
    count under 0 (SIG-003), one period twice with different counts (SIG-004), periods that cannot
    be put in order (SIG-005).
    """
    raw = _raw(path)
    units = tuple(name for name in raw.columns if name not in TIME)
    lacking = [name for name in ("year", "period") if name not in raw.columns]
    if lacking or not units or not raw.height:
        raise InputRefused("SIG-002", file=path.name, columns=", ".join(lacking or ["…"]))
    freq = freq or _freq(raw, path)
    ordered, cautions = in_order(_numbers(raw, units, path), units, freq)
    counts = ordered.select(units).to_numpy().astype(np.float64)
    dates = tuple(ordered["date"].to_list()) if "date" in ordered.columns else None
    return SeriesTable(
        units,
        counts,
        Calendar(counts.shape[0], freq, dates),
        int(ordered["period"][0]),
        (*cautions, *_about_units(counts), *_ahead(ordered, today)),
    )


def _raw(path: Path) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError, UnicodeDecodeError) as why:
        raise InputRefused("SIG-001", file=path.name) from why


def _numbers(raw: pl.DataFrame, units: tuple[str, ...], path: Path) -> pl.DataFrame:
    """The table with its types; empty and NA counts are null."""
    given = raw.with_columns(pl.all().str.strip_chars().replace(dict.fromkeys(EMPTY)))
    types = {name: _read_as(name, units) for name in raw.columns}
    read = given.with_columns(types.values())
    for name in raw.columns:
        odd = given[name].is_not_null() & read[name].is_null()
        if name in units:
            odd |= (~read[name].is_finite() | (read[name] < 0)).fill_null(value=False)
        elif name != "t":
            odd |= given[name].is_null()
        if odd.any():
            row = int(odd.arg_true()[0]) + 2  # the heading is the first
            raise InputRefused("SIG-003", file=path.name, row=row, column=name)
    return read


def _read_as(name: str, units: tuple[str, ...]) -> pl.Expr:
    """How a column's text is read; what cannot be is null."""
    if name == "date":
        return pl.col(name).str.to_date(strict=False)
    return pl.col(name).cast(pl.Float64 if name in units else pl.Int64, strict=False)


def _freq(raw: pl.DataFrame, path: Path) -> int:
    """Periods a year: from the dates' distance, or else from the highest number of a period."""
    if "date" in raw.columns:
        days = raw["date"].str.strip_chars().str.to_date(strict=False).drop_nulls().sort()
        apart = days.unique(maintain_order=True).diff().drop_nulls().dt.total_days().median()
        if isinstance(apart, float):
            return DAYS if apart < 4 else WEEKS if apart < 20 else MONTHS
    highest = raw["period"].str.strip_chars().cast(pl.Int64, strict=False).max()
    if not isinstance(highest, int):
        raise InputRefused("SIG-003", file=path.name, row=2, column="period")
    return MONTHS if highest <= 12 else WEEKS if highest <= 53 else DAYS


def _ahead(table: pl.DataFrame, today: date | None) -> tuple[Caution, ...]:
    """A caution on periods that cannot have been: by their date, or else by their year."""
    if today is None:
        return ()
    dated = "date" in table.columns
    later = table["date"] > today if dated else table["year"] > today.year
    return (Caution("SIG-211", {"n": int(later.sum())}),) if later.any() else ()


def _about_units(counts: Floats) -> tuple[Caution, ...]:
    """Cautions on units without a case, and on those known for a part of the time only."""
    known = ~np.isnan(counts)
    silent = int((known.any(axis=0) & ~(np.nan_to_num(counts) > 0).any(axis=0)).sum())
    young = int((~known[0] & known.any(axis=0)).sum())
    gone = int((~known[-1] & known.any(axis=0)).sum())
    never = int((~known.any(axis=0)).sum())
    told = (("SIG-107", silent), ("SIG-108", young), ("SIG-109", gone), ("SIG-110", never))
    return tuple(Caution(code, {"n": n}) for code, n in told if n)
