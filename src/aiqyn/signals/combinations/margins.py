"""How many records each cell and each window holds, and how many of both are to be expected.

None of it changes when dates are shuffled within seasons.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.months_back import SEASONS, Indices
from aiqyn.signals.series.compiled import compiled
from aiqyn.signals.series.judged import Floats


@dataclass(frozen=True, slots=True)
class Margins:
    """What stays the same when dates are shuffled within seasons.

    Attributes
    ----------
    size : (C,) records of each cell
    window : (W,) records of each window
    records : of all
    expected : (C, W) in cell and window
    """

    size: Indices
    window: Indices
    records: int
    expected: Floats


def margins(
    of: NDArray[np.int32], number: int, season: Indices, back: Indices, windows: tuple[int, ...]
) -> Margins:
    """Margins of the records that are left.

    Parameters
    ----------
    of : (n, sets) cell of each record, as in `Cells`
    season, back : (n,) of each record
    windows : lengths in months
    """
    by_season = count_by_season(of, number, season)
    of_season = np.bincount(season, minlength=SEASONS)
    inside = np.array(
        [np.bincount(season[back < length], minlength=SEASONS) for length in windows]
    ).astype(np.float64)
    share = (inside / np.maximum(of_season, 1)).T
    return Margins(
        by_season.sum(axis=1).astype(np.int64),
        inside.sum(axis=1).astype(np.int64),
        len(season),
        by_season @ share,
    )


@compiled
def count_by_season(of: NDArray[np.int32], number: int, season: Indices) -> Floats:
    """(C, seasons) records of each cell."""
    counts = np.zeros((number, SEASONS))
    for record in range(of.shape[0]):
        for chosen in range(of.shape[1]):
            if of[record, chosen] >= 0:
                counts[of[record, chosen], season[record]] += 1.0
    return counts
