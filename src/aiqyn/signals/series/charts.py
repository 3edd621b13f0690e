"""Charts of whole tables: the CUSUM, and the likelihood-ratio charts of known or fitted change.

Every unit has a chart of its own. A period that is not known is left out of it and has no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused, InputRefused
from aiqyn.signals.series import epidemic_change, likelihood_ratio
from aiqyn.signals.series.cusum import Cusum, cusum
from aiqyn.signals.series.expected_counts import MeanModel, fitted_mean
from aiqyn.signals.series.judged import Caution, Floats, Judged
from aiqyn.signals.series.reference_periods import Calendar

Mean = float | Sequence[float] | Sequence[Sequence[float]] | MeanModel | None
Rows = NDArray[np.int64]
STATISTIC, CASES = 0, 1


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """Settings by R's names and with R's defaults.

    Attributes
    ----------
    mu0 : mean in control: a number, one a judged period, a row of them a judged period, or a model
    alpha : variance mu + alpha mu^2; None fits it, 0 is the Poisson
    theta : log of the change to be found; None fits it (GLR)
    limit : c.ARL, the statistic of an alarm
    least, window : Mtilde and M: periods that a change needs; periods back, -1 for all
    direction : 1 for a rise, -1 for a fall
    change : "intercept" (the mean times a factor) or "epi" (plus a factor of the last count)
    cases : thresholds in counts (ret "cases") in place of the statistic (ret "value")
    """

    mu0: Mean = None
    alpha: float | None = 0.0
    theta: float | None = None
    limit: float = 5.0
    least: int = 1
    window: int = -1
    direction: int = 1
    change: str = "intercept"
    cases: bool = False


def cusum_chart(
    counts: Floats, calendar: Calendar, settings: Cusum, rows: Rows, first: int = 1
) -> Judged:
    """The CUSUM of every unit at `rows`; `first` is the number of the first period in its year.

    Raises
    ------
    AnswerRefused (SIG-013) when no unit has counts before the first row.
    """

    def one(series: Floats, kept: Rows) -> tuple[Floats, Floats]:
        mean = _mean_of_cusum(series, calendar, settings, kept, first)
        return cusum(series[kept], mean, settings)

    return _every_unit(counts, rows, one)


def likelihood_ratio_chart(
    counts: Floats, calendar: Calendar, settings: LikelihoodRatio, rows: Rows
) -> Judged:
    """The likelihood-ratio chart of every unit at `rows`.

    Raises
    ------
    AnswerRefused (SIG-013) when no unit has counts before the first row to fit the mean to.
    InputRefused (SIG-014) when the means given are not as many as the periods, or not over 0;
    (SIG-015) for thresholds in counts of the negative binomial GLR; (SIG-016) for theta of 0.
    """
    _check(settings)
    fitted = isinstance(settings.mu0, MeanModel | None)
    means = None if fitted else _given(settings.mu0, rows, counts)
    units = iter(range(counts.shape[1]))

    def one(series: Floats, kept: Rows) -> tuple[Floats, Floats]:
        unit = next(units)
        given = None if means is None else means[np.isin(rows, kept), unit]
        return _restarted(series, calendar.freq, settings, kept, given)

    return _every_unit(np.floor(counts), rows, one)


def _every_unit(
    counts: Floats, rows: Rows, one: Callable[[Floats, Rows], tuple[Floats, Floats]]
) -> Judged:
    upper = np.full((rows.size, counts.shape[1]), np.nan)
    alarm, refused = upper.copy(), []
    for unit, series in enumerate(np.ascontiguousarray(counts.T)):
        known = ~np.isnan(series[rows])
        try:
            told = one(series, rows[known])
        except AnswerRefused as why:
            refused.append(why)
            continue
        upper[known, unit], alarm[known, unit] = told
    if len(refused) == counts.shape[1]:
        raise refused[0]
    cautions = (Caution("SIG-106", {"n": len(refused)}),) if refused else ()
    return Judged(rows, upper, alarm, cautions=cautions)


def _mean_of_cusum(
    series: Floats, calendar: Calendar, settings: Cusum, rows: Rows, first: int
) -> Floats:
    if settings.m == "glm":
        return fitted_mean(series, rows, calendar.freq, MeanModel(), 0.0, first)[0]
    if settings.m is not None:
        return np.full(rows.size, float(settings.m))
    before = series[: rows[0]] if rows.size else series[:0]
    before = before[~np.isnan(before)]
    if not before.any():
        raise AnswerRefused("SIG-013", n=int(before.size), need=1)
    return np.full(rows.size, before.mean())


def _restarted(
    series: Floats, freq: int, settings: LikelihoodRatio, rows: Rows, given: Floats | None
) -> tuple[Floats, Floats]:
    """Charts one behind another, each ended by an alarm."""
    x, out = series[rows], np.zeros((2, rows.size))
    alarm, start, alpha = np.zeros(rows.size), 0, settings.alpha
    model = settings.mu0 if isinstance(settings.mu0, MeanModel) else MeanModel()
    mu = given
    if mu is None:
        if not rows.size:
            raise AnswerRefused("SIG-013", n=0, need=1)
        mu, alpha = fitted_mean(series, rows, freq, model, alpha)
    while start < rows.size:
        end = _chart(x, np.ascontiguousarray(mu), start, alpha or 0.0, settings, out)
        if end < 0:
            break
        alarm[end], start = 1.0, end + 1
        if given is None and model.refit and start < rows.size:
            later, _ = fitted_mean(series, rows[start:], freq, model, alpha)
            mu = np.concatenate([mu[:start], later])
    return np.maximum(np.nan_to_num(out[CASES if settings.cases else STATISTIC]), 0.0), alarm


def _chart(
    x: Floats, mu: Floats, start: int, alpha: float, settings: LikelihoodRatio, out: Floats
) -> int:
    """One chart from `start`; the row of its alarm or -1."""
    s = settings
    limit = float(s.limit)
    if s.change == "epi":
        last = x[start - 1] if start else 0.0
        return epidemic_change.any_spread(
            x, mu, start, alpha, s.least, s.window, float(last), limit, out
        )
    if s.theta is not None:
        return likelihood_ratio.known_change(x, mu, start, alpha, float(s.theta), limit, out)
    if alpha == 0:
        return likelihood_ratio.any_change_poisson(
            x, mu, start, s.direction, s.least, s.window, limit, s.cases, out
        )
    return likelihood_ratio.any_change_negative_binomial(
        x, mu, start, alpha, s.direction, s.least, s.window, limit, out
    )


def _check(settings: LikelihoodRatio) -> None:
    fitted_alpha = settings.alpha is None or settings.alpha > 0
    if settings.cases and (settings.change == "epi" or (fitted_alpha and settings.theta is None)):
        raise InputRefused("SIG-015")
    if settings.theta is not None and settings.theta == 0:
        raise InputRefused("SIG-016")
    if settings.alpha is None and not isinstance(settings.mu0, MeanModel | None):
        raise InputRefused("SIG-017")


def _given(mu0: Mean, rows: Rows, counts: Floats) -> Floats:
    """The means as (judged periods, units)."""
    means = np.asarray(mu0, dtype=np.float64)
    if means.ndim < 2:
        means = np.broadcast_to(means.reshape(-1, 1), (means.size, 1))
        if means.size == 1:
            means = np.broadcast_to(means, (rows.size, 1))
    if means.shape[0] != rows.size or not (means > 0).all():
        raise InputRefused("SIG-014", n=means.shape[0], need=rows.size)
    return np.broadcast_to(means, (rows.size, counts.shape[1]))
