"""The accused: cases opened by the police, those who did it, and how far each came.

Stages follow one another with waiting times; who is still on the way on the closing day is
censored: the truth knows the later dates, the agencies' files do not.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Floats, Ints, Rng, choose, choose_alike, dates, days, words_of
from aiqyn.demo.tables import truth

_PATH = ("suspect", "prosecuted", "defendant")
_AGES = ((14, 18), (18, 25), (25, 35), (35, 45), (45, 66))
_GROUPED = ("gang", "transnational", "licensed_agency")


def open_cases(rng: Rng, records: pl.DataFrame) -> pl.DataFrame:
    """Which case each police record belongs to: neighbours in time, place and form.

    Returns
    -------
    One row a police record: ``person``, ``case`` (0, 1, …), ``region``, ``form``, ``child``,
    ``date_registered``; sorted by case.
    """
    police = records.filter(pl.col("list") == "police").with_columns(
        pl.col("forms").list.first().fill_null("none").alias("form"),
        pl.col("date_detected").dt.truncate("1q").alias("quarter"),
    )
    police = police.sort("quarter", "region", "form", "date_detected", "person")
    new = police.select(
        (
            pl.struct("quarter", "region", "form")
            != pl.struct("quarter", "region", "form").shift(1)
        ).fill_null(True)
    ).to_series()
    more = pl.Series(rng.random(police.height) < 1 / truth()["accused"]["victims_per_case"])
    return police.select(
        "person",
        ((new | more).cum_sum().cast(pl.Int64) - 1).alias("case"),
        "region",
        "form",
        (pl.col("age") < 18).fill_null(False).alias("child"),
        pl.col("date_detected").alias("date_registered"),
    )


def draw_accused(rng: Rng, cases: pl.DataFrame) -> pl.DataFrame:
    """Everybody accused, one row a person, with the true date of every stage (null: not reached).

    Columns: ``accused``, ``case``, ``accused_code``, ``sex``, ``age``, ``citizenship``, ``role``,
    ``trafficker_kind``, ``article``, ``group_code``, ``region``, ``date_registered``,
    ``date_suspect``, ``date_prosecuted``, ``date_defendant``, ``date_convicted``,
    ``date_acquitted``, ``date_terminated``.
    """
    told = truth()["accused"]
    one = cases.group_by("case", maintain_order=True).agg(
        pl.col("region", "form").first(),
        pl.col("child").any(),
        pl.col("date_registered").min(),
    )
    per_case = 1 + rng.poisson(told["per_case"], one.height)
    each = one[np.repeat(np.arange(one.height), per_case)]
    n = each.height
    kind = _kind(rng, one.height)[np.repeat(np.arange(one.height), per_case)]
    kinds = tuple(truth()["trafficker_kind"])
    minor = rng.random(n) < told["child"]
    return pl.DataFrame(
        {
            "accused": np.arange(n, dtype=np.uint32),
            "case": each["case"],
            "accused_code": _codes(n),
            "sex": words_of((rng.random(n) < told["women"]).astype(np.int64), ("male", "female")),
            "age": _ages(rng, minor),
            "citizenship": words_of(
                (rng.random(n) < told["foreigner"]).astype(np.int64), ("XSA", "XMO")
            ),
            "role": words_of(choose_alike(rng, told["roles"], n), tuple(told["roles"])),
            "trafficker_kind": words_of(kind, kinds),
            "article": _article(rng, each),
            "group_code": _group(each, words_of(kind, kinds)),
            "region": each["region"],
            "date_registered": each["date_registered"],
            **_stages(rng, each),
        }
    )


def _kind(rng: Rng, n: int) -> Ints:
    return choose_alike(rng, truth()["trafficker_kind"], n)


def _codes(n: int) -> pl.Series:
    serial = (np.arange(n, dtype=np.int64) * 6151 + 389) % 999_983
    return "A-" + pl.Series(serial).cast(pl.String).str.zfill(6)


def _ages(rng: Rng, minor: Bools) -> pl.Series:
    adult: Floats = np.array([[0.0, 0.22, 0.36, 0.26, 0.16]])
    band = np.where(minor, 0, choose(rng, adult, np.zeros(len(minor), dtype=np.int64)))
    low, high = (np.array([ages[end] for ages in _AGES])[band] for end in (0, 1))
    return pl.Series((low + rng.random(len(minor)) * (high - low)).astype(np.int16))


def _article(rng: Rng, each: pl.DataFrame) -> pl.Series:
    """The article of Samal's code, numbered as in Kazakhstan: 128, minors 135, organs 116."""
    brothel = pl.Series(rng.random(each.height) < 0.3)
    sexual = pl.col("form").is_in(["forced_prostitution", "other_sexual", "online_sexual"])
    return each.select(
        pl.when(pl.col("form") == "organ_removal")
        .then(pl.lit("116"))
        .when(pl.col("child") & sexual & brothel)
        .then(pl.lit("134"))
        .when("child")
        .then(pl.lit("135"))
        .when(sexual & brothel)
        .then(pl.lit("308"))
        .otherwise(pl.lit("128"))
        .alias("article")
    ).to_series()


def _group(each: pl.DataFrame, kind: pl.Series) -> pl.Series:
    """Some cases of gangs and firms belong to one group, known by its region and kind."""
    frame = each.with_columns(kind.alias("kind"))
    code = pl.concat_str(
        pl.lit("G-"), pl.col("region").str.slice(4), pl.lit("-"), (pl.col("case") % 17)
    )
    grouped = pl.col("kind").is_in(_GROUPED)
    return frame.select(pl.when(grouped).then(code).alias("group_code")).to_series()


def _stages(rng: Rng, each: pl.DataFrame) -> dict[str, pl.Series]:
    told, n = truth()["accused"], each.height
    day = each["date_registered"].to_physical().to_numpy().astype(np.int64)
    there = np.ones(n, dtype=bool)
    found = {}
    for step in _PATH:
        reached = there & (rng.random(n) < told[step])
        day = day + days(rng, told[f"{step}_days"], told["sigma"], n)
        found[f"date_{step}"] = _when(day, reached)
        there = reached
    end = day + days(rng, told["verdict_days"], told["sigma"], n)
    fate = rng.random(n)
    convicted, acquitted = told["convicted"], told["convicted"] + told["acquitted"]
    found["date_convicted"] = _when(end, there & (fate < convicted))
    found["date_acquitted"] = _when(end, there & (fate >= convicted) & (fate < acquitted))
    left = ~there | (fate >= acquitted)
    found["date_terminated"] = _when(end, left & (rng.random(n) < 0.5))
    return found


def _when(day: Ints, happens: Bools) -> pl.Series:
    frame = pl.DataFrame({"day": dates(day), "happens": happens})
    return frame.select(pl.when("happens").then("day")).to_series()


def stages_reached(accused: pl.DataFrame) -> pl.DataFrame:
    """One row an accused person and stage: ``accused``, ``stage``, ``date_stage``; by date."""
    steps = [c for c in accused.columns if c.startswith("date_")]
    long = accused.select("accused", *steps).unpivot(
        index="accused", variable_name="stage", value_name="date_stage"
    )
    named = long.drop_nulls("date_stage").with_columns(pl.col("stage").str.strip_prefix("date_"))
    return named.sort("date_stage", "accused", "stage")


def victims_of(cases: pl.DataFrame) -> pl.DataFrame:
    """The victims of each case: ``case``, ``victims`` (list of person)."""
    return cases.group_by("case", maintain_order=True).agg(pl.col("person").alias("victims"))
