"""Whether units crowd on the better side of a cut-off: a jump of the score's own density.

McCrary (2008, J. Econometrics 142, 698-714): counts in narrow bins, smoothed by a local line on
either side; a jump of its logarithm says that somebody moved scores over the cut-off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.local_polynomial import powers, weights
from aiqyn.prevention.effects.panel import Floats

KAPPA = 3.348  # McCrary 2008, p. 705: the constant of the automatic bandwidth
VARIANCE = 24 / 5  # of the logarithm's jump, times 1 / (n h f); ibid., eq. 6
FOURTH = 4  # order of the first, global fit


@dataclass(frozen=True, slots=True)
class DensityJump:
    """The jump of the logarithm of the density, its standard error and p-value."""

    value: float
    se: float
    p_value: float
    bandwidth: float


def density_jump(score: Floats, cutoff: float) -> DensityJump | None:
    """McCrary's test; None where a side is too thin for a density."""
    from scipy.stats import norm

    x = score - cutoff
    n, width = len(x), 2 * float(x.std(ddof=1)) / np.sqrt(len(x))
    if width <= 0:
        return None
    middles, heights = _binned(x, width)
    sides = (middles < 0, middles > 0)
    if min(int(s.sum()) for s in sides) <= FOURTH + 1:
        return None
    h = float(np.mean([_bandwidth(middles[s], heights[s], width) for s in sides]))
    below, above = (_at_zero(middles[s], heights[s], h) for s in sides)
    if min(below, above) <= 0:
        return None
    value = float(np.log(above) - np.log(below))
    se = float(np.sqrt(VARIANCE / (n * h) * (1 / above + 1 / below)))
    return DensityJump(value, se, float(2 * norm.sf(abs(value) / se)), h)


def _binned(x: Floats, width: float) -> tuple[Floats, Floats]:
    """Middles of the bins, none across the cut-off, and the density in each."""
    at = np.floor(x / width).astype(np.int64)
    low = int(at.min())
    counts = np.bincount(at - low)
    middles = (np.arange(len(counts)) + low + 0.5) * width
    return np.asarray(middles, dtype=np.float64), counts / (len(x) * width)


def _bandwidth(middles: Floats, heights: Floats, width: float) -> float:
    """Rule of thumb from a global polynomial of order four; McCrary 2008, p. 705."""
    r = powers(middles, FOURTH)
    beta, *_ = np.linalg.lstsq(r, heights, rcond=None)
    free = max(len(middles) - FOURTH - 1, 1)
    spread = float(((heights - r @ beta) ** 2).sum()) / free
    second = 2 * beta[2] + 6 * beta[3] * middles + 12 * beta[4] * middles**2
    curve = float((second**2).sum())
    reach = float(np.abs(middles).max())
    if curve <= 0:
        return reach
    chosen = KAPPA * float((spread * reach / curve) ** 0.2)
    return min(max(chosen, 3 * width), reach)


def _at_zero(middles: Floats, heights: Floats, h: float) -> float:
    w = weights(middles, h)
    keep = w > 0
    r, w = powers(middles[keep], 1), w[keep]
    beta, *_ = np.linalg.lstsq(r * np.sqrt(w)[:, None], heights[keep] * np.sqrt(w), rcond=None)
    return float(beta[0])
