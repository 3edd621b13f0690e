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
    keys = list(by) or [pl.lit("_all").alias("_all")]
    whole = persons.group_by(keys).agg(
        pl.len().alias("n"),
        pl.col("coded").sum().alias("with_code"),
        (~pl.col("coded")).sum().alias("uncoded"),
    )
    names = [key if isinstance(key, str) else "_all" for key in keys]
    longest = (
        persons.with_columns(*(key for key in keys if not isinstance(key, str)))
        .explode("lists")
        .group_by([*names, "lists"])
        .agg(pl.len().alias("on_list"))
        .group_by(names)
        .agg(pl.col("on_list").max().alias("longest"))
    )
    counted = whole.join(longest, on=names, how="left", nulls_equal=True).select(
        *names,
        pl.col("n").cast(pl.Int64),
        pl.max_horizontal("with_code", "longest").cast(pl.Int64).alias("low"),
        pl.col("n").cast(pl.Int64).alias("high"),
        pl.col("uncoded").cast(pl.Int64),
    )
    return counted.sort(names) if by else counted.drop("_all")
