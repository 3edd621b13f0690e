"""After detection: recognition and the steps to compensation, help given, referrals made."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import Rng, days
from aiqyn.demo.tables import rows, truth

_STEPS = ("recognised", "indictment", "verdict", "civil_claim", "compensation")
_FAILED = ("pending", "agency_declined", "declined_help", "lost_contact")
_WRITER = {
    "recognised": "prosecutors",
    "indictment": "prosecutors",
    "verdict": "courts",
    "civil_claim": "courts",
    "compensation": "courts",
}


def justice_events(rng: Rng, records: pl.DataFrame) -> pl.DataFrame:
    """What became of each person whom the police recorded, to the end (nothing censored).

    Returns
    -------
    ``list`` (who writes it down), ``record_id`` (the police's), ``person``, ``person_code``,
    ``stage``, ``date``; sorted by list, date and person.
    """
    told = truth()["justice"]
    now = records.filter(pl.col("list") == "police").select(
        "record_id", "person", "person_code", "citizenship", pl.col("date_detected").alias("date")
    )
    found = []
    for step in _STEPS:
        share = pl.lit(told[step])
        if step == "recognised":
            foreign = pl.col("citizenship").fill_null("XSA") != "XSA"
            share = pl.when(foreign).then(told["recognised_foreigner"]).otherwise(share)
        draw = pl.Series("draw", rng.random(now.height))
        wait = pl.Series("wait", days(rng, told[f"{step}_days"], told["sigma"], now.height))
        later = (pl.col("date") + pl.duration(days=pl.col("wait"))).alias("date")
        now = now.with_columns(draw, wait).filter(pl.col("draw") < share).with_columns(later)
        found.append(
            now.select(
                pl.lit(_WRITER[step]).alias("list"),
                *("record_id", "person", "person_code"),
                pl.lit(step).alias("stage"),
                "date",
            )
        )
    return pl.concat(found).sort("list", "date", "person")


def recognised_on(events: pl.DataFrame) -> pl.DataFrame:
    """The day of recognition by person: ``person``, ``date_recognised``."""
    first = events.filter(pl.col("stage") == "recognised").sort("date")
    return first.unique("person", keep="first", maintain_order=True).select(
        "person", pl.col("date").alias("date_recognised")
    )


def help_given(rng: Rng, records: pl.DataFrame) -> pl.DataFrame:
    """Help by record: ``list``, ``record_id``, ``person_code``, ``assistance``, ``date``."""
    helped = records.filter(
        pl.col("date_assisted").is_not_null() & pl.col("list").is_in(["shelter", "iom"])
    )
    found = []
    for kind, share in truth()["assistance"]["kinds"].items():
        got = pl.Series(rng.random(helped.height) < share)
        lag = pl.Series(np.rint(rng.exponential(9, helped.height)).astype(np.int64))
        found.append(
            helped.filter(got).select(
                *("list", "record_id", "person", "person_code"),
                pl.lit(kind).alias("assistance"),
                (pl.col("date_assisted") + pl.duration(days=pl.lit(lag.filter(got)))).alias("date"),
            )
        )
    return pl.concat(found).sort("list", "date", "person", "assistance")


def referrals(rng: Rng, records: pl.DataFrame) -> pl.DataFrame:
    """Referrals that led to another list, and as many again that did not all succeed.

    Returns
    -------
    ``list`` (who referred), ``record_id``, ``person``, ``person_code``, ``to_list``, ``date``,
    ``outcome``; sorted by list, date and person.
    """
    own = records.select("list", "person", "record_id", "person_code", "date_detected")
    led = records.filter(pl.col("led_by").is_not_null()).select(
        "person", pl.col("led_by").alias("list"), pl.col("list").alias("to_list")
    )
    done = led.join(own, on=["list", "person"], how="inner").with_columns(
        pl.lit(_outcome(rng, led.height)).alias("outcome")
    )
    vain = [_in_vain(rng, own, told) for told in rows("referrals")]
    order = ["list", "record_id", "person", "person_code", "to_list", "date", "outcome"]
    told = pl.concat([done.select(pl.exclude("date")), *vain], how="diagonal")
    lag = pl.Series(rng.integers(0, 12, told.height))
    dated = told.with_columns(
        (pl.col("date_detected") + pl.duration(days=pl.lit(lag))).alias("date")
    )
    return dated.select(order).sort("list", "date", "person", "to_list")


def _in_vain(rng: Rng, own: pl.DataFrame, told: dict[str, str]) -> pl.DataFrame:
    known = own.filter(pl.col("list") == told["from_list"])
    on_target = own.filter(pl.col("list") == told["to_list"])["person"]
    tried = pl.Series(rng.random(known.height) < 0.5 * float(told["probability"]))
    lost = known.filter(tried & ~known["person"].is_in(on_target.implode()))
    outcome = rng.choice(_FAILED, lost.height, p=[0.3, 0.2, 0.25, 0.25])
    return lost.with_columns(
        pl.lit(told["to_list"]).alias("to_list"), pl.Series("outcome", outcome)
    )


def _outcome(rng: Rng, n: int) -> pl.Series:
    return pl.Series(rng.choice(["accepted", "help_given"], n, p=[0.6, 0.4]))
