"""Countries where nothing changes: who is detected is drawn anew, how many only as chance has it.

Every person of an observatory may be drawn, with all of their attributes and their delay, so
series overlap as they do in truth. Numbers by region and four weeks are negative binomial around a
constant rate with a season; what is drawn in one region and month is alike no more than elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl


@dataclass(frozen=True, slots=True)
class Quiet:
    """A country where nothing changes.

    Attributes
    ----------
    season : amplitude of a yearly wave on the log scale
    phi : variance of the numbers of a region and month, over their mean
    growth : a year, on the log scale, the same everywhere
    """

    season: float = 0.0
    phi: float = 1.0
    growth: float = 0.0


def null_country(
    persons: pl.DataFrame, first: date, as_of: date, quiet: Quiet, rng: np.random.Generator
) -> pl.DataFrame:
    """As many persons as `persons` in a country where nothing changes, as known on `as_of`."""
    days = (as_of - first).days + 1
    months = np.arange(days) // 28
    regions = persons["region"].fill_null("?")
    wave = np.exp(
        quiet.season * np.cos(2 * np.pi * np.arange(days) / 365.25)
        + quiet.growth * np.arange(days) / 365.25
    )
    parts = []
    for region, n in sorted(regions.value_counts().iter_rows()):
        expected = np.bincount(months, weights=wave) * n / wave.sum()
        if quiet.phi > 1:
            counts = rng.poisson(rng.gamma(expected / (quiet.phi - 1), quiet.phi - 1))
        else:
            counts = rng.poisson(expected)
        day = np.repeat(np.arange(len(counts)) * 28, counts)
        day = np.minimum(day + rng.integers(0, 28, len(day)), days - 1)
        who = rng.choice(np.flatnonzero((regions == region).to_numpy()), len(day))
        parts.append(_drawn(persons, who, day, first))
    return pl.concat(parts).filter(pl.col("date_reported") <= as_of)


def _drawn(persons: pl.DataFrame, who: np.ndarray, day: np.ndarray, first: date) -> pl.DataFrame:  # type: ignore[type-arg]  # whole numbers
    taken = persons[who]
    delay = taken["date_reported"] - taken["date_detected"]
    detected = pl.Series(np.datetime64(first) + day.astype("timedelta64[D]")).cast(pl.Date)
    return taken.with_columns(date_detected=detected, date_reported=detected + delay)
