"""Cells and terms of a capture table as bit masks, and the two sums that tie them together.

List `j` of `m` is bit ``1 << j``. A *cell* is the set of lists that hold a person (0: no list, the
dark figure); a *term* of a log-linear model is a set of lists too (0: the intercept). Vectors over
cells or terms have length ``2**m`` and are indexed by the mask, so that

    log mean of cell c   = sum of beta over the terms inside c      (`subset_sums`)
    total N* of a term S = sum of counts over the cells around S    (`superset_sums`)

and the information matrix of the Poisson model is ``H[S, T] = N*[S | T]`` of the fitted means.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def subset_sums(values: Floats) -> Floats:
    """Sum over all subsets of each mask, along the last axis (length ``2**m``)."""
    return _sums(values, into_upper=True)


def superset_sums(values: Floats) -> Floats:
    """Sum over all supersets of each mask, along the last axis (length ``2**m``)."""
    return _sums(values, into_upper=False)


def _sums(values: Floats, *, into_upper: bool) -> Floats:
    total = np.array(values, dtype=np.float64)
    shape, size = total.shape, total.shape[-1]
    step = 1
    while step < size:
        halves = total.reshape(*shape[:-1], size // (2 * step), 2, step)
        if into_upper:
            halves[..., 1, :] += halves[..., 0, :]
        else:
            halves[..., 0, :] += halves[..., 1, :]
        step *= 2
    return total


@cache
def pair_masks(lists: int) -> tuple[int, ...]:
    """Masks of all pairs of lists: 12, 13, … , 1m, 23, … in the order of the table."""
    return tuple((1 << a) | (1 << b) for a, b in combinations(range(lists), 2))


@cache
def main_masks(lists: int) -> tuple[int, ...]:
    """Masks of the single lists."""
    return tuple(1 << j for j in range(lists))


def members(mask: int) -> tuple[int, ...]:
    """Positions of the lists in a mask.

    Examples
    --------
    >>> members(0b1011)
    (0, 1, 3)
    """
    return tuple(j for j in range(mask.bit_length()) if mask >> j & 1)
