"""Estimates as rows of tables: what a chart of dots and intervals draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from aiqyn.estimates import Estimate

LINES = {
    "year": pl.Int64,
    "code": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "low80": pl.Float64,
    "high80": pl.Float64,
    "refused": pl.String,
    "main": pl.Boolean,
    "share": pl.Float64,
}
Row = Mapping[str, Any]  # Any: a column of LINES
NO_ESTIMATE = "EST-030"  # a part that cannot be estimated at all


def line(year: int, code: str, found: Estimate | None, *, main: bool = False) -> Row:
    """An estimate with its intervals, or the code of its refusal."""
    if found is None or found.refusal is not None:
        refused = found.refusal.code if found and found.refusal else NO_ESTIMATE
        return {"year": year, "code": code, "refused": refused, "main": main}
    wide, narrow = found.interval(0.95), found.interval(0.8)
    return {
        "year": year,
        "code": code,
        "value": found.total,
        "low": wide and wide.low,
        "high": wide and wide.high,
        "low80": narrow and narrow.low,
        "high80": narrow and narrow.high,
        "main": main,
    }


def table_of_lines(rows: Iterable[Row]) -> pl.DataFrame:
    """Rows with every column, in the order in which they were given."""
    return pl.DataFrame(list(rows), schema=LINES).with_columns(pl.col("main").fill_null(False))
