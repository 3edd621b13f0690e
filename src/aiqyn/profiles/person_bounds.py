"""Counts of persons with the bounds that counting them leaves open.

Records without a common code may be somebody already counted, so a count of persons is an
interval: from the fewest to the most persons that the records allow. No chance is involved and no
level belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def person_counts(persons: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Persons by `by`, with the fewest and the most that the records allow.

    Parameters
    ----------
    persons : output of `linkage.persons`; one row a person (or a person × form).
    by : columns to count over; may be empty.

    Returns
    -------
    Table of `by`, `n` (records without a code as persons of their own), `low`, `high` (= `n`),
    `uncoded` (how many stand alone for want of a code); sorted by `by`.

    Notes
    -----
    ``low = max(coded persons, largest single list)``: a list holds each person once, so there are
    at least as many persons as its longest list has rows, and at least the persons with a code.
    """
    keys = list(by) or ["_all"]
    counted = persons if by else persons.with_columns(pl.lit("_all").alias("_all"))
    whole = counted.group_by(keys).agg(
        pl.len().cast(pl.Int64).alias("n"),
        pl.col("coded").sum().cast(pl.Int64).alias("with_code"),
        (~pl.col("coded")).sum().cast(pl.Int64).alias("uncoded"),
    )
    bounded = whole.join(_longest_list(counted, keys), on=keys, how="left", nulls_equal=True)
    result = bounded.select(
        *keys,
        "n",
        pl.max_horizontal("with_code", "longest").alias("low"),
        pl.col("n").alias("high"),
        "uncoded",
    ).sort(keys)
    return result if by else result.drop("_all")


def _longest_list(persons: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    on_lists = persons.select(*keys, "lists").explode("lists").group_by([*keys, "lists"]).len()
    return on_lists.group_by(keys).agg(pl.col("len").max().cast(pl.Int64).alias("longest"))
