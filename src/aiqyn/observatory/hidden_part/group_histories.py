"""Victims of the report's year by group and by the lists that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from aiqyn.disclosure import ALL
from aiqyn.standard import age_groups, coarse_age_group

COARSE: Mapping[str, str] = {age: coarse_age_group(age) for age in age_groups()}
SEXES = ("female", "male")
SEX_AGE = "sex_age"  # the profile's table of persons whose sex and age are both recorded


@dataclass(frozen=True, slots=True)
class Dimension:
    """What victims are told apart by.

    Attributes
    ----------
    recorded : the profile's table whose persons alone are told apart; None for all victims
    many : whether a person may stand under several codes
    """

    name: str
    recorded: str | None = None
    many: bool = False


# In the order in which they are cleared: where not all can be printed, the last goes first.
DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("sex", recorded=SEX_AGE),
    Dimension("age_group", recorded=SEX_AGE),
    Dimension("form_group", many=True),
    Dimension("region"),
)
BY_GROUPS = tuple(d.name for d in DIMENSIONS)


def group_histories(victims: pl.DataFrame, held: pl.DataFrame, year: int) -> pl.DataFrame:
    """How many victims of a group stand on just these lists; all of the dimension under ``_all``.

    Parameters
    ----------
    victims : `person_id`, `year`, `sex`, `age_group`, `form_group` (several), `region`
    held : `person_id`, `year`, `history`, as `person_histories` gives them

    Returns
    -------
    Table of `dimension`, `code`, `history`, `n`; sorted. Ages are those of children and adults.
    """
    own = victims.filter(year=year).join(
        held.filter(year=year).drop("year"), on="person_id", how="inner"
    )
    coarse = own.with_columns(pl.col("age_group").replace_strict(COARSE, default=None))
    known = coarse.filter(pl.col("sex").is_in(SEXES), pl.col("age_group").is_not_null())
    parts = [_counted(known if d.recorded else coarse, d) for d in DIMENSIONS]
    return pl.concat(parts).sort("dimension", "code", "history")


def _counted(persons: pl.DataFrame, dimension: Dimension) -> pl.DataFrame:
    code = pl.col(dimension.name).alias("code")
    each = persons.select("history", code)
    each = each.explode("code") if dimension.many else each
    everyone = persons.select("history", pl.lit(ALL).alias("code"))
    counted = pl.concat([everyone, each]).group_by("code", "history").len("n")
    return counted.select(
        pl.lit(dimension.name).alias("dimension"), "code", "history", pl.col("n").cast(pl.Int64)
    )
