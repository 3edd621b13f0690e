"""Interrupted time series: one area against the course of its own past.

Segmented regression (Bernal, Cummins & Gasparrini 2017, Int. J. Epidemiol. 46, 348-355): a level
and a slope that may change at the start, negative binomial for counts, errors robust against
autocorrelation (Newey & West 1987, Econometrica 55, 703-708).
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from aiqyn.errors import AnswerRefused
from aiqyn.prevention.effects.effects_library import part
from aiqyn.prevention.effects.panel import Floats, Panel
from aiqyn.prevention.effects.results import Check, Effect, EventTime, PathPoint

FEWEST_BEFORE = 8  # periods; Bernal et al. 2017, p. 349, ask for several on either side
FEWEST_AFTER = 3
MONTH = re.compile(r"\d{4}-?(0[1-9]|1[0-2])$")
YEAR = 12  # months
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Mean distance from the continued past over the treated periods, and its checks."""

    effect: Effect
    event: tuple[EventTime, ...]
    path: tuple[PathPoint, ...]
    checks: tuple[Check, ...]


def interrupted_time_series(panel: Panel) -> Interrupted:
    """The effect on the one treated area, in the outcome's unit a period.

    Raises
    ------
    AnswerRefused (PREV-017) too few periods before or after, (PREV-019) areas with different
    starts, (PREV-020) a regression without an answer.
    """
    treated = np.flatnonzero(~panel.never)
    starts = np.unique(panel.starts[treated])
    if len(starts) != 1:
        raise AnswerRefused("PREV-019", n=len(starts))
    start = int(starts[0])
    series = panel.outcome[treated].mean(axis=0)
    _need_periods(len(series), start)
    season = _has_season(panel.times, start)
    model = _fit(series, start, season=season)
    checks = (_autocorrelation(model), _placebo(series, start, season=season))
    effect, gap = _effect(model, series, start, len(treated))
    would = [*model.fitted[:start], *(model.fitted - gap)[start:]]
    path = tuple(PathPoint(*p) for p in zip(panel.times, series, map(float, would), strict=True))
    event = tuple(EventTime(i, float(g), None) for i, g in enumerate(gap[start:]))
    return Interrupted(effect, event, path, checks)


@dataclass(frozen=True, slots=True)
class _Model:
    """A fitted regression: its design with and without the programme, and its answer."""

    design: Floats
    plain: Floats
    result: Any  # Any: statsmodels
    log: bool

    @property
    def fitted(self) -> Floats:
        return self.mean(self.design)

    def mean(self, design: Floats) -> Floats:
        eta = design @ np.asarray(self.result.params)
        return np.asarray(np.exp(eta) if self.log else eta)


def _need_periods(n: int, start: int) -> None:
    if start < FEWEST_BEFORE:
        raise AnswerRefused("PREV-017", n=start, need=FEWEST_BEFORE)
    if n - start < FEWEST_AFTER:
        raise AnswerRefused("PREV-017", n=n - start, need=FEWEST_AFTER)


def _has_season(times: tuple[str, ...], start: int) -> bool:
    """Months, and two years of them before the start."""
    return all(MONTH.fullmatch(t) for t in times) and start >= 2 * YEAR


def _design(n: int, start: int, *, season: bool) -> tuple[Floats, Floats]:
    """Shape (periods, terms): with the programme's level and slope, and with both at nothing."""
    t = np.arange(n, dtype=np.float64)
    after = (t >= start).astype(np.float64)
    wave = [f(2 * np.pi * t / YEAR) for f in (np.sin, np.cos)] if season else []
    trend = [np.ones(n), (t - start) / n]
    design = np.column_stack([*trend, after, after * (t - start) / n, *wave])
    plain = design.copy()
    plain[:, 2:4] = 0.0
    return design, plain


def _fit(series: Floats, start: int, *, season: bool) -> _Model:
    design, plain = _design(len(series), start, season=season)
    counts = bool(np.all(series >= 0) and np.all(series == np.round(series)))
    api = part("statsmodels.api")
    robust = {
        "cov_type": "HAC",
        "cov_kwds": {"maxlags": _lags(len(series)), "use_correction": True},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it doubts is told by our checks
        try:
            if not counts:
                return _Model(design, plain, api.OLS(series, design).fit(**robust), log=False)
            family = _family(api, series, design)
            return _Model(
                design, plain, api.GLM(series, design, family=family).fit(**robust), log=True
            )
        except (ValueError, np.linalg.LinAlgError) as why:
            raise AnswerRefused("PREV-020", design="its") from why


def _family(api: Any, series: Floats, design: Floats) -> Any:
    """Negative binomial with the moments' dispersion, Poisson where the counts spread no wider.

    Cameron & Trivedi (2013), Regression Analysis of Count Data, 2nd ed., eq. 3.18.
    """
    mean = api.GLM(series, design, family=api.families.Poisson()).fit().fittedvalues
    free = len(series) - design.shape[1]
    alpha = float((((series - mean) ** 2 - mean) / mean**2).sum() / free)
    families = api.families
    return families.NegativeBinomial(alpha=alpha) if alpha > 0 else families.Poisson()


def _lags(n: int) -> int:
    """Newey & West (1994), Rev. Econ. Stud. 61, 631-653: 4 (n / 100) ^ (2 / 9)."""
    return max(1, int(4 * (n / 100) ** (2 / 9)))


def _effect(model: _Model, series: Floats, start: int, areas: int) -> tuple[Effect, Floats]:
    """The mean gap with its delta-method interval, and the gap at each period."""
    from scipy.stats import t

    gap = model.fitted - model.mean(model.plain)
    slopes = [_slope(model, d)[start:].mean(axis=0) for d in (model.design, model.plain)]
    gradient = slopes[0] - slopes[1]
    se = float(np.sqrt(gradient @ np.asarray(model.result.cov_params()) @ gradient))
    value, free = float(gap[start:].mean()), len(series) - model.design.shape[1]
    reach = float(t.ppf(1 - ALPHA / 2, free)) * se
    p = float(2 * t.sf(abs(value) / se, free)) if se > 0 else None
    without = float(model.mean(model.plain)[start:].mean())
    cells = (len(series) - start) * areas
    return Effect(value, se, value - reach, value + reach, "model", without, cells, p), gap


def _slope(model: _Model, design: Floats) -> Floats:
    return np.asarray(design * model.mean(design)[:, None] if model.log else design)


def _autocorrelation(model: _Model) -> Check:
    """Ljung & Box (1978), Biometrika 65, 297-303, on the Pearson residuals."""
    told = model.result
    residuals = np.asarray(told.resid_pearson if model.log else told.resid)
    lags = max(1, min(YEAR, len(residuals) // 5))
    test = part("statsmodels.stats.diagnostic").acorr_ljungbox(residuals, lags=[lags])
    p = float(test["lb_pvalue"].iloc[0])
    return Check("autocorrelation", p >= ALPHA, {"p": p, "lags": lags})


def _placebo(series: Floats, start: int, *, season: bool) -> Check:
    """The same regression on the past alone, with the start at two thirds of it."""
    moved = round(start * 2 / 3)
    if moved < FEWEST_BEFORE or start - moved < FEWEST_AFTER:
        return Check("placebo-time", None, why="placebo-time.short")
    past = series[:start]
    effect, _ = _effect(_fit(past, moved, season=season and moved >= 2 * YEAR), past, moved, 1)
    held = effect.direction == "not_seen"
    return Check(
        "placebo-time",
        held,
        {"effect": effect.value, "low": effect.low or 0.0, "high": effect.high or 0.0},
    )
