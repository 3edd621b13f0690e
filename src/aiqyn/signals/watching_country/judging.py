"""Every series' latest window against its own history: Farrington's fit of the reported number.

A rich series has seasons and a trend of its own. A thin one has neither: it is compared with the
whole of its history, and moves with the country's trend. How much is known of the window, and the
trend, enter as the population of the fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused
from aiqyn.signals.series.farrington import Farrington, farrington
from aiqyn.signals.series.judged import Floats, Judged
from aiqyn.signals.series.reference_periods import Calendar
from aiqyn.signals.watching_country.predicted import Predicted, predictive
from aiqyn.signals.watching_country.reported_share import KnownShare
from aiqyn.signals.watching_country.series_of_country import CountrySeries, last_whole_week
from aiqyn.signals.watching_country.settings import WEEKS_OF_YEAR, WatchSettings

SEASONS = 4


@dataclass(frozen=True, slots=True)
class History:
    """What the history of a run is, besides the counts.

    Attributes
    ----------
    as_of : the day
    unknown : weeks counted back in which nobody's reports are there
    founded : first day of a place that has not always been
    """

    as_of: date
    unknown: NDArray[np.int64]
    founded: Mapping[str, date]


def judged_windows(
    series: CountrySeries, known: KnownShare, history: History, settings: WatchSettings
) -> tuple[Predicted, ...]:
    """The latest window of each series, for each length of window; mean NaN where not judged."""
    return tuple(
        _window(series, known, history, settings, place, weeks)
        for place, weeks in enumerate(settings.windows)
    )


def _window(
    series: CountrySeries,
    known: KnownShare,
    history: History,
    settings: WatchSettings,
    place: int,
    weeks: int,
) -> Predicted:
    counts = _with_gaps(series.counts(weeks), series, history, weeks)
    periods, freq = counts.shape[0], WEEKS_OF_YEAR // weeks
    left_out = -(-settings.left_out // weeks)
    years = min(settings.years, (periods - 1 - freq // 2) // freq)
    if years < 1:
        raise AnswerRefused("SIG-092", weeks=series.weeks)
    plain = Farrington(
        b=years, w=freq // 2, reweight=False, trend=False, no_periods=1,
        past_weeks_not_included=left_out, threshold_method="nbPlugin", population_offset=True,
    )  # fmt: skip
    last = [periods - 1]
    calendar = Calendar(periods, freq)
    now = np.ones_like(counts)
    now[-1] = known.share[place]
    whole = farrington(counts[:, :1], calendar, _own(plain, freq), rows=last, population=now[:, :1])
    slope = 0.0 if whole.slope is None else float(np.nan_to_num(whole.slope[0, 0]))
    trend = np.exp(slope * (np.arange(periods) - periods + 1.0))[:, None]
    fits = farrington(counts, calendar, plain, rows=last, population=now * trend)
    rich = np.flatnonzero(
        np.nanmean(counts[: -left_out - 1], axis=0) >= settings.enough_for_a_season
    )
    if rich.size:
        own = farrington(
            counts[:, rich], calendar, _own(plain, freq), rows=last, population=now[:, rich]
        )
        fits = _replaced(fits, own, rich)
    return _predicted(
        fits, counts[-1], known.share[place], float(known.spread[place]), years * freq
    )


def _own(plain: Farrington, freq: int) -> Farrington:
    """Seasons and a trend of its own."""
    width = (freq // SEASONS - 1) // 2
    return replace(plain, w=width, reweight=True, trend=True, no_periods=SEASONS)


def _replaced(fits: Judged, own: Judged, at: NDArray[np.int64]) -> Judged:
    for name in ("expected", "phi", "error"):
        table, better = getattr(fits, name), getattr(own, name)
        table[:, at] = np.where(np.isnan(better), table[:, at], better)
    return fits


def _predicted(
    fits: Judged, observed: Floats, share: Floats, spread: float, periods: int
) -> Predicted:
    assert fits.expected is not None
    assert fits.phi is not None
    assert fits.error is not None
    return predictive(
        observed, fits.expected[0], fits.phi[0], fits.error[0], share, spread, periods
    )


def _with_gaps(counts: Floats, series: CountrySeries, history: History, weeks: int) -> Floats:
    """Counts with NaN where a place was not there yet, or nobody's reports are there."""
    periods = counts.shape[0]
    gaps = np.bincount(periods - 1 - history.unknown // weeks, minlength=periods)[:periods]
    counts[gaps * 2 > weeks] = np.nan
    end = last_whole_week(history.as_of)
    for code, day in history.founded.items():
        whole = (end - day + timedelta(1)).days // (7 * weeks)
        mine = series.cells["cell"].filter(series.cells["place"] == code).to_numpy()
        counts[: max(0, periods - whole), mine] = np.nan
    return counts
