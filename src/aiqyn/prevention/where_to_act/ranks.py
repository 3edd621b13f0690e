"""Ranks with their doubt: an interval for each place, and groups that cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def rank_intervals(draws: Floats, level: float) -> list[tuple[int, int]]:
    """Lowest and highest place of each column; 1 has the most.

    Parameters
    ----------
    draws : shape (draws, areas): joint draws, so that areas are compared draw by draw

    References
    ----------
    Goldstein & Spiegelhalter (1996), J. R. Stat. Soc. A 159, 385-443: ranks without intervals
    mislead.
    """
    places = (-draws).argsort(axis=1).argsort(axis=1) + 1
    tail = (1 - level) / 2
    low = np.quantile(places, tail, axis=0, method="lower")
    high = np.quantile(places, 1 - tail, axis=0, method="higher")
    return [(int(a), int(b)) for a, b in zip(low, high, strict=True)]


def tiers(draws: Floats, apart: float) -> list[int]:
    """The group of each column, 1 having the most; members cannot be told from the group's first.

    Columns are taken by their median. One opens a new group when the first of the present group
    exceeds it with a probability of at least `apart`.
    """
    order: Sequence[int] = np.argsort(-np.median(draws, axis=0), kind="stable").tolist()
    told = [0] * draws.shape[1]
    first, group = order[0], 1
    for column in order:
        if float(np.mean(draws[:, first] > draws[:, column])) >= apart:
            first, group = column, group + 1
        told[column] = group
    return told


def not_told_apart(draws: Floats, apart: float) -> list[list[int]]:
    """For each column the others that have more or fewer with less than probability `apart`."""
    more = (draws[:, :, None] > draws[:, None, :]).mean(axis=0)
    like = np.maximum(more, more.T) < apart
    np.fill_diagonal(like, val=False)
    return [np.flatnonzero(row).tolist() for row in like]
