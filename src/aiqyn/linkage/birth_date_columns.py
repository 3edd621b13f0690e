"""Dates of birth of records, in parts: each distinct cell is read once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from aiqyn.linkage.birth_dates import BORN, BirthDate, birth_date

COLUMNS: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "dob_date": pl.Date,
    "dob_year": pl.Int32,
    "dob_month": pl.Int32,
    "dob_day": pl.Int32,
    "dob_precision": pl.String,
    "dob_swapped": pl.Date,
    "dob_year_low": pl.Int32,
    "dob_year_high": pl.Int32,
    "dob_impossible": pl.Boolean,
}


def with_birth_dates(records: pl.DataFrame) -> pl.DataFrame:
    """The records with their dates of birth in parts.

    Parameters
    ----------
    records : any of `dob`, `dob_precision`; where both `age` (completed years) and `age_on` (date)
        stand and no date does, the years of birth come from them

    Returns
    -------
    `dob_date` (day known), `dob_year, dob_month, dob_day`, `dob_precision`, `dob_swapped` (the date
    with day and month exchanged), `dob_year_low, dob_year_high`, `dob_impossible`; all may be null.
    """
    asked = ("dob", "dob_precision")
    empty = pl.Series([None] * records.height, dtype=pl.String)
    cells = pl.DataFrame(
        {n: (records[n] if n in records.columns else empty).cast(pl.String) for n in asked}
    )
    distinct = cells.unique()
    read = [_row(birth_date(text, precision)) for text, precision in distinct.iter_rows()]
    values = pl.DataFrame(read, schema=dict(COLUMNS), orient="row")
    keys = distinct.rename({n: f"{n}:text" for n in asked})
    joined = cells.rename({n: f"{n}:text" for n in asked}).join(
        keys.hstack(values),
        on=[f"{n}:text" for n in asked],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    whole = records.drop(list(COLUMNS), strict=False).hstack(joined.select(list(COLUMNS)))
    return _from_ages(whole) if {"age", "age_on"} <= set(records.columns) else whole


def _row(found: BirthDate) -> tuple[object, ...]:
    low, high = found.years or (None, None)
    return (
        found.full,
        found.year,
        found.month,
        found.day,
        found.precision,
        found.swapped,
        low,
        high,
        found.impossible if found.precision else None,
    )


def _from_ages(records: pl.DataFrame) -> pl.DataFrame:
    """Years of birth from an age on a day, where no date tells them."""
    age = pl.col("age").cast(pl.Float64, strict=False).cast(pl.Int32, strict=False)
    on = pl.col("age_on").cast(pl.String).str.to_date("%Y-%m-%d", strict=False)
    high = on.dt.year() - age
    told = pl.col("dob_year").is_null() & high.is_in(list(BORN))
    return records.with_columns(
        pl.when(told).then(high - 1).otherwise("dob_year_low").alias("dob_year_low"),
        pl.when(told).then(high).otherwise("dob_year_high").alias("dob_year_high"),
        pl.when(told).then(pl.lit("estimated")).otherwise("dob_precision").alias("dob_precision"),
    )
