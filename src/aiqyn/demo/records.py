"""What each list writes down about those it noticed: incomplete, late, with codes of its own.

A record is a copy of the truth with losses. A fact that was never asked is null (not recorded); a
fact asked and absent stays ``["none"]``. The record reaches the observatory after a delay; what has
not come by the closing day is not in the files, though it is in ``truth/records.parquet``.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from aiqyn.demo.draws import Bools, Ints, Rng, days
from aiqyn.demo.tables import column, lists, rows, truth

SILENT_REGION = "XSA-12"  # sent no report for the last year
_FACTS = ("acts", "means", "forms", "recruitment", "control", "sector", "relation")
_ABOUT = ("citizenship", "age", "sex", "region_origin")
_SETS = ("acts", "means", "control")
_DETECTED_BY = {
    "police": "police",
    "prosecutors": "prosecutor",
    "courts": "court",
    "labour": "labour_inspectorate",
    "border": "border",
    "shelter": "crisis_centre",
    "hotline": "hotline",
    "iom": "iom",
}


def write_down(
    rng: Rng, persons: pl.DataFrame, noticed: pl.DataFrame, last_year: int, closing: date
) -> pl.DataFrame:
    """One row a record, as the list holds it.

    Returns
    -------
    Every column of the standard's victims that a list may know, and ``person``, ``list``,
    ``led_by``, ``sent`` (whether the record arrived by `closing`; Ghazhapsu sent none for the last
    year); sorted by list, date and person.
    Detections after `last_year` are left out altogether.
    """
    known = noticed.filter(pl.col("date_detected").dt.year() <= last_year)
    found = known.join(persons.drop("year", "group", "form_group"), on="person", how="left")
    found = found.sort("list", "date_detected", "person")
    found = found.with_columns(_codes(rng, found), *_dates(rng, found))
    silent = (pl.col("region") == SILENT_REGION) & (pl.col("date_detected").dt.year() == last_year)
    arrived = (pl.col("date_reported") <= closing) & ~silent
    found = found.with_columns(arrived.alias("sent"), _status(rng, found))
    return _lose(rng, found).with_columns(_record_id())


def _codes(rng: Rng, found: pl.DataFrame) -> pl.Series:
    """The referral mechanism's code of the person: the same at every agency, or not given."""
    place = _list_of(found)
    share = np.array([float(s) for s in column("lists", "code_share")])[place]
    several = found.select(pl.len().over("person") > 1).to_series().to_numpy()
    given = rng.random(found.height) < np.where(several, np.sqrt(share), share - 0.06)
    number = (found["person"].to_numpy().astype(np.int64) * 7919 + 104729) % 9_999_991
    code = pl.Series(number).cast(pl.String).str.zfill(7)
    codes: pl.Series = pl.select(
        pl.when(pl.Series(given)).then(pl.concat_str(pl.lit("R-"), code)).alias("person_code")
    ).to_series()
    return codes


def _list_of(found: pl.DataFrame) -> Ints:
    return found["list"].cast(pl.Enum(lists())).to_physical().to_numpy().astype(np.int64)


def _dates(rng: Rng, found: pl.DataFrame) -> tuple[pl.Expr, ...]:
    """When the record was sent on, and when the person was recognised and first helped."""
    place, n = _list_of(found), found.height
    median = np.array([float(s) for s in column("lists", "delay_days")])[place]
    sigma = np.array([float(s) for s in column("lists", "delay_sigma")])[place]
    delay = np.rint(median * np.exp(sigma * rng.standard_normal(n))).astype(np.int64)
    helped = days(rng, truth()["assistance"]["days"], 1.0, n)
    helps = {"shelter": truth()["assistance"]["share_shelter"], "iom": 0.85, "labour": 0.2}
    chance = np.array([helps.get(name, 0.0) for name in lists()])[place]
    return (
        _later(delay, np.ones(n, dtype=bool)).alias("date_reported"),
        _later(helped, rng.random(n) < chance).alias("date_assisted"),
        pl.lit(_yes_no(rng.random(n) < 0.9)).alias("consent"),
    )


def _later(by: Ints, happens: Bools) -> pl.Expr:
    day = pl.col("date_detected") + pl.duration(days=pl.lit(pl.Series(by)))
    return pl.when(pl.Series(happens)).then(day)


def _yes_no(yes: Bools) -> pl.Series:
    return pl.Series(["no", "yes"]).gather(yes.astype(np.int64))


def _status(rng: Rng, found: pl.DataFrame) -> pl.Expr:
    sure = pl.Series(rng.random(found.height) < 0.8)
    helped = pl.col("date_assisted").is_not_null() & pl.col("list").is_in(["shelter", "iom"])
    return (
        pl.when(pl.col("list").is_in(["hotline", "border"]))
        .then(pl.lit("presumed"))
        .when(pl.col("list").is_in(["prosecutors", "courts"]) & sure)
        .then(pl.lit("recognised"))
        .when(helped)
        .then(pl.lit("assisted"))
        .when(sure)
        .then(pl.lit("identified"))
        .otherwise(pl.lit("detected"))
        .alias("status")
    )


def _lose(rng: Rng, found: pl.DataFrame) -> pl.DataFrame:
    """Facts not written down, each list in its own measure."""
    told, factor = truth()["missing"], truth()["missing_factor"]
    careless = np.array([factor[name] for name in lists()])[_list_of(found)]
    kept = []
    for fact in (*_FACTS, *_ABOUT):
        there = pl.Series(rng.random(found.height) >= np.minimum(told[fact] * careless, 0.9))
        value = _fewer(rng, found[fact], told["one_of_several"]) if fact in _SETS else found[fact]
        kept.append(pl.when(there).then(value).alias(fact))
    by = pl.col("list").replace_strict(_DETECTED_BY, return_dtype=pl.String)
    return found.with_columns(*kept, by.alias("detected_by"))


def _fewer(rng: Rng, facts: pl.Series, share: float) -> pl.Series:
    """Of several facts the last may not be written down."""
    short = pl.Series(rng.random(len(facts)) < share) & (facts.list.len() > 1)
    length = pl.col("facts").list.len() - pl.col("short").cast(pl.UInt32)
    both = pl.DataFrame({"facts": facts, "short": short})
    return both.select(pl.col("facts").list.head(length).alias(facts.name)).to_series()


def _record_id() -> pl.Expr:
    """The list's own running number of the case, by year."""
    year = pl.col("date_detected").dt.year().cast(pl.String)
    number = pl.int_range(1, pl.len() + 1).over("list", pl.col("date_detected").dt.year())
    prefix = pl.col("list").replace_strict({r["list"]: r["case_mark"] for r in rows("lists")})
    return pl.concat_str(prefix, pl.lit("-"), year, pl.lit("-"), number).alias("record_id")
