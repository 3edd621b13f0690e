"""Victims of an observatory by region and year, with residents and the share detected."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.estimates.subgroups.estimation import by_stratum
from aiqyn.estimates.subgroups.stratified_table import UNKNOWN, StratifiedTable, strata_of_persons
from aiqyn.observatory.building import build, table
from aiqyn.observatory.folder import Observatory
from aiqyn.observatory.hidden_part.agency_lists import agency_lists
from aiqyn.observatory.reference_files import population, silent_regions
from aiqyn.observatory.stages import STAGES
from aiqyn.prevention.factors.measured import read_detection, with_detection

LEVEL, BOOT = 0.95, 200


def measured_by_area(observatory: Observatory) -> pl.DataFrame:
    """Counts by region and year; the columns of `prevention.factors.measured.MEASURED`.

    The share detected is that of ``reference/detection.csv``; without the file it is estimated from
    the overlap of the agencies' lists, region by region over all years, thin regions leaning on the
    others. Regions without an estimate have none.
    """
    build(observatory, STAGES)
    years = range(observatory.settings.years[0], observatory.settings.years[1] + 1)
    people = population(observatory).filter(pl.col("year").is_in(list(years)))
    counts = table(observatory, "profiles", "victims_region")
    measured = people.join(counts, on=["region", "year"], how="left").select(
        pl.col("region").alias("area"),
        pl.col("year").cast(pl.String).alias("period"),
        _persons(observatory, years).alias("persons"),
        pl.col("population").cast(pl.Float64),
        *(pl.lit(None, pl.Float64).alias(c) for c in ("detection", "low", "high")),
    )
    return with_detection(measured.sort("area", "period"), _detection(observatory))


def _persons(observatory: Observatory, years: Iterable[int]) -> pl.Expr:
    """Persons; a region from which nobody reported in the year is not known, which is not zero."""
    silent = [f"{area}:{y}" for y in years for area in silent_regions(observatory, y)]
    reported = ~pl.format("{}:{}", "region", "year").is_in(silent)
    return pl.when(reported).then(pl.col("n").fill_null(0).cast(pl.Float64))


def _detection(observatory: Observatory) -> pl.DataFrame:
    given = observatory.reference / "detection.csv"
    return read_detection(given) if given.is_file() else detection_by_region(observatory)


def detection_by_region(observatory: Observatory) -> pl.DataFrame:
    """Share of a region's persons who are on the agencies' lists, with its limits."""
    try:
        answer = by_stratum(lists_by_region(observatory), boot=BOOT)
    except AnswerRefused:
        return pl.DataFrame(schema=_SCHEMA)
    told = [
        (p.code, None, p.observed / p.estimate, p.observed / i.high, p.observed / i.low)
        for p in answer.parts
        if p.estimate is not None and p.code != UNKNOWN
        for i in p.intervals
        if i.level == LEVEL and i.low and i.high
    ]
    return pl.DataFrame(told, schema=_SCHEMA, orient="row")


def lists_by_region(observatory: Observatory) -> StratifiedTable:
    """Persons by region and by the lists that hold them, all years together."""
    settings = observatory.settings
    lists = agency_lists(
        observatory.agencies, settings.estimate.lists, settings.estimate.one_list
    ).by_agency
    listed = table(observatory, "profiles", "victims_listed")
    where = table(observatory, "linkage", "persons").select("person_id", "year", "region")
    each = listed.join(where, on=["person_id", "year"], how="left").explode("lists")
    own = each.filter(pl.col("lists").is_in(list(lists))).select(
        pl.format("{}:{}", "year", "person_id").alias("person"),
        pl.col("lists").replace_strict(lists).alias("agency"),
        "region",
    )
    return strata_of_persons(own, "region")


_SCHEMA = {
    "area": pl.String,
    "period": pl.String,
    "detection": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
