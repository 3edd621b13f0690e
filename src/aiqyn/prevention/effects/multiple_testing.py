"""Several tests of one programme: p-values under which one false finding among all stays rare."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aiqyn.prevention.effects.panel import Floats


def corrected_for_many(p_values: Mapping[str, float]) -> dict[str, float]:
    """p-values of several outcomes of one programme, so that one false finding stays rare.

    Holm (1979), Scand. J. Stat. 6, 65-70.

    Examples
    --------
    >>> corrected_for_many({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'b': 0.06, 'c': 0.06}
    """
    order = sorted(p_values, key=lambda name: p_values[name])
    told: dict[str, float] = {}
    last = 0.0
    for rank, name in enumerate(order):
        last = max(last, min(1.0, (len(order) - rank) * p_values[name]))
        told[name] = round(last, 12)
    return {name: told[name] for name in p_values}


def step_down(size: Floats, drawn: Floats) -> tuple[float, ...]:
    """Adjusted p-values from the largest statistic still in the running.

    Romano & Wolf (2016), Stat. Prob. Lett. 113, 38-40, algorithm 4.2.

    Parameters
    ----------
    size : shape (outcomes,), absolute statistics
    drawn : shape (outcomes, draws), the same without any effect
    """
    order = np.argsort(-size)
    told, last = np.ones(len(size)), 0.0
    for rank, k in enumerate(order):
        largest = drawn[order[rank:]].max(axis=0)
        last = max(last, float((1 + (largest >= size[k]).sum()) / (1 + drawn.shape[1])))
        told[k] = last
    return tuple(map(float, told))
