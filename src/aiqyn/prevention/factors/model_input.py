"""What the count model takes: counts by area and period, priors, the grid of its two spreads."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts by area and period with what goes with them.

    Attributes
    ----------
    persons : shape (cells,): victims counted
    offset : shape (cells,): log of residents times the share detected
    area, period : shape (cells,): places in `areas` and `periods`
    factors : shape (cells, factors): standardised
    estimate : shape (cells,): place in `doubts` of the estimate that gave a cell its share detected
    doubts : shape (estimates,): standard error of the log of each estimate; empty: taken as known
    """

    persons: Floats
    offset: Floats
    area: Ints
    period: Ints
    factors: Floats
    areas: int
    periods: int
    estimate: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    doubts: Floats = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, slots=True)
class Priors:
    """Standard deviations before the data, on the log scale: of a slope, of the two spreads."""

    slope: float = 0.5
    between_areas: float = 1.0
    beyond_chance: float = 1.0
    period: float = 1.0
    level: float = 10.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Points at which the two spreads are held: shape (points,) each."""

    between_areas: Floats
    beyond_chance: Floats
