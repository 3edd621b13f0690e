"""Farrington Flexible: each period against the same season of past years.

1. Reference counts: windows of ± w periods around the same period of b past years, and, with
   noPeriods over 1, every period between them, each in its part of the year; the latest
   pastWeeksNotIncluded periods are left out.
2. Quasi-Poisson regression on the part of the year and a linear trend.
3. Reweighting: counts whose standardised Anscombe residual is over weightsThreshold get weight
   s^-2, so that an old outbreak does not hide a new one; then the fit again.
4. The trend stays with at least three years of data, a p-value under pThresholdTrend, and a
   prediction no larger than the largest reference count.
5. Threshold: `delta` (normal, on the 2/3 power), `nbPlugin` (negative binomial at the fitted mean)
   or `muan` (negative binomial at the upper limit of the mean).
6. An alarm needs limit54[0] cases in the latest limit54[1] periods.

A unit known for a part of the time has a threshold from a full window of known counts on, and a
trend from three years on; until then NaN.

References: C. P. Farrington et al. (1996), J. R. Stat. Soc. A 159:547; A. Noufaily et al. (2013),
Stat. Med. 32:1206. Answers are those of R surveillance 1.20.3, `farringtonFlexible`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused
from aiqyn.signals.series.judged import Caution, Floats, Judged
from aiqyn.signals.series.reference_periods import Calendar, Reference, reference

METHODS = {"delta": 0, "nbPlugin": 1, "muan": 2}
EXPONENTS = {"2/3": 2 / 3, "1/2": 0.5, "none": 1.0}


@dataclass(frozen=True, slots=True)
class Farrington:
    """Settings, by R's names and with R's defaults; `past_weeks_not_included` None means `w`."""

    b: int = 5
    w: int = 3
    reweight: bool = True
    weights_threshold: float = 2.58
    alpha: float = 0.05
    trend: bool = True
    p_threshold_trend: float = 0.05
    limit54: tuple[float, int] = (5, 4)
    powertrans: str = "2/3"
    no_periods: int = 1
    past_weeks_not_included: int | None = None
    threshold_method: str = "delta"
    population_offset: bool = False

    @property
    def not_included(self) -> int:
        """The latest periods that are left out of the past."""
        return self.w if self.past_weeks_not_included is None else self.past_weeks_not_included

    def first_row(self, calendar: Calendar) -> int:
        """The first row that is judged unless a range is asked for, as in R."""
        return calendar.freq * self.b + self.w


def farrington(
    counts: Floats,
    calendar: Calendar,
    settings: Farrington | None = None,
    *,
    rows: Sequence[int] | None = None,
    population: Floats | None = None,
) -> Judged:
    """Thresholds and alarms of every series.

    Parameters
    ----------
    counts : (periods, units) cases; NaN where not known
    calendar : of the periods
    settings : R's defaults where None
    rows : rows to judge, from 0; all with a full history where None
    population : (periods, units), for the offset; used with `population_offset`

    Raises
    ------
    AnswerRefused (SIG-011) when the history reaches back far enough for no period.
    """
    settings = settings or Farrington()
    length = counts.shape[0]
    asked = np.arange(settings.first_row(calendar), length) if rows is None else np.asarray(rows)
    asked = asked.astype(np.int64)
    pasts = [_past(calendar, int(row), settings) for row in asked]
    short = sum(past is None for past in pasts)
    if short == len(pasts):
        raise AnswerRefused("SIG-011", b=settings.b, n=length)
    offsets = np.zeros_like(counts)
    if settings.population_offset and population is not None:
        offsets = np.log(population)
    told = _judge(counts, offsets, asked, pasts, calendar.freq, settings)
    cautions = (Caution("SIG-104", {"n": short, "b": settings.b}),) if short else ()
    return _as_judged(asked, told, cautions)


def _past(calendar: Calendar, row: int, settings: Farrington) -> Reference | None:
    return reference(
        calendar,
        row,
        b=settings.b,
        w=settings.w,
        parts_of_year=settings.no_periods,
        not_included=settings.not_included,
    )


def _judge(
    counts: Floats,
    offsets: Floats,
    rows: NDArray[np.int64],
    pasts: Sequence[Reference | None],
    freq: int,
    settings: Farrington,
) -> Floats:
    """The kernel's answer, (series, weeks, measures); series side by side in memory."""
    from statistics import NormalDist

    from aiqyn.signals.series.farrington_kernel import judge_all

    known = [past for past in pasts if past is not None]
    sizes = [0 if past is None else past.rows.size for past in pasts]
    return judge_all(
        np.ascontiguousarray(counts.T, dtype=np.float64),
        np.ascontiguousarray(offsets.T, dtype=np.float64),
        rows,
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.concatenate([past.rows for past in known]),
        np.concatenate([past.parts for past in known]),
        np.concatenate([past.times for past in known]),
        np.array([np.nan if past is None else past.now for past in pasts]),
        settings.no_periods,
        2 * settings.w + 1,
        freq,
        settings.b,
        settings.reweight,
        float(settings.weights_threshold),
        settings.trend,
        float(settings.p_threshold_trend),
        float(settings.limit54[0]),
        int(settings.limit54[1]),
        METHODS[settings.threshold_method],
        EXPONENTS[settings.powertrans],
        float(settings.alpha),
        NormalDist().inv_cdf(1 - settings.alpha),
    )


def _as_judged(rows: NDArray[np.int64], told: Floats, cautions: tuple[Caution, ...]) -> Judged:
    from aiqyn.signals.series import farrington_threshold as measures

    def table(measure: int) -> Floats:
        return np.ascontiguousarray(told[:, :, measure].T)

    return Judged(
        rows,
        table(measures.UPPER),
        table(measures.ALARM),
        expected=table(measures.EXPECTED),
        phi=table(measures.PHI),
        slope=table(measures.SLOPE),
        pvalue=table(measures.PVALUE),
        score=table(measures.SCORE),
        error=table(measures.ERROR),
        cautions=cautions,
    )
