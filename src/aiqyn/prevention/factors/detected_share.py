"""The share detected is an estimate: its error drawn given the counts, answers pooled by Rubin.

An error that was drawn without regard to the counts would be seen twice: once between the draws,
and again as spread of the areas round the model (Meng 1994, Stat. Sci. 9, 538-558, on imputations
that do not know the model). So it is drawn from its posterior under the model itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm, t

from aiqyn.prevention.factors.count_model import posterior
from aiqyn.prevention.factors.model_input import Cells, Floats, Grid, Ints, Priors

LEAST_DOUBT = 1e-3  # log scale; an interval narrower than a thousandth is a known share


def doubts(detection: Floats, level: float) -> tuple[Ints, Floats]:
    """Which estimate each cell has, and the standard error of the log of each estimate.

    Cells with the same share, low and high have the same estimate and share its error.

    Parameters
    ----------
    detection : shape (cells, 3): share, low, high
    """
    estimates, which = np.unique(detection, axis=0, return_inverse=True)
    _, low, high = np.log(estimates).T
    spread = (high - low) / (2 * norm.ppf((1 + level) / 2))
    return which.ravel().astype(np.int64), np.maximum(spread, LEAST_DOUBT)


def drawn_offsets(
    cells: Cells, priors: Priors, grid: Grid, draws: int, rng: np.random.Generator
) -> list[Cells]:
    """The cells with their shares known, once for each draw of the errors given the counts."""
    found = posterior(cells, priors, grid)
    points = rng.choice(len(found.weights), size=draws, p=found.weights)
    own = slice(-len(cells.doubts), None)
    made = []
    for point in points:
        mean, spread = found.mean[point, own], found.spread[point, own, own]
        error = rng.multivariate_normal(mean, spread, method="cholesky")
        made.append(known(replace(cells, offset=cells.offset + error[cells.estimate])))
    return made


def known(cells: Cells) -> Cells:
    """The same cells with the offset taken as it stands."""
    return replace(cells, estimate=np.empty(0, dtype=np.int64), doubts=np.empty(0))


@dataclass(frozen=True, slots=True)
class Pooled:
    """One number over the draws.

    Attributes
    ----------
    value, se : log rate ratio
    low, high : its interval
    share : of the variance that comes from the detected share
    """

    value: float
    se: float
    low: float
    high: float
    share: float


def pooled(values: Sequence[float], variances: Sequence[float], level: float) -> Pooled:
    """Rubin (1987), Multiple Imputation for Nonresponse in Surveys, eq. 3.1.2 to 3.1.6."""
    n, value, inside = len(values), float(np.mean(values)), float(np.mean(variances))
    between = (1 + 1 / n) * float(np.var(values, ddof=1)) if n > 1 else 0.0
    total = inside + between
    share = between / total
    free = (n - 1) / max(share, 1e-9) ** 2 if n > 1 else np.inf
    reach = float(t.ppf((1 + level) / 2, free)) * total**0.5
    return Pooled(value, total**0.5, value - reach, value + reach, share)
