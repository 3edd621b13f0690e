"""Places that lie beside each other, and the sets of them that hang together.

Two places are neighbours when no third one lies in the circle that has the line between them as its
diameter (K. R. Gabriel and R. R. Sokal, 1969, Syst. Zool. 18:259). That needs no distance to be
chosen, and leaves no place without a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.series.judged import Floats

Neighbours = Mapping[str, frozenset[str]]
TOUCHING = 1e-9  # relative: a place on the circle itself lies in it


def gabriel(apart: Floats) -> NDArray[np.bool_]:
    """(places, places) who is beside whom, from their distances."""
    square = apart**2
    ways = square[:, None, :] + square[None, :, :]  # from one place to the other by a third
    between = ways <= square[:, :, None] * (1 + TOUCHING)
    own = np.eye(len(apart), dtype=bool)
    third = ~(own[:, None, :] | own[None, :, :])
    return np.asarray(~(between & third).any(axis=2) & ~own)


def connected_sets(beside: Neighbours, most: int, enough: int) -> tuple[tuple[str, ...], ...]:
    """Sets of two to `most` places that hang together, each in order, the smallest first.

    Sets of a size are left out, and all larger ones, where they would be more than `enough`.

    References
    ----------
    T. Tango and K. Takahashi (2005), Int. J. Health Geogr. 4:11 (scan over all connected sets).
    """
    grown = {frozenset([place]) for place in beside}
    found: list[tuple[str, ...]] = []
    for _ in range(1, most):
        grown = {
            one | {other}
            for one in grown
            for place in one
            for other in beside[place] - one
            if other in beside
        }
        if len(found) + len(grown) > enough:
            break
        found += sorted(tuple(sorted(one)) for one in grown)
    return tuple(found)
