"""The strongest cell of some of the records, and its name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.cells import Cells
from aiqyn.signals.combinations.margins import margins
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.naming import best_name
from aiqyn.signals.combinations.rise_scores import Rises, best_rises, logarithms
from aiqyn.signals.combinations.shuffled_dates import Dates


@dataclass(frozen=True, slots=True)
class StrongestCell:
    """The strongest cell of those left.

    Attributes
    ----------
    cell : its number
    months : of the window that shows it best
    score : G less the handicap, of the strongest of this cell, its parents and children
    """

    cell: int
    months: int
    score: float


def strongest_cell(
    cells: Cells, dated: Dates, windows: tuple[int, ...], left: NDArray[np.bool_]
) -> StrongestCell | None:
    """The strongest rise among the records that are left; None where nothing rises."""
    if not left.any():
        return None
    rises = _rises(cells, dated, windows, np.flatnonzero(left))
    score = rises.score - cells.handicap
    top = int(np.argmax(score))
    if score[top] <= 0:
        return None
    inside = dated.back < windows[rises.window[top]]
    cell = best_name(cells, top, left, inside, dated.season)
    window = rises.window[cell if rises.score[cell] > 0 else top]
    return StrongestCell(cell, windows[window], float(score[top]))


def _rises(cells: Cells, dated: Dates, windows: tuple[int, ...], left: Indices) -> Rises:
    of = cells.of[left]
    rest = Dates(dated.back[left], dated.season[left], dated.longest)
    known = margins(of, cells.number, rest.season, rest.back, windows)
    return best_rises(of, rest.latest(), known, logarithms(known))
