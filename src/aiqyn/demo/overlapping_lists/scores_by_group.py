"""Scores of a linkage by list, script, sex and age group of the records."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from aiqyn.demo.overlapping_lists.scores import together
from aiqyn.demo.overlapping_lists.true_persons import Truth
from aiqyn.standard.ages import age_group_of

GROUPS = ("list", "script", "sex", "age_group")


def scores_by(
    truth: Truth,
    found: pl.DataFrame,
    *,
    by: Sequence[str] = GROUPS,
    person_id: str = "person_id",
) -> pl.DataFrame:
    """Precision and recall of the pairs that records of a group take part in.

    Parameters
    ----------
    found : ``list, record_id`` and `person_id`, one row a record
    by : columns of ``truth.records``, ``sex`` (true), ``age_group`` (true)

    Returns
    -------
    ``by, group, records, precision, recall, f1, exact``; ``exact`` is the share of the group's
    records whose person was found exactly.

    Notes
    -----
    A pair counts once for each of its two records, so a pair across two groups counts half in each.
    """
    named = truth.records.with_columns(
        pl.when("woman").then(pl.lit("female")).otherwise(pl.lit("male")).alias("sex"),
        age_group_of(pl.col("age")).alias("age_group"),
    )
    met = together(named, found, person_id)
    return pl.concat(_by(met, column) for column in by)


def _by(met: pl.DataFrame, column: str) -> pl.DataFrame:
    shared, true, found = ((pl.col(f"n_{name}") - 1).sum() for name in ("shared", "true", "found"))
    same = (pl.col("n_shared") == pl.col("n_true")) & (pl.col("n_shared") == pl.col("n_found"))
    told = met.group_by(pl.col(column).alias("group")).agg(
        pl.len().alias("records"),
        _share(shared, found).alias("precision"),
        _share(shared, true).alias("recall"),
        _share(2 * shared, true + found).alias("f1"),
        same.mean().alias("exact"),
    )
    return told.sort("group").select(pl.lit(column).alias("by"), pl.all())


def _share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """The part of the whole; 1 of nothing, as for all records together."""
    return pl.when(whole > 0).then(part / whole).otherwise(1.0)
