"""Target groups of a country: who is recorded, and who lives where."""

from __future__ import annotations

import polars as pl

from aiqyn.disclosure import Cleared, Release, cleared_counts
from aiqyn.disclosure.cleared import PublishedCount
from aiqyn.observatory.folder import Observatory
from aiqyn.prevention.where_to_act import Groups
from aiqyn.standard import code_list

SEX_AGE = "victims_sex_age"
CHILDREN = "0-17"
GROUPS = {
    "women": ("female", "18+"),
    "men": ("male", "18+"),
    "girls": ("female", "0-17"),
    "boys": ("male", "0-17"),
}


def target_groups(
    observatory: Observatory, release: Cleared[Release]
) -> tuple[Groups, tuple[PublishedCount, ...]]:
    """Women, men, girls and boys: recorded in the years that print all four, and residents."""
    first, last = observatory.settings.years
    years = [
        [cleared_counts(release, SEX_AGE, year=y, sex=s, age_group=a) for s, a in GROUPS.values()]
        for y in range(first, last + 1)
    ]
    whole = [row for row in years if all(c.value is not None for c in row)]
    beneath = tuple(count for row in whole for count in row)
    if not whole:
        return Groups({}, {}), ()
    recorded = {
        group: float(sum(row[k].value or 0 for row in whole)) for k, group in enumerate(GROUPS)
    }
    return Groups(recorded, _residents(observatory, last)), beneath


def _residents(observatory: Observatory, year: int) -> dict[tuple[str, str], float]:
    file = observatory.reference / "population.csv"
    people = pl.read_csv(file).filter(pl.col("year") == year)
    if not {"sex", "age_group"} <= set(people.columns):
        return {}
    child = pl.col("age_group").is_in([*_children(), CHILDREN])
    told = people.with_columns(
        pl.when(child).then(pl.lit(CHILDREN)).otherwise(pl.lit("18+")).alias("a")
    )
    by = {
        (region, sex, age): n
        for region, sex, age, n in told.group_by("region", "sex", "a")
        .agg(pl.col("population").sum())
        .iter_rows()
    }
    areas = {region for region, _, _ in by}
    return {
        (area, group): float(by[area, sex, age])
        for area in areas
        for group, (sex, age) in GROUPS.items()
        if (area, sex, age) in by
    }


def _children() -> list[str]:
    ages = code_list("age_group")
    return [code for code in ages.codes() if ages.parent(code) == CHILDREN]
