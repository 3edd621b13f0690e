"""The date of birth of each record as its list writes it, and how precise it says it is."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.demo.draws import Ints, Rng, choose_alike, dates
from aiqyn.demo.overlapping_lists.people import YEAR
from aiqyn.demo.overlapping_lists.settings import Scheme, scheme

_OFF = (-1, 1, -10, 10, -30, 30, -365, 365)  # days


def written_dates(rng: Rng, born: Ints, how: Scheme) -> pl.DataFrame:
    """Dates as ISO text, as long as they are known.

    Parameters
    ----------
    born : days since 1970, shape (records,)

    Returns
    -------
    ``dob``: ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or null; ``dob_precision``: ``day``, ``month``,
    ``year``, ``estimated`` or null; ``date_fate``: what befell it, a mark.
    """
    told, n = scheme(how)["dates"], len(born)
    fates = {**told, "as_it_is": 1.0 - sum(told.values())}
    fate = pl.Series("date_fate", list(fates)).gather(choose_alike(rng, fates, n))
    guessed = born + np.rint(rng.normal(0.0, 2.0, n) * YEAR).astype(np.int64)
    off = born + rng.choice(_OFF, n)
    frame = pl.DataFrame({"day": dates(born), "off": dates(off), "guessed": dates(guessed)})
    return frame.with_columns(fate).select(_text(), _precision(), "date_fate")


def _text() -> pl.Expr:
    day, fate = pl.col("day"), pl.col("date_fate")
    swapped = pl.when(day.dt.day() <= 12).then(day.dt.strftime("%Y-%d-%m"))
    told = {
        "year_only": day.dt.strftime("%Y"),
        "month_only": day.dt.strftime("%Y-%m"),
        "first_of_january": day.dt.strftime("%Y-01-01"),
        "swapped": swapped,
        "off": pl.col("off").dt.strftime("%Y-%m-%d"),
        "estimated": pl.col("guessed").dt.strftime("%Y"),
    }
    changed = (pl.when(fate == name).then(text) for name, text in told.items())
    known = pl.coalesce(*changed, day.dt.strftime("%Y-%m-%d"))
    return pl.when(fate != "missing").then(known).alias("dob")


def _precision() -> pl.Expr:
    known = {"year_only": "year", "month_only": "month", "estimated": "estimated"}
    told = pl.col("date_fate").replace_strict(known, default="day")
    return pl.when(pl.col("date_fate") != "missing").then(told).alias("dob_precision")
