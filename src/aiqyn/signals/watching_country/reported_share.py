"""How much of a window is known already: the country's delay, and each series' own habit.

Of the events reported within d days, the share reported after just d is the reverse-time hazard
``g_d = n_d / N_d``; those at least d days old tell of it, however young, so a delay that changes is
followed. The share known after a days is ``(1 - g_{a+1}) (1 - g_{a+2}) …`` (J. F. Lawless, 1994,
Can. J. Stat. 22:15). The last year's events are taken. Whole weeks of them are drawn anew for the
uncertainty (reports come in batches). `aiqyn.signals.nowcast` smooths the same hazards by day for a
stream of reports; with a few persons a week its prior would tell.

A series whose persons are reported sooner or later than the country's (a helpline, a court) departs
from it by the ratio seen in its history, drawn towards 1 where the history is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from aiqyn.signals.nowcast.line_list import LineList, known_reports
from aiqyn.signals.series.judged import Caution, Floats
from aiqyn.signals.watching_country.bars import BARS
from aiqyn.signals.watching_country.series_of_country import CountrySeries, last_whole_week
from aiqyn.signals.watching_country.settings import WatchSettings

LEAST = 0.01  # a share under it tells nothing of the whole


@dataclass(frozen=True, slots=True)
class KnownShare:
    """Shares of those detected in the latest window who are known by now.

    Attributes
    ----------
    share : (windows, cells)
    spread : (windows,) relative standard deviation of the country's share
    fours : (13,) the country's share of each four weeks, the last first
    habit : (cells,) how much sooner than the country's a series is known, in the first window
    cautions : of the line list
    """

    share: Floats
    spread: Floats
    fours: Floats
    habit: Floats
    cautions: tuple[Caution, ...]

    def of_fours(self, cell: int) -> Floats:
        """(13,) share known of a series' four weeks; its habit matters while reports still come."""
        weight = self.fours + (1 - self.fours) * self.habit[cell]
        return np.asarray(np.clip(self.fours * weight, LEAST, 1.0))


def known_share(
    persons: pl.DataFrame,
    series: CountrySeries,
    as_of: date,
    settings: WatchSettings,
    rng: np.random.Generator,
) -> KnownShare:
    """The share known of each series' latest window."""
    known = known_reports(persons.select(event="date_detected", report="date_reported"), as_of)
    daily = shares_known(known, settings.draws, rng)
    slack = (as_of - last_whole_week(as_of)).days
    country = np.stack([_window(daily, slack, 7 * w) for w in settings.windows])
    middle = np.maximum(country[:, 0], LEAST)
    habit = _habit(series, settings)
    spread = country.std(axis=1) / middle
    fours = np.array([_window(daily[:1], slack + 28 * k, 28)[0] for k in range(BARS)])
    share = np.clip(middle[:, None] * habit, LEAST, 1.0)
    return KnownShare(share, spread, np.maximum(fours, LEAST), habit[0], known.cautions)


def shares_known(known: LineList, draws: int, rng: np.random.Generator) -> Floats:
    """(1 + draws, ages) share of the events of each age in days that is known.

    The first row is the estimate, the others are drawn.
    """
    at_delay, within = _triangle(known)
    weeks = at_delay.shape[0]
    drawn = rng.multinomial(weeks, np.full(weeks, 1 / weeks), size=draws)
    weight = np.vstack([np.ones(weeks), drawn])
    hazard = (weight @ at_delay) / np.maximum(weight @ within, 1e-9)
    late = np.clip(1 - hazard[:, 1:], 0, 1)  # nothing is known of delays before the event
    shares = np.ones((1 + draws, max(len(known.reported), late.shape[1] + 1)))
    shares[:, : late.shape[1]] = np.cumprod(late[:, ::-1], axis=1)[:, ::-1]
    return shares


def _triangle(known: LineList) -> tuple[Floats, Floats]:
    """(weeks, delays) reports after just d days, and within d days, of events at least d old."""
    counts = known.counts[-364:]
    age = np.arange(counts.shape[0])[::-1]
    seen = age[:, None] >= np.arange(counts.shape[1])
    at_delay = np.where(seen, counts, 0.0)
    within = np.where(seen, np.cumsum(counts, axis=1), 0.0)
    week = age // 7
    starts = np.flatnonzero(np.r_[True, np.diff(week) != 0])
    return np.add.reduceat(at_delay, starts, axis=0), np.add.reduceat(within, starts, axis=0)


def _window(daily: Floats, slack: int, days: int) -> Floats:
    """(draws,) mean share of the days of the window that ended `slack` days before now."""
    ages = np.minimum(np.arange(slack, slack + days), daily.shape[1] - 1)
    return np.asarray(daily[:, ages].mean(axis=1))


def _habit(series: CountrySeries, settings: WatchSettings) -> Floats:
    """(windows, cells) how much sooner than the country's a series is known."""
    whole = np.maximum(series.prompt[:, :1], LEAST)
    own, n = series.prompt, series.before
    drawn = (n * own + settings.as_country * whole) / (n + settings.as_country)
    return np.asarray(drawn / whole)
