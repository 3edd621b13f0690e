"""A country on a day: its series, how much of each is known, and their windows judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from aiqyn.errors import AnswerRefused
from aiqyn.signals.watching_country.gaps import silent_weeks
from aiqyn.signals.watching_country.judging import History, judged_windows
from aiqyn.signals.watching_country.predicted import Predicted
from aiqyn.signals.watching_country.reported_share import KnownShare, known_share
from aiqyn.signals.watching_country.series_of_country import (
    CountrySeries,
    Integers,
    country_series,
    last_whole_week,
)
from aiqyn.signals.watching_country.settings import WatchSettings


@dataclass(frozen=True, slots=True)
class JudgedCountry:
    """Every series against its own past, as known on a day.

    Attributes
    ----------
    known : persons detected by the last whole week and reported by the day; `given` is their row
        among all that were given
    until : the last day of the last whole week
    silent : weeks counted back from which nobody's reports are there
    windows : the latest window of each series, for each length
    """

    known: pl.DataFrame
    until: date
    series: CountrySeries
    share: KnownShare
    silent: Integers
    windows: tuple[Predicted, ...]


def judged_country(
    persons: pl.DataFrame,
    country: str,
    as_of: date,
    founded: Mapping[str, date],
    settings: WatchSettings,
    rng: np.random.Generator,
) -> JudgedCountry:
    """The series of a country, and what they lead one to expect; parameters of `watch_country`.

    Raises
    ------
    AnswerRefused SIG-092 when there is less than a year and a half of history.
    """
    until = last_whole_week(as_of)
    in_time = (pl.col("date_reported") <= as_of) & (pl.col("date_detected") <= until)
    known = persons.with_row_index("given").filter(in_time)
    if not known.height:
        raise AnswerRefused("SIG-092", weeks=0)
    series = country_series(known, country, as_of, settings)
    share = known_share(known, series, as_of, settings, rng)
    silent = silent_weeks(series, settings)
    windows = judged_windows(series, share, History(as_of, silent, founded), settings)
    return JudgedCountry(known, until, series, share, silent, windows)
