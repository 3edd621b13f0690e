"""One period of one series against its past: fit, reweight, trend rule, threshold, exceedance.

What each step follows stands in `aiqyn.signals.series.farrington`.
"""

from __future__ import annotations

from math import exp, sqrt

import numpy as np

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.farrington_threshold import (
    ALARM,
    ERROR,
    EXPECTED,
    MEASURES,
    PHI,
    SCORE,
    SLOPE,
    UPPER,
    after_silence,
    p_of_t,
    threshold,
)
from aiqyn.signals.series.quasi_poisson import Floats, Integers, dispersion, fit, leverage

WHOLE = 1 - 1e-12  # a leverage over it is a count that fits itself: no residual
YEARS_OF_TREND = 3


@compiled
def judge_all(
    counts: Floats,
    offsets: Floats,
    weeks: Integers,
    starts: Integers,
    rows: Integers,
    parts: Integers,
    times: Floats,
    now: Floats,
    groups: int,
    least: int,
    freq: int,
    b: int,
    reweight: bool,
    weights_threshold: float,
    trend: bool,
    p_trend: float,
    limit_cases: float,
    limit_periods: int,
    method: int,
    exponent: float,
    alpha: float,
    z: float,
) -> Floats:
    """Every week of every series: (series, weeks, `MEASURES`), NaN where there is no answer.

    Parameters
    ----------
    counts, offsets : (series, periods); NaN where a count is missing
    weeks : (weeks,) rows that are judged
    starts : (weeks + 1,) where the reference of each week starts in `rows`, `parts`, `times`
    now : (weeks,) time of the week itself
    groups : parts of the year; the week's own is the last
    least : known reference counts that a threshold needs
    exponent : of the power transformation (delta)
    z : normal quantile of 1 - alpha
    """
    series, judged = counts.shape[0], weeks.size
    told = np.full((series, judged, MEASURES), np.nan)
    longest = 1
    for k in range(judged):
        longest = max(longest, starts[k + 1] - starts[k])
    work, group = np.empty((6, longest)), np.empty(longest, dtype=np.int64)
    levels, moments = np.empty(groups), np.empty((2, groups))
    for s in range(series):
        for k in range(judged):
            row, out = weeks[k], told[s, k]
            n, first, highest, total = 0, -1, 0.0, 0.0
            for i in range(starts[k], starts[k + 1]):
                count = counts[s, rows[i]]
                if count == count:  # not missing
                    first = rows[i] if first < 0 else first
                    work[0, n], work[1, n], work[2, n] = count, times[i], offsets[s, rows[i]]
                    group[n] = parts[i]
                    highest, total, n = max(highest, count), total + count, n + 1
            if n < least:
                continue
            enough = _recent(counts[s], row, limit_periods) >= limit_cases
            observed = counts[s, row]
            if total == 0:
                after_silence(out, observed, n, enough)
                continue
            y, time, offset = work[0, :n], work[1, :n], work[2, :n]
            prior, mean, weight, part = work[3, :n], work[4, :n], work[5, :n], group[:n]
            long_enough = b >= YEARS_OF_TREND and row - first >= YEARS_OF_TREND * freq
            with_trend = trend
            for _ in range(2):
                done, slope, variation, phi, scale, free = _fitted(
                    y, time, part, offset, prior, levels, moments, mean, weight,
                    with_trend, reweight, weights_threshold,
                )  # fmt: skip
                own = groups - 1
                if not done or not moments[0, own] > 0 or phi != phi:
                    done = False
                    break
                eta = levels[own] + slope * now[k] + offsets[s, row]
                if variation == 0.0:
                    break
                keep = long_enough and exp(eta) <= highest
                if keep and p_trend < 1:
                    keep = p_of_t(slope / sqrt(scale / variation), free) < p_trend
                if keep:
                    break
                with_trend = False
            if not done:
                continue
            away = now[k] - moments[1, own]
            spread = 1 / moments[0, own] + (away * away / variation if variation > 0 else 0.0)
            out[EXPECTED], out[PHI], out[ERROR] = exp(eta), phi, sqrt(phi * spread)
            out[SLOPE] = slope if variation > 0 else np.nan
            upper = threshold(
                out, observed, eta, sqrt(scale * spread), phi, method, exponent, alpha, z
            )
            if enough:
                out[UPPER] = upper
            alarmed = enough and out[SCORE] > 1 and observed > 0
            if observed == observed:
                out[ALARM] = 1.0 if alarmed else 0.0
    return told


@compiled
def _fitted(
    y: Floats,
    time: Floats,
    part: Integers,
    offset: Floats,
    prior: Floats,
    levels: Floats,
    moments: Floats,
    mean: Floats,
    weight: Floats,
    trend: bool,
    reweight: bool,
    limit: float,
) -> tuple[bool, float, float, float, float, int]:
    """The fit, without the trend where it does not converge with it; then again with less weight.

    Returns
    -------
    whether it converged, slope, variation of time, dispersion (1 at least), the dispersion that
    standard errors use, degrees of freedom. The last dispersion takes the weights of the outbreak
    rule in place of the working ones, as R surveillance does.
    """
    n = y.size
    prior[:] = 1.0
    done, slope, variation = fit(
        y, time, part, offset, prior, levels, moments, mean, weight, trend
    )  # fmt: skip
    if not done and trend:
        trend = False
        done, slope, variation = fit(
            y, time, part, offset, prior, levels, moments, mean, weight, trend
        )  # fmt: skip
    parameters = 1 if variation > 0 else 0
    for g in range(levels.size):
        parameters += 1 if moments[0, g] > 0 else 0
    raw = dispersion(y, mean, weight, parameters)
    phi = max(raw, 1.0)
    if not done or raw != raw:
        return False, slope, variation, np.nan, np.nan, n - parameters
    if reweight:
        _less_weight_to_outbreaks(
            y, time, part, mean, weight, moments, variation, phi, limit, prior
        )
        _, slope, variation = fit(
            y, time, part, offset, prior, levels, moments, mean, weight, trend
        )  # fmt: skip
        raw = dispersion(y, mean, weight, parameters)
        phi = max(raw, 1.0)
        raw = dispersion(y, mean, prior, parameters)
    return True, slope, variation, phi, raw, n - parameters


@compiled
def _less_weight_to_outbreaks(
    y: Floats,
    time: Floats,
    part: Integers,
    mean: Floats,
    weight: Floats,
    moments: Floats,
    variation: float,
    phi: float,
    limit: float,
    prior: Floats,
) -> None:
    """Weights s^-2 where the standardised Anscombe residual s is over the limit; sum n."""
    n, total = y.size, 0.0
    for i in range(n):
        away = time[i] - moments[1, part[i]]
        h = leverage(weight[i], away, moments[0, part[i]], variation)
        s = 0.0
        if h < WHOLE:
            root = mean[i] ** (1 / 6)
            s = 1.5 * (y[i] ** (2 / 3) / root - root**3) / sqrt(phi * (1 - h))
        prior[i] = 1 / (s * s) if s > limit else 1.0
        total += prior[i]
    for i in range(n):
        prior[i] *= n / total


@compiled
def _recent(counts: Floats, row: int, periods: int) -> float:
    """The cases of the latest periods, the present one included; NaN if one is missing."""
    total = 0.0
    for i in range(max(0, row - periods + 1), row + 1):
        total += counts[i]
    return total
