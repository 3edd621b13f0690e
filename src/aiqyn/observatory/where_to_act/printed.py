"""Counts that are printed, as the model of where to act takes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import polars as pl

from aiqyn.disclosure import Cleared, Release, cleared_counts
from aiqyn.disclosure.cleared import PublishedCount
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.reference_files import population, silent_regions
from aiqyn.prevention.factors.measured import MEASURED, read_detection, with_detection
from aiqyn.prevention.where_to_act.rules import load_rules

REGION = "victims_region"
HIDDEN, SILENT = "where.not_ranked.hidden", "where.not_ranked.silent"


@dataclass(frozen=True, slots=True)
class PrintedCounts:
    """Printed counts by area and period.

    Attributes
    ----------
    measured : columns of `MEASURED`
    beneath : the printed cells that they are
    not_ranked : area without any -> key of the reason
    """

    measured: pl.DataFrame
    beneath: tuple[PublishedCount, ...]
    not_ranked: Mapping[str, str]


def of_observatory(observatory: Observatory, release: Cleared[Release]) -> PrintedCounts:
    """Victims by region and year with residents and, if a survey gives it, the share detected."""
    first, last = observatory.settings.years
    people = population(observatory).filter(pl.col("year").is_between(first, last))
    empty = [pl.lit(None, pl.Float64).alias(c) for c in ("persons", "detection", "low", "high")]
    measured = people.select(
        pl.col("region").alias("area"),
        pl.col("year").cast(pl.String).alias("period"),
        pl.col("population").cast(pl.Float64),
        *empty,
    ).select(list(MEASURED))
    silent = {
        (area, str(year)) for year in range(first, last + 1)
        for area in silent_regions(observatory, year)
    }  # fmt: skip
    counts = printed(release, REGION, measured, ("region", "year"), silent)
    given = observatory.reference / "detection.csv"
    if not given.is_file():
        return counts
    return replace(counts, measured=with_detection(counts.measured, read_detection(given)))


def printed(
    release: Cleared[Release],
    name: str,
    measured: pl.DataFrame,
    dims: tuple[str, str],
    silent: Collection[tuple[str, str]] = (),
) -> PrintedCounts:
    """The counts that are printed; rows whose count is not go."""
    found: list[int | None] = []
    for area, period in measured.select("area", "period").iter_rows():
        count = _count(release, name, dict(zip(dims, (area, period), strict=True)))
        found.append(None if (area, period) in silent else count.value)
    rows = measured.with_columns(pl.Series("persons", found, dtype=pl.Float64))
    kept = _mostly_printed(rows).filter(pl.col("persons").is_not_null())
    gone = set(rows["area"]) - set(kept["area"])
    quiet = {area for area, _ in silent}
    beneath = tuple(PublishedCount(int(n), "shown") for n in kept["persons"])
    return PrintedCounts(kept, beneath, {a: SILENT if a in quiet else HIDDEN for a in sorted(gone)})


def _mostly_printed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of areas of which enough is printed: its zeros alone would say too little of it."""
    share = pl.col("persons").is_not_null().mean().over("area")
    return rows.filter(share >= load_rules().printed)


def _count(release: Cleared[Release], name: str, codes: Mapping[str, str]) -> PublishedCount:
    try:
        return cleared_counts(release, name, **codes)
    except KeyError:  # nobody was ever recorded in an area of that code
        return PublishedCount(0, "shown")
