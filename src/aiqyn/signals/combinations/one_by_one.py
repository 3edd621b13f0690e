"""Signals one by one: the strongest first, the next among the records that it does not hold.

A rise of a combination raises its parents (each value alone) and its children (the same with one
more value). Once it is told, its records are set aside and the others are judged without them: what
rose through it only is told no second time, what rose besides is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aiqyn.signals.combinations.cells import Cells
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.naming import best_name
from aiqyn.signals.combinations.rise_scores import Rises, best_rises, logarithms, margins
from aiqyn.signals.combinations.shuffled_dates import Dates


@dataclass(frozen=True, slots=True)
class Step:
    """The strongest cell of those left.

    Attributes
    ----------
    cell : its number
    window : its place among the windows
    score : G less the handicap, of the strongest of this cell, its parents and children
    left : (n,) whether each record was not set aside for an earlier one
    """

    cell: int
    window: int
    score: float
    left: np.ndarray[tuple[int], np.dtype[np.bool_]]


def strongest_first(cells: Cells, dated: Dates, windows: tuple[int, ...]) -> Iterator[Step]:
    """The strongest cell, then the strongest without its records, and so on."""
    left = np.ones(len(dated.back), dtype=np.bool_)
    while left.any():
        rises = _rises(cells, dated, windows, np.flatnonzero(left))
        score = rises.score - cells.handicap
        top = int(np.argmax(score))
        if score[top] <= 0:
            return
        inside = dated.back < windows[rises.window[top]]
        cell = best_name(cells, top, left, inside, dated.season)
        window = rises.window[cell if rises.score[cell] > 0 else top]
        yield Step(cell, int(window), float(score[top]), left.copy())
        left[cells.records(cell)] = False


def _rises(cells: Cells, dated: Dates, windows: tuple[int, ...], left: Indices) -> Rises:
    of = cells.of[left]
    rest = Dates(dated.back[left], dated.season[left], dated.longest)
    known = margins(of, cells.number, rest.season, rest.back, windows)
    return best_rises(of, rest.latest(), known, logarithms(known))
