"""Victims by the lists that hold them, year by year: the table that every estimate starts from."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

BESIDE = "none"  # a victim on no list that is used: met by a prosecutor alone, for one
JOIN = "+"


def person_histories(
    victims: pl.DataFrame, by_agency: Mapping[str, str], least: int
) -> pl.DataFrame:
    """The lists that hold each victim of each year.

    Parameters
    ----------
    victims : `person_id`, `year`, `lists` (agencies)
    by_agency : agency -> list; agencies that are not named have none
    least : persons of the year on a list for it to count as one

    Returns
    -------
    Table of `year`, `person_id`, `history` (lists joined by ``+``, or ``none``).
    """
    held = _held(victims, by_agency)
    sizes = held.group_by("year", "list").len()
    kept = held.join(sizes.filter(pl.col("len") >= least), on=["year", "list"], how="semi")
    joined = kept.group_by("year", "person_id").agg(
        pl.col("list").sort().str.join(JOIN).alias("history")
    )
    everyone = victims.select("year", "person_id")
    named = everyone.join(joined, on=["year", "person_id"], how="left")
    return named.with_columns(pl.col("history").fill_null(BESIDE))


def histories(victims: pl.DataFrame, by_agency: Mapping[str, str], least: int) -> pl.DataFrame:
    """How many victims of a year stand on just these lists; see `person_histories`.

    Returns
    -------
    Table of `year`, `history` (lists joined by ``+``, or ``none``), `n`; sorted.
    """
    return (
        person_histories(victims, by_agency, least)
        .group_by("year", "history")
        .agg(pl.len().cast(pl.Int64).alias("n"))
        .sort("year", "history")
    )


def lists_of_year(counted: pl.DataFrame, year: int) -> tuple[str, ...]:
    """The lists of a year, in order of their codes."""
    found = counted.filter(pl.col("year") == year, pl.col("history") != BESIDE)["history"]
    return tuple(sorted({name for history in found for name in history.split(JOIN)}))


def counts_of_year(counted: pl.DataFrame, year: int) -> dict[str, int]:
    """History -> persons of a year, those on no list left aside."""
    rows = counted.filter(pl.col("year") == year, pl.col("history") != BESIDE)
    return dict(rows.select("history", "n").iter_rows())


def _held(victims: pl.DataFrame, by_agency: Mapping[str, str]) -> pl.DataFrame:
    """One row a person and list."""
    names = pl.DataFrame(
        {"agency": list(by_agency), "list": list(by_agency.values())},
        schema={"agency": pl.String, "list": pl.String},
    )
    each = victims.select("year", "person_id", agency=pl.col("lists")).explode("agency")
    return each.join(names, on="agency").select("year", "person_id", "list").unique()
