from __future__ import annotations

import math

import polars as pl
import pytest

from aiqyn.standard import age_group, age_group_of, age_groups, coarse_age_group


@pytest.mark.parametrize(
    ("years", "group"),
    [
        (0, "0-5"),
        (5, "0-5"),
        (6, "6-11"),
        (14, "12-14"),
        (17, "15-17"),
        (17.9, "15-17"),
        (18, "18-24"),
        (45, "45+"),
        (101, "45+"),
        (None, "unknown"),
        (math.nan, "unknown"),
        (-1, "unknown"),
    ],
)
def test_an_age_falls_into_its_group(years: float | None, group: str) -> None:
    assert age_group(years) == group


def test_the_groups_part_all_ages_without_gap_or_overlap() -> None:
    ages = list(range(121))
    frame = pl.DataFrame({"age": [*ages, None]})
    grouped = frame.select(age_group_of(pl.col("age"))).to_series().to_list()
    assert grouped == [age_group(age) for age in [*ages, None]]
    assert list(dict.fromkeys(grouped)) == [*age_groups(), "unknown"]


def test_everyone_under_eighteen_is_a_child_and_nobody_else() -> None:
    for age in range(121):
        assert coarse_age_group(age_group(age)) == ("0-17" if age < 18 else "18+")
    assert coarse_age_group("unknown") == "unknown"
