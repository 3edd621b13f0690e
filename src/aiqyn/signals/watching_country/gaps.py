"""Weeks in which nobody in the country reported anything: not known, which is not zero."""

from __future__ import annotations

import numpy as np
import polars as pl

from aiqyn.signals.watching_country.series_of_country import CountrySeries, Integers
from aiqyn.signals.watching_country.settings import WatchSettings

PLAUSIBLE = 12.0  # persons expected in a silent run: chance alone gives none once in 160,000


def silent_weeks(series: CountrySeries, settings: WatchSettings) -> Integers:
    """Weeks, counted back, of silent runs too long for chance; the latest weeks are left alone.

    The last weeks are silent while reports are on their way; the share that is known covers them.
    """
    whole = series.long.filter(pl.col("cell") == 0)
    seen = np.zeros(series.weeks)
    seen[whole["week"].to_numpy()] = whole["n"].to_numpy()
    edges = np.flatnonzero(np.diff(np.r_[0, seen == 0, 0]))
    runs = [(a, b) for a, b in edges.reshape(-1, 2) if a >= settings.left_out]
    long = [np.arange(a, b) for a, b in runs if (b - a) * seen.mean() > PLAUSIBLE]
    return np.concatenate(long).astype(np.int64) if long else np.array([], dtype=np.int64)
