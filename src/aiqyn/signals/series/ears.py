"""EARS C1, C2, C3: each count against the mean and spread of the latest `baseline` counts.

C1 takes the `baseline` counts just before; C2 leaves a gap of two periods; C3 adds what C2 was over
in the two periods before. Short memory, no season: on sparse series it floods.

Reference: L. Hutwagner et al. (2003), J. Urban Health 80(2 Suppl. 1):i89. Answers are those of R
surveillance 1.20.3, `earsC`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from aiqyn.errors import AnswerRefused
from aiqyn.signals.series.judged import Caution, Floats, Judged

LAGS = {"C1": 0, "C2": 2, "C3": 4}
GAP = 2


@dataclass(frozen=True, slots=True)
class Ears:
    """Settings by R's names; `alpha` None is 0.001, and 0.025 for C3."""

    method: str = "C1"
    baseline: int = 7
    min_sigma: float = 0.0
    alpha: float | None = None

    @property
    def reach(self) -> int:
        """How many periods before the judged one are needed."""
        return self.baseline + LAGS[self.method]

    @property
    def z(self) -> float:
        """The normal quantile of 1 - alpha."""
        standard = 0.025 if self.method == "C3" else 0.001
        return NormalDist().inv_cdf(1 - (standard if self.alpha is None else self.alpha))


def ears(
    counts: Floats, settings: Ears | None = None, *, rows: Sequence[int] | None = None
) -> Judged:
    """Thresholds and alarms; counts of (periods, units), NaN where not known.

    Raises
    ------
    AnswerRefused (SIG-012) when no period has the counts before it that the method needs.
    """
    settings = settings or Ears()
    length = counts.shape[0]
    asked = np.arange(settings.reach, length) if rows is None else np.asarray(rows)
    asked = asked.astype(np.int64)
    ready = asked >= settings.reach
    if not ready.any():
        raise AnswerRefused("SIG-012", n=length, need=settings.reach + 1)
    upper = np.full((asked.size, counts.shape[1]), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        upper[ready] = _bounds(counts, asked[ready], settings)
    short = int((~ready).sum())
    cautions = (Caution("SIG-105", {"n": short, "need": settings.reach}),) if short else ()
    return Judged(asked, upper, exceeded(counts[asked], upper), cautions=cautions)


def exceeded(counts: Floats, upper: Floats) -> Floats:
    """1 where the count is over the threshold, 0 where not, NaN where either is not known."""
    known = ~np.isnan(counts) & ~np.isnan(upper)
    return np.where(known, (counts > upper).astype(np.float64), np.nan)


def _bounds(counts: Floats, rows: NDArray[np.int64], settings: Ears) -> Floats:
    if settings.method != "C3":
        mean, spread = _past(counts, rows, settings, LAGS[settings.method])
        return mean + settings.z * spread
    over = sum(_over(counts, rows - lag, settings) for lag in (1, 2))
    _, spread = _past(counts, rows, settings, GAP)
    bound = counts[rows] + spread * (settings.z - over)
    return np.where(np.isnan(bound), np.nan, np.maximum(0.0, bound))


def _over(counts: Floats, rows: NDArray[np.int64], settings: Ears) -> Floats:
    """How far C2's statistic was over 1; 0 where it was not."""
    mean, spread = _past(counts, rows, settings, GAP)
    above = (counts[rows] - mean) / spread - 1
    return np.where(np.isnan(above), np.nan, np.maximum(0.0, above))


def _past(
    counts: Floats, rows: NDArray[np.int64], settings: Ears, gap: int
) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the `baseline` counts that end `gap` + 1 periods before."""
    lags = gap + 1 + np.arange(settings.baseline)
    past = counts[rows[:, None] - lags]
    return past.mean(axis=1), np.maximum(past.std(axis=1, ddof=1), settings.min_sigma)
