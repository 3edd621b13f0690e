"""Windows of flows: near origins times near destinations, over the last periods.

A window is a place with its nearest ones as origins, a place with its nearest ones as
destinations, and all flows from the first to the second. Sums over origins are carried along while
destinations are tried, so that each window costs one addition.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.scan.window_scores import Indices, may_exceed, score
from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats


@compiled
def greatest_flow_scores(
    counts: Floats, base: Floats, near: Indices, outward: Indices, inward: Indices, total: float
) -> Floats:
    """(replicates,) greatest score of each.

    Parameters
    ----------
    counts : (replicates, places, places, D) sums over the last 1 … D periods, from and to
    base : (places, places, D) expected
    near : (places, places) by distance; `outward`, `inward` : (places,) most origins, destinations
    total : all cases, or 0 where the expectations are taken as known
    """
    none = np.zeros(base.shape[:2], dtype=np.bool_)
    greatest = np.zeros(len(counts))
    for r in range(len(counts)):
        greatest[r] = best_window(counts[r], base, near, outward, inward, total, none)[0]
    return greatest


@compiled
def best_window(
    counts: Floats,
    base: Floats,
    near: Indices,
    outward: Indices,
    inward: Indices,
    total: float,
    taken: NDArray[np.bool_],
) -> tuple[float, int, int, int, int, int]:
    """Score, origin, number of origins, destination, number of them, duration of the best window.

    Windows with a pair of `taken` (places, places) are passed over; a score of 0 is no window.
    """
    places, durations = len(base), base.shape[2]
    best = (0.0, 0, 0, 0, 0, 0)
    for origin in range(places):
        cases, expected = np.zeros((places, durations)), np.zeros((places, durations))
        closed = np.zeros(places, dtype=np.bool_)
        for k in range(outward[origin]):
            added = near[origin, k]
            cases += counts[added]
            expected += base[added]
            closed |= taken[added]
            for end in range(places):
                c, b = np.zeros(durations), np.zeros(durations)
                for m in range(inward[end]):
                    to = near[end, m]
                    if closed[to]:
                        break
                    for d in range(durations):
                        c[d] += cases[to, d]
                        b[d] += expected[to, d]
                        if may_exceed(c[d], b[d], total, best[0]):
                            found = score(c[d], b[d], total)
                            if found > best[0]:
                                best = (found, origin, k + 1, end, m + 1, d + 1)
    return best
