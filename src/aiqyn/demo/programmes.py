"""Samal's register of programmes, and the estimates by which one of them is judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from aiqyn.demo.draws import Rng
from aiqyn.demo.tables import folder, rows

PLACE = "programmes"  # under reference/
ESTIMATES = "P-01_estimates.csv"
ERROR = 0.1  # standard deviation of the logarithm of an estimate
REACH = 1.959963984540054 * ERROR  # half a 95 % interval


def write_programmes(rng: Rng, reference: Path, people: pl.DataFrame) -> None:
    """Write ``reference/programmes/``: what is planned stands there, what is true in truth only.

    Parameters
    ----------
    people : the persons in truth; estimates are drawn round their numbers
    """
    place = reference / PLACE
    place.mkdir()
    for file in sorted(folder("demo", PLACE).iterdir(), key=lambda f: f.name):
        (place / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    estimates(rng, people).write_csv(place / ESTIMATES, float_precision=1)


def estimates(rng: Rng, people: pl.DataFrame) -> pl.DataFrame:
    """Adults in labour exploitation by region and half-year, as an estimate with its interval.

    By the borders of 2019: people of a region that was split off later count where it was before.
    """
    before = {row["code"]: row["before"] or row["code"] for row in rows("regions")}
    wanted = people.filter(
        pl.col("victim")
        & (pl.col("form_group") == "labour")
        & pl.col("group").is_in(["women", "men"])
    )
    wanted = wanted.with_columns(pl.col("region").replace(before))
    half = (pl.col("date_seen").dt.month() - 1) // 6 + 1
    name = pl.format("{}-H{}", pl.col("date_seen").dt.year(), half).alias("period")
    counted = wanted.group_by("region", name).len("n")
    periods = counted.select("period").unique().sort("period")
    every = pl.DataFrame({"region": sorted(set(before.values()))}).join(periods, how="cross")
    full = every.join(counted, on=("region", "period"), how="left").sort("region", "period")
    true = full["n"].fill_null(0).to_numpy().clip(1)
    drawn = np.log(true) + ERROR * rng.normal(size=len(true))
    ends = {"estimate": 0.0, "lo95": -REACH, "hi95": REACH}
    return full.select("region", "period").with_columns(
        pl.Series(heading, np.exp(drawn + by)) for heading, by in ends.items()
    )
