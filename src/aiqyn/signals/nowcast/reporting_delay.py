"""What share of a day's events has been reported: reverse-time hazards of the delay.

Of the events reported within d days, the share reported after just d days is the hazard ``g_d``;
it can be seen for every day at least d days old, however young (Lawless 1994). A penalised logistic
regression gives it a level by delay, the weekday of the report, and a level that moves from week to
week. The share reported within a days is then ``(1 - g_{a+1}) (1 - g_{a+2}) …``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from aiqyn.signals.nowcast.line_list import LineList
from aiqyn.signals.nowcast.penalised_fit import (
    LARGEST,
    Family,
    PenalisedFit,
    blocks,
    fit,
    random_walk,
)
from aiqyn.signals.series.judged import Floats

DAYS_OF_DELAYS = 200  # of events that teach the delay
ONE_BY_ONE = 28  # delays with a level of their own; longer ones share it by weeks
WEEK = 7
USUAL = -2.5  # logit of a hazard before anything is known
LEVEL, STEP, WEEKDAY, LASTING = 2.5, 1.0, 1.5, 0.7  # sd on the logit scale
MOVES = (0.02, 0.1, 0.25, 0.5)  # sd of a week's move of the level
MOST_ALIKE = 0.3

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ReportingDelay:
    """Shares reported so far.

    Attributes
    ----------
    fits : the regression, for each size of the weekly moves
    weights : of the fits by their evidence, summing to 1
    dispersion : Pearson's, 1 or more: reports that come in batches
    alike : correlation of the reports of one day's events that the dispersion tells of
    """

    known: LineList
    fits: tuple[PenalisedFit, ...]
    weights: Floats
    dispersion: float
    alike: float

    def shares(self, draws: int, rng: np.random.Generator) -> Floats:
        """(draws, days) share of a day's events that has been reported by now."""
        days, longest = len(self.known.reported), self.known.counts.shape[1] - 1
        shares = np.ones((draws, days))
        young = np.flatnonzero(self.known.age < longest)
        pairs = [(t, d) for t in young for d in range(self.known.age[t] + 1, longest + 1)]
        if not pairs:
            return shares
        day, delay = np.array(pairs, dtype=np.int64).T
        coefficients = np.vstack(
            [
                fit.draws(int(n), rng, self.dispersion)
                for fit, n in zip(self.fits, rng.multinomial(draws, self.weights), strict=True)
            ]
        )
        rng.shuffle(coefficients)
        late = np.log1p(-expit(coefficients @ _design(self.known, day, delay).T))
        starts = np.flatnonzero(np.r_[True, np.diff(day) > 0])
        shares[:, young] = np.exp(np.add.reduceat(late, starts, axis=1))
        return self._scattered(shares, rng)

    def _scattered(self, shares: Floats, rng: np.random.Generator) -> Floats:
        """Shares of single days about their mean, as far as the reports of a day are alike."""
        if self.alike <= 0:
            return shares
        within = np.clip(shares, 1e-9, 1 - 1e-9)
        much = 1 / self.alike - 1
        scattered = rng.beta(within * much, (1 - within) * much)
        return np.where(shares < 1, np.clip(scattered, 1e-9, 1.0), shares)


def reporting_delay(known: LineList) -> ReportingDelay:
    """The delay's regression, averaged over the size of its weekly moves by the evidence."""
    first = max(len(known.reported) - DAYS_OF_DELAYS, 0)
    within = np.cumsum(known.counts, axis=1)
    day, delay = np.nonzero(within > 0)
    seen = (delay > 0) & (day >= first) & (delay <= known.age[day])
    day, delay = day[seen], delay[seen]
    design = _design(known, day, delay)
    trials, hits = within[day, delay], known.counts[day, delay]
    start = np.zeros(design.shape[1])
    start[: _levels(known)] = USUAL
    fits = tuple(fit(design, _binomial(trials, hits), _prior(known, m), start) for m in MOVES)
    evidence = np.array([one.evidence for one in fits])
    weights = np.exp(evidence - evidence.max())
    best = fits[int(evidence.argmax())]
    dispersion = _dispersion(design, trials, hits, best)
    usual = float(np.average(trials, weights=trials)) if len(trials) else 1.0
    alike = min((dispersion - 1) / max(usual - 1, 1.0), MOST_ALIKE)
    return ReportingDelay(known, fits, weights / weights.sum(), dispersion, alike)


def _design(known: LineList, day: Indices, delay: Indices) -> Floats:
    """(rows, coefficients): level by delay, weekday of the report, week of the event."""
    days = len(known.reported)
    level = _level(delay)
    weekday = (known.now.weekday() - (days - 1 - day) + delay) % WEEK
    week = np.minimum((days - 1 - day) // WEEK, _weeks(known) - 1)
    levels, rows = _levels(known), np.arange(len(day))
    design = np.zeros((len(day), levels + WEEK + _weeks(known)))
    design[rows, level] = 1
    design[rows, levels + weekday] = 1
    design[rows, levels + WEEK + week] = 1
    return design


def _level(delay: Indices) -> Indices:
    """Which level a delay has: 0 for a delay of one day."""
    late = ONE_BY_ONE + (delay - ONE_BY_ONE - 1) // WEEK
    return np.where(delay <= ONE_BY_ONE, delay - 1, late)


def _levels(known: LineList) -> int:
    longest = max(known.counts.shape[1] - 1, 1)
    return int(_level(np.array([longest]))[0]) + 1


def _weeks(known: LineList) -> int:
    return -(-min(len(known.reported), DAYS_OF_DELAYS) // WEEK)


def _prior(known: LineList, move: float) -> Floats:
    levels = random_walk(_levels(known), STEP, LEVEL)
    return blocks(levels, np.eye(WEEK) / WEEKDAY**2, random_walk(_weeks(known), move, LASTING))


def _binomial(trials: Floats, hits: Floats) -> Family:
    def family(predictor: Floats) -> tuple[Floats, Floats, float]:
        x = np.clip(predictor, -LARGEST, LARGEST)
        p = expit(x)
        level = float((hits * x - trials * np.logaddexp(0, x)).sum())
        return hits - trials * p, np.maximum(trials * p * (1 - p), 1e-12), level

    return family


def _dispersion(design: Floats, trials: Floats, hits: Floats, best: PenalisedFit) -> float:
    """Pearson's statistic over its degrees of freedom, of cells where some reports are expected."""
    p = expit(design @ best.mode)
    told = trials * p * (1 - p) > 0.2
    if told.sum() < 2 * design.shape[1]:
        return 1.0
    chi = (hits - trials * p)[told] ** 2 / (trials * p * (1 - p))[told]
    return max(float(chi.sum() / (told.sum() - design.shape[1] / 2)), 1.0)
