"""The nowcast: each day's final number of events, with an interval that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from aiqyn.signals.nowcast.event_curve import EventCurve, event_curve
from aiqyn.signals.nowcast.line_list import DAYS_TOLD, LineList
from aiqyn.signals.nowcast.reporting_delay import reporting_delay
from aiqyn.signals.series.judged import Floats

ROUNDS, DRAWS = 50, 60  # shares drawn anew in each round; rates and totals within it
LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class NowcastDay:
    """A day's events.

    Attributes
    ----------
    date : the day
    reported : known so far
    median, lo95, hi95 : of the final number; `lo95` is `reported` or more
    """

    date: date
    reported: int
    median: int
    lo95: int
    hi95: int


def nowcast_days(known: LineList, rng: np.random.Generator) -> tuple[NowcastDay, ...]:
    """The 30 days before `now`, silent ones too, oldest first.

    Given a day's rate, its events are Poisson with a gamma mean (size k), and a share of them has
    been reported; so what is missing is again negative binomial: size ``k + reported``, mean
    ``(1 - share) (k + reported) / (k / rate + share)``. Delay, rate and k are drawn anew for it.
    """
    delay = reporting_delay(known)
    shares = delay.shares(ROUNDS * 4, rng)
    curve = event_curve(known, shares.mean(axis=0))
    totals = np.vstack([_totals(curve, share, rng) for share in shares[:ROUNDS]])
    return tuple(_day(known, totals, back) for back in range(DAYS_TOLD, 0, -1))


def _totals(curve: EventCurve, share: Floats, rng: np.random.Generator) -> Floats:
    """(DRAWS, days) final numbers when `share` has been reported."""
    rates, size = curve.rates(share, DRAWS, rng)
    reported = curve.known.reported
    mean = rng.gamma(size + reported, 1 / (size / rates + share))
    return np.asarray(reported + rng.poisson(mean * (1 - share)), dtype=np.float64)


def _day(known: LineList, totals: Floats, back: int) -> NowcastDay:
    drawn, reported = totals[:, -1 - back], int(known.reported[-1 - back])
    low = int(np.quantile(drawn, LOW, method="inverted_cdf"))
    high = int(np.quantile(drawn, HIGH, method="inverted_cdf"))
    if not reported:
        high = max(high, low + 1)  # silence alone never settles that nothing happened
    middle = int(np.quantile(drawn, 0.5, method="inverted_cdf"))
    return NowcastDay(known.now - timedelta(back), reported, middle, low, high)
