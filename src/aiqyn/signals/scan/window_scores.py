"""Likelihood ratios of the windows: a place with its nearest ones, over the last periods.

Poisson with known expectations (Neill 2006), ``c log(c/b) - c + b``; given the total `C`
(Kulldorff 1997, 2001), ``c log(c/b) + (C-c) log((C-c)/(C-b))``; both 0 unless ``c > b``.
As ``log x <= x - 1``, neither exceeds ``(c-b)^2 / b``, the second times ``C / (C-b)``: a logarithm
is taken only where this bound is over the best score so far.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats

Indices = NDArray[np.int64]


@compiled
def score(c: float, b: float, total: float) -> float:
    """Score of `c` cases for `b` expected; `total` 0 takes the expectations as known."""
    if c <= b:
        return 0.0
    if total == 0.0:
        return float(c * np.log(c / b) - c + b)
    outside = total - c
    rest = outside * np.log(outside / (total - b)) if outside > 1e-9 else 0.0
    return float(c * np.log(c / b) + rest)


@compiled
def may_exceed(c: float, b: float, total: float, best: float) -> bool:
    """Whether the bound on the score is over `best`; no logarithm is taken."""
    over = c - b
    if over <= 0.0:
        return False
    if total == 0.0:
        return over * over > best * b
    return over * over * total > best * b * (total - b)


@compiled
def every_score(
    counts: Floats, base: Floats, near: Indices, reach: Indices, total: float
) -> Floats:
    """(places, K, D) scores of all windows; the counts and the base are sums over the last d."""
    places, durations = counts.shape
    scores = np.zeros((places, reach.max(), durations))
    for centre in range(places):
        cases, expected = np.zeros(durations), np.zeros(durations)
        for k in range(reach[centre]):
            for d in range(durations):
                cases[d] += counts[near[centre, k], d]
                expected[d] += base[near[centre, k], d]
                scores[centre, k, d] = score(cases[d], expected[d], total)
    return scores


@compiled
def greatest_scores(
    counts: Floats, base: Floats, near: Indices, reach: Indices, total: float
) -> Floats:
    """(replicates,) greatest score of each; `counts` (replicates, places, D) as above."""
    replicates, places, durations = counts.shape
    greatest = np.zeros(replicates)
    cases, expected = np.zeros(durations), np.zeros(durations)
    for r in range(replicates):
        best = 0.0
        for centre in range(places):
            cases[:] = 0.0
            expected[:] = 0.0
            for k in range(reach[centre]):
                place = near[centre, k]
                for d in range(durations):
                    cases[d] += counts[r, place, d]
                    expected[d] += base[place, d]
                    if may_exceed(cases[d], expected[d], total, best):
                        best = max(best, score(cases[d], expected[d], total))
        greatest[r] = best
    return greatest
