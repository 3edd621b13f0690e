"""Age groups: from years to the group, and from the group to child or adult."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aiqyn.standard.code_lists import UNKNOWN, code_list

if TYPE_CHECKING:
    import polars as pl

CHILD = "0-17"
ADULT = "18+"


@cache
def age_groups() -> tuple[str, ...]:
    """The groups that part all ages, the youngest first."""
    return code_list("age_group").leaves()


def age_group(years: float | None) -> str:
    """The group of an age in completed years; ``unknown`` where it is not recorded."""
    if years is None or years != years or years < 0:
        return UNKNOWN
    return next(group for group in reversed(age_groups()) if years >= _low(group))


def coarse_age_group(group: str) -> str:
    """``0-17`` or ``18+``; ``unknown`` stays so."""
    return code_list("age_group").value(group, "coarse") or UNKNOWN


def age_group_of(years: pl.Expr) -> pl.Expr:
    """The group of a column of ages in completed years; ``unknown`` where null or below 0."""
    import polars as pl

    grouped = pl.lit(UNKNOWN)
    for group in age_groups():
        grouped = pl.when(years >= _low(group)).then(pl.lit(group)).otherwise(grouped)
    return grouped


def _low(group: str) -> int:
    return int(code_list("age_group").value(group, "low") or 0)
