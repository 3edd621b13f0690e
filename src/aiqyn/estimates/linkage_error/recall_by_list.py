"""Recall of each list, borrowed from all lists where the audit met few of its persons.

Recall of a list is that of all lists plus its own difference, and the difference is shrunk by
``tau**2 / (tau**2 + v_j)``: v_j is the chance in it, tau**2 what the lists differ beyond chance, by
moments (DerSimonian & Laird 1986, Control. Clin. Trials 7, 177-188, eq. 8, with equal weights).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.estimates.linkage_error.shares import Rng, Share
from aiqyn.estimates.tables.cells import Floats

BOTH_ENDS = 2  # a pair of two lists is counted in the recall of both
FEWEST = 0.05  # recall below it is not drawn


def recalls_by_list(lists: Sequence[Share], size: int, rng: Rng | None) -> Floats:
    """Recall of each list, drawn from its posterior or, without `rng`, its mean.

    Parameters
    ----------
    lists : share found of each list's pairs with other lists, and what their number is worth

    Returns
    -------
    Shape ``(size, lists)``.
    """
    values = np.array([share.value for share in lists])
    worth = np.array([share.n for share in lists])
    if np.isinf(worth).any():
        return np.tile(values, (size, 1))
    pairs = worth.sum() / BOTH_ENDS
    all_lists = Share(float(worth @ values / worth.sum()), float(pairs))
    chance = all_lists.value * (1 - all_lists.value) / worth
    shrink = _shrinkage(values, all_lists.value, chance)
    own = shrink * (values - all_lists.value)
    if rng is not None:
        own = own + rng.standard_normal((size, len(lists))) * np.sqrt(shrink * chance)
    return np.clip(all_lists.drawn(size, rng)[:, None] + own, FEWEST, 1.0)


def _shrinkage(values: Floats, mean: float, chance: Floats) -> Floats:
    beyond = ((values - mean) ** 2).sum() / max(1, len(values) - 1) - chance.mean()
    tau = max(0.0, float(beyond))
    shrink: Floats = tau / np.maximum(tau + chance, 1e-300)
    return shrink
