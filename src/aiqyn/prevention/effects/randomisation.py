"""Randomisation inference: what the same comparison shows when the programme is put elsewhere.

With few areas, or one area a start, a standard error made from the spread within each group is
far too small (Conley & Taber 2011, Rev. Econ. Stat. 93, 113-125). Here the starts are dealt out
anew among the areas, and an effect belongs to the interval when, once taken out of the treated
cells, the estimate is not extreme among those dealings (Rosenbaum 2002, Stat. Sci. 17, 286-327).
Exact where the starts were dealt at random and the effect is the same everywhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from aiqyn.prevention.effects.panel import Floats, Ints, Panel

DEALINGS = 1999  # drawn anew; their number bounds the smallest p-value at 1 / 2000
AS_LARGE = 1 - 1e-9  # a tie counts as at least as large


@dataclass(frozen=True, slots=True)
class Randomised:
    """The estimate among its re-dealings.

    Attributes
    ----------
    p_value : of no effect anywhere
    low, high : 95 % interval, outcome's unit; None where the dealings are too few to bound it
    spread : standard deviation of the re-dealt estimates once the effect is taken out
    smallest_p : the smallest p-value that so many areas can give
    """

    p_value: float
    low: float | None
    high: float | None
    spread: float
    smallest_p: float


def randomised(
    panel: Panel,
    form: Floats,
    rng: np.random.Generator,
    *,
    alpha: float = 0.05,
    dealings: int = DEALINGS,
) -> Randomised:
    """The interval and p-value of ``(form * outcome).sum()`` when rows of `form` are re-dealt."""
    effect = float((form * panel.outcome).sum())
    orders = orders_of(len(panel.units), rng, dealings)
    at, own = (
        redealt(form, panel.outcome, orders),
        redealt(form, panel.under_programme.astype(np.float64), orders),
    )
    scale = float((form * panel.under_programme).sum())
    own = own / scale  # 1 where the same areas are dealt the same starts
    low, high = _ends(effect, at, own, alpha)
    free = at - effect * own
    p = (1 + int((np.abs(at) >= AS_LARGE * abs(effect)).sum())) / (1 + dealings)
    return Randomised(p, low, high, float(np.std(free)), smallest_p(panel))


def orders_of(units: int, rng: np.random.Generator, dealings: int = DEALINGS) -> Ints:
    """Shape (dealings, units): orders in which the starts are dealt out."""
    return np.argsort(rng.random((dealings, units)), axis=1)


def redealt(form: Floats, table: Floats, orders: Ints) -> Floats:
    """Shape (dealings,): the form with its rows in each order."""
    each = form @ table.T  # what row i of the form makes of area j
    return np.asarray(each[orders, np.arange(len(form))].sum(axis=1))


def _ends(
    effect: float, at: Floats, own: Floats, alpha: float
) -> tuple[float | None, float | None]:
    """Where the share of dealings at least as extreme falls to `alpha`.

    A dealing with estimate ``a`` and share ``b`` is as extreme as effect tau taken out between the
    roots of ``|a - tau b| = |effect - tau|``, on either side of the estimate.
    """
    same = np.abs(own) > AS_LARGE
    safe = np.where(same, 0.0, own)
    one, two = (effect - at) / (1 - safe), (effect + at) / (1 + safe)
    below = np.where(same, -np.inf, np.minimum(one, two))
    above = np.where(same, np.inf, np.maximum(one, two))
    k = math.floor(alpha * (1 + len(at))) - 1  # so many may reach further without p > alpha
    low, high = np.sort(below)[k], np.sort(above)[len(at) - 1 - k]
    return _finite(low), _finite(high)


def _finite(end: float) -> float | None:
    return float(end) if math.isfinite(end) else None


def smallest_p(panel: Panel) -> float:
    """1 over the number of ways to deal these starts out among these areas."""
    _, sizes = np.unique(panel.starts, return_counts=True)
    ways = math.lgamma(len(panel.units) + 1) - sum(math.lgamma(n + 1) for n in sizes)
    return math.exp(-ways)
