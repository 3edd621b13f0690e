"""Draws of an estimated outcome from its 95 % intervals, where nobody kept the joint draws."""

from __future__ import annotations

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.prevention.effects.panel import Floats

DRAWS = 40  # more than the 20 of White, Royston & Wood (2011), Stat. Med. 30, 377-399
Z95 = 1.959963984540054


def drawn_from_intervals(
    value: Floats, low: Floats, high: Floats, rng: np.random.Generator, *, draws: int = DRAWS
) -> tuple[Floats, ...]:
    """Shape (units, times) each: independent draws whose middle 95 % is the interval.

    On the logarithm where the lower end is above 0 (a total of persons has a long upper tail),
    with half a normal distribution on either side of the estimate; else on the outcome itself.

    Raises
    ------
    InputRefused PREV-022 when an interval does not hold its value, or is not there.
    """
    if not np.all((low <= value) & (value <= high)):
        raise InputRefused("PREV-022", n=int((~((low <= value) & (value <= high))).sum()))
    whole = bool(np.all(low > 0))
    middle, below, above = (np.log(x) if whole else x for x in (value, low, high))
    told = []
    for _ in range(draws):
        z = rng.normal(size=value.shape) / Z95
        drawn = middle + np.where(z < 0, z * (middle - below), z * (above - middle))
        told.append(np.asarray(np.exp(drawn) if whole else drawn))
    return tuple(told)
