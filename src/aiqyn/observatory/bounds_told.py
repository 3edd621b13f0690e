"""Fewest and most persons of a year, as the edition had them whose numbers are printed again.

Bounds are made from records. Those of a year that is printed as it stood would be made from what
has come since, and would say how many persons did; so every edition leaves its bounds with its
cleared tables, and the next one repeats them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from aiqyn.report import ClearedTable

BOUNDS = "bounds"  # in what a publication says of itself: year -> the fewest, the most
Told = Mapping[int, tuple[int, int]]


def bounds_printed(bounds: pl.DataFrame, totals: ClearedTable) -> dict[str, list[int]]:
    """The bounds of each year whose number of victims is printed, as ``cleared.json`` has them."""
    return {
        str(year): [int(low), int(high)]
        for year, low, high in bounds.select("year", "low", "high").sort("year").iter_rows()
        if totals.cell(year=year).value is not None
    }


def bounds_told(abouts: Sequence[Mapping[str, Any]]) -> Told:  # Any: what JSON holds
    """The bounds of each year as the last edition that has any printed them.

    Parameters
    ----------
    abouts : what each edition says of itself, the oldest first
    """
    found: dict[int, tuple[int, int]] = {}
    for about in abouts:
        for year, (low, high) in about.get(BOUNDS, {}).items():
            found[int(year)] = (int(low), int(high))
    return found


def bounds_as_told(bounds: pl.DataFrame, kept: Sequence[int], told: Told) -> pl.DataFrame:
    """`year`, `n`, `low`, `high`: of kept years as told; no row where no edition has told them."""
    again = [
        {"year": year, "n": told[year][1], "low": told[year][0], "high": told[year][1]}
        for year in kept
        if year in told
    ]
    own = bounds.filter(~pl.col("year").is_in(list(kept))).select("year", "n", "low", "high")
    return pl.concat([own, pl.DataFrame(again, schema=own.schema)]).sort("year")
