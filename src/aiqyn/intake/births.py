"""The age from a date of birth, where a file gives no age. The date itself goes no further.

Whole years on the day of detection, else of the report. Who was born on 29 February is a year older
on 1 March of a common year: a child is not an adult a day too early.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from aiqyn.intake.cells import EXCEL_ZERO, SERIAL, TIME_TAIL, Fault
from aiqyn.intake.rows import ROW, CellFault, Findings, Rows

if TYPE_CHECKING:
    import polars as pl

OLDEST = 120  # years, as for a written age
DAYS = ("date_detected", "date_reported")
SERIALS = range(10_000, 80_001)  # 1927-05-18 … 2119-01-11
FULL = re.compile(  # year first or day first; a month before the day is never guessed at
    r"(?P<y>\d{4})([./ -])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"
    r"|(?P<d_2>\d{1,2})([./ -])(?P<m_2>\d{1,2})\6(?P<y_2>\d{4})"
)


def with_ages(
    table: pl.DataFrame, births: tuple[str, ...], rows: Rows, today: date, found: Findings
) -> pl.DataFrame:
    """The records with `age` told from the column of birth dates wherever it is not given.

    Parameters
    ----------
    births : spellings of the column's heading; with none the table stays as it is
    found : an impossible date is refused at its column, without its value; a date that is not full
        (a year alone) is counted and leaves the age open
    """
    import polars as pl

    if (name := rows.name(births)) is None:
        return table
    if "age" not in table.columns:
        table = table.with_columns(pl.lit(None, pl.Int64).alias("age"))
    texts = rows.frame[name].set(table["age"].is_not_null(), None)
    known = pl.coalesce(*(d for d in DAYS if d in table.columns), pl.lit(None, pl.Date))
    born = _dates(texts, rows, name, found)
    days = table.with_columns(known.alias("on")).select("on", born.alias("born"))
    ages = days.select(_years(pl.col("born"), pl.col("on")).alias("age")).to_series()
    late = days.select(pl.col("born") > pl.col("on")).to_series()
    unborn = days.select(pl.col("on").is_null() & (pl.col("born") > today)).to_series()
    slots: dict[str, object] = {"born": True, "low": 0, "high": OLDEST}
    _refuse(rows, name, late, Fault("INTAKE-024", slots), found)
    _refuse(rows, name, unborn, Fault("INTAKE-022", {"day": today}), found)
    _refuse(rows, name, ages > OLDEST, Fault("INTAKE-019", slots), found)
    return table.with_columns(pl.coalesce("age", ages).alias("age"))


def _dates(texts: pl.Series, rows: Rows, name: str, found: Findings) -> pl.Series:
    """The days; null where a text is none. Those that no calendar has are refused."""
    import polars as pl

    read = {text: _read(text) for text in texts.drop_nulls().unique().to_list()}
    days = {text: day for text, day in read.items() if isinstance(day, date)}
    for text, fault in read.items():
        if isinstance(fault, Fault):
            _refuse(rows, name, texts == text, fault, found)
    open_ones = [text for text, day in read.items() if day is None]
    found.births += int(texts.is_in(open_ones).sum()) if open_ones else 0
    return texts.replace_strict(days, default=None, return_dtype=pl.Date)


def _read(text: str) -> date | Fault | None:
    """A day; a fault where a full date is in no calendar; None where it is no full date."""
    if SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        return (EXCEL_ZERO + timedelta(days=int(float(text)))).date()
    match = FULL.fullmatch(TIME_TAIL.sub("", text))
    if match is None:
        return None
    year, month, day = (int(match[part] or match[f"{part}_2"]) for part in ("y", "m", "d"))
    if found := _day(year, month, day):
        return found
    partial = 0 in (month, day)
    return None if partial or _day(year, day, month) else Fault("INTAKE-021")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(born: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Completed years; null before the birth."""
    import polars as pl

    before = _of_year(on) < _of_year(born)
    years = on.dt.year().cast(pl.Int64) - born.dt.year() - before.cast(pl.Int64)
    return pl.when(born <= on).then(years)


def _of_year(day: pl.Expr) -> pl.Expr:
    """Month and day as one number: 229 is 29 February."""
    import polars as pl

    return day.dt.month().cast(pl.Int64) * 100 + day.dt.day()


def _refuse(rows: Rows, name: str, wrong: pl.Series, fault: Fault, found: Findings) -> None:
    """Note the rows, and not the value: it is a person's date of birth."""
    for row in rows.frame[ROW].filter(wrong.fill_null(False)).to_list():
        found.faults.append(CellFault(row, rows.shown(name), fault.code, fault.slots, None))
