"""Time counted back from the day of the answer: months, and the season a month falls into.

Month 0 is the month that ends on that day, 12 the same month a year before. Windows are the last
1, 2, 3 … months, so that a season (a quarter of a year, counted back as well) is never cut.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

Indices = NDArray[np.int64]

YEAR = 12  # months
SEASON = 3  # months
SEASONS = YEAR // SEASON
WINDOWS = (1, 2, 3, 6, 9, 12)  # months that a rise may have lasted
LAST_DAY = 31


def months_back(dates: pl.Series, as_of: date) -> Indices:
    """(n,) whole months from each date to `as_of`; a day after it has a negative number."""
    ends = _day_of_month(as_of)
    year, month, day = (
        part.cast(pl.Int64).to_numpy()
        for part in (dates.dt.year(), dates.dt.month(), dates.dt.day())
    )
    apart = (as_of.year - year) * YEAR + as_of.month - month
    return np.asarray(apart - (day > ends), dtype=np.int64)


def first_day(as_of: date, months: int) -> date:
    """The first day of the last `months` months."""
    year, month = divmod(as_of.year * YEAR + as_of.month - 1 - months, YEAR)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(_day_of_month(as_of), last)) + timedelta(1)


def windows_within(history: int) -> tuple[int, ...]:
    """Lengths that leave at least as long a past; () when there is none."""
    return tuple(length for length in WINDOWS if 2 * length <= history)


def seasons(back: Indices, history: int) -> Indices:
    """(n,) season of each month; one only where the history is shorter than two years."""
    return (back % YEAR) // SEASON if history >= 2 * YEAR else np.zeros_like(back)


def _day_of_month(as_of: date) -> int:
    """The day after which a month begins; the end of a month is the end of each."""
    return LAST_DAY if as_of.day == monthrange(as_of.year, as_of.month)[1] else as_of.day
