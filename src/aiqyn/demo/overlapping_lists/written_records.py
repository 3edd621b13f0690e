"""A list's records as the list writes them, and the marks of what was done to each."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng
from aiqyn.demo.overlapping_lists.people import People
from aiqyn.demo.overlapping_lists.settings import Scheme, scheme, toml
from aiqyn.demo.overlapping_lists.written_dates import written_dates
from aiqyn.demo.overlapping_lists.written_names import written_names
from aiqyn.demo.tables import column

FIELDS = (
    "record_id", "given", "surname", "patronymic", "dob", "dob_precision", "sex", "citizenship",
    "region", "national_id",
)  # fmt: skip


def written_records(
    rng: Rng, people: People, numbers: pl.Series, who: Ints, name: str, how: Scheme
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records of the list `name` in a chance order.

    Parameters
    ----------
    numbers : the national number of each person
    who : the person of each record, shape (records,)

    Returns
    -------
    The list's columns `FIELDS`; and ``record_id, person`` with the marks.
    """
    who = rng.permutation(who)
    names, marks = written_names(rng, people, who, name, how)
    born = written_dates(rng, people.born[who], how)
    width = len(str(len(who)))
    ids = pl.Series("record_id", np.arange(1, len(who) + 1)).cast(pl.String).str.zfill(width)
    table = names.with_columns(ids, born["dob"], born["dob_precision"])
    table = table.with_columns(_others(rng, people, who, name, how))
    table = table.with_columns(_number(rng, numbers, who, name, how)).select(FIELDS)
    return table, marks.select(ids, pl.Series("person", who), pl.all()).with_columns(
        born["date_fate"]
    )


def _others(rng: Rng, people: People, who: Ints, name: str, how: Scheme) -> list[pl.Series]:
    """Sex, citizenship, region: some wrong, some missing."""
    told, n = toml("lists")["lists"][name], len(who)
    woman = people.woman[who] ^ (rng.random(n) < scheme(how)["other"]["sex_wrong"])
    elsewhere = rng.random(n) < told["region_other"]
    regions = column("regions", "code")
    region = np.where(elsewhere, rng.integers(0, len(regions), n), people.region[who])
    told_of = {
        "sex": (("male", "female"), woman.astype(np.int64)),
        "citizenship": (column("countries", "code"), people.citizenship[who]),
        "region": (regions, region),
    }
    return [
        _with_gaps(pl.Series(field, codes).gather(place), rng.random(n) < told[f"{field}_missing"])
        for field, (codes, place) in told_of.items()
    ]


def _with_gaps(values: pl.Series, gaps: Bools) -> pl.Series:
    frame = pl.DataFrame([values, pl.Series("gap", gaps)])
    return frame.select(pl.when(~pl.col("gap")).then(values.name).alias(values.name)).to_series()


def _number(rng: Rng, numbers: pl.Series, who: Ints, name: str, how: Scheme) -> pl.Series:
    """National numbers where the list holds them; a few with a digit mistyped."""
    n = len(who)
    held = rng.random(n) < toml("lists")["lists"][name]["national_number"]
    at = rng.integers(0, 12, n)
    frame = pl.DataFrame(
        {
            "number": _with_gaps(numbers.gather(who).alias("number"), ~held),
            "slip": rng.random(n) < scheme(how)["other"]["number_slip"],
            "at": at,
            "digit": rng.integers(0, 10, n),
        }
    )
    number, place = pl.col("number"), pl.col("at")
    wrong = pl.concat_str(
        number.str.slice(0, place), pl.col("digit").cast(pl.String), number.str.slice(place + 1)
    )
    return frame.select(
        pl.when("slip").then(wrong).otherwise(number).alias("national_id")
    ).to_series()
