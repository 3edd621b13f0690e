"""Persons from records by the code that the referral mechanism gives, the same at every agency.

This is the plain first step: a record with a common code joins the other records with that code;
a record without one stands as a person of its own. The truth then lies between two bounds that
need no model: `fewest` persons, if every record without a code belongs to somebody already counted
on another list, and `most`, if none does. Linkage by names and its measured error come later and
narrow them.
"""

from __future__ import annotations

import polars as pl

ABSENT = "none"
FIRST_KNOWN = (
    "sex",
    "age",
    "age_group",
    "citizenship",
    "country_of_birth",
    "region",
    "region_origin",
    "region_exploitation",
    "country_exploitation",
    "sector",
    "recruitment",
    "relation",
    "detected_by",
)
UNITED = ("acts", "means", "forms", "control")
EARLIEST = ("date_detected", "date_recognised", "date_assisted")
LADDER = ("presumed", "detected", "identified", "recognised", "assisted")
UNKNOWN = "unknown"


def persons(victims: pl.DataFrame) -> pl.DataFrame:
    """One row a person, in order of `person_id`.

    Parameters
    ----------
    victims : the standard's table, one row a record; `person_code` may be null.

    Returns
    -------
    Table with `person_id`, `coded` (has a common code), `year` (of first detection), `lists`
    (agencies, sorted), `records`, `source_ids`, and the person's fields: of a single-valued field
    the first known value in order of detection, of a list field the union of what was recorded
    (``["none"]`` only where every record that says anything says so).

    Notes
    -----
    A record that was found not to concern a victim (`status` ``not_victim``) is left out.
    """
    records = (
        victims.filter(pl.col("status").fill_null(UNKNOWN) != "not_victim")
        .with_columns(coded=pl.col("person_code").is_not_null())
        .with_columns(person_id=pl.coalesce("person_code", "source_id"))
        .sort("person_id", "date_detected", "source_id", nulls_last=True)
    )
    merged = records.group_by("person_id", maintain_order=True).agg(
        pl.col("coded").first(),
        pl.col("year").drop_nulls().min(),
        pl.col("agency").unique().sort().alias("lists"),
        pl.len().cast(pl.UInt32).alias("records"),
        pl.col("source_id").sort().alias("source_ids"),
        _highest_status(records).alias("status"),
        *(_first_known(name) for name in FIRST_KNOWN if name in records.columns),
        *(pl.col(name).min() for name in EARLIEST if name in records.columns),
        *(_recorded(name) for name in UNITED if name in records.columns),
    )
    return merged.with_columns(_united(name) for name in UNITED if name in merged.columns)


def _first_known(name: str) -> pl.Expr:
    known = pl.col(name).filter(pl.col(name).cast(pl.String) != UNKNOWN).drop_nulls()
    return known.first().alias(name)


def _highest_status(records: pl.DataFrame) -> pl.Expr:
    steps = {step: place for place, step in enumerate(LADDER)}
    place = pl.col("status").replace_strict(steps, default=0, return_dtype=pl.Int8).max()
    names = {place: step for step, place in steps.items()}
    return place.replace_strict(names, return_dtype=pl.String)


def _recorded(name: str) -> pl.Expr:
    """Every code that one of the person's records holds, once, sorted."""
    return pl.col(name).explode().drop_nulls().unique().sort()


def _united(name: str) -> pl.Expr:
    """Null where nothing was recorded; "none" gives way to any recorded presence."""
    found = pl.col(name)
    several = found.list.len() > 1
    present = pl.when(several).then(found.list.filter(pl.element() != ABSENT)).otherwise(found)
    return pl.when(found.list.len() > 0).then(present).alias(name)
