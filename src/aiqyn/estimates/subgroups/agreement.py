"""Parts and the whole: parts scaled to a given whole, and rounded so that they still add up."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np

from aiqyn.estimates.tables.cells import Floats


def scaled_to(dark: Floats, whole: Floats) -> Floats:
    """Persons on no list by stratum, scaled so that they add up to those of the whole.

    Parameters
    ----------
    dark : shape ``(draws, strata)``
    whole : persons on no list in all, shape ``(draws,)``, each draw with its own

    Returns
    -------
    Shape of `dark`; a row is infinite where either is. No part falls below what was recorded in
    it, for only the unrecorded persons are scaled.
    """
    total = dark.sum(axis=1)
    sound = np.isfinite(total) & np.isfinite(whole) & (total > 0)
    scaled = np.full_like(dark, np.inf)
    scaled[sound] = dark[sound] * (whole[sound] / total[sound])[:, None]
    return scaled


def rounded_to_sum(values: Sequence[float], step: int = 1) -> tuple[int, ...]:
    """Values rounded to multiples of `step` that add up to their rounded sum.

    Rounded down, then the largest remainders are rounded up; equal remainders in their order.

    Examples
    --------
    >>> rounded_to_sum([33.4, 33.4, 33.2])
    (34, 33, 33)
    """
    whole = floor(sum(values) / step + 0.5)
    down = [floor(v / step) for v in values]
    left = sorted(range(len(values)), key=lambda k: (down[k] - values[k] / step, k))
    for k in left[: whole - sum(down)]:
        down[k] += 1
    return tuple(step * v for v in down)
