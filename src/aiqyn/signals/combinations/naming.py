"""Which of nested combinations it was that rose: a cell, one of its parents, one of its children.

The score and its handicap judge whether anything rose. Which of some nested cells it was is a
question between a few. If the cases of the window came to have cell c more often, and were else as
they used to be, their log-likelihood against the past is

    L(c) = O log(q / pi) + (w - O) log((1 - q) / (1 - pi)),   q = O / w,

O of the window's w cases in c, pi the share of c before. Where few records were in a cell before,
pi leans on a parent's: that times the share of the value that was added (`PRIOR_RECORDS` records of
weight; the highest over the parents). So two cells that are both new can be told apart: the one
with more values in common says more.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.cells import Cells
from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.series.judged import Floats

PRIOR_RECORDS = 10.0
WORTH_A_VALUE = 3.0  # of L; a value more must add as much

Rows = NDArray[np.bool_]


def best_name(cells: Cells, top: int, left: Rows, inside: Rows, season: Indices) -> int:
    """Of a cell, its parents and its children the one that tells the rise best.

    Parameters
    ----------
    left : (n,) records that are still judged
    inside : (n,) records in the window
    season : (n,) of each record; the past counts as if it had the window's seasons
    """
    own = set(cells.sets[cells.set_of[top]])
    nested = [i for i, chosen in enumerate(cells.sets) if own <= set(chosen) or own >= set(chosen)]
    held = cells.records(top)
    among = np.unique(cells.of[held[(left & inside)[held]]][:, nested])
    among = among[among >= 0]
    weight = _as_in_the_window(left & ~inside, left & inside, season)
    past = Past(cells, _counts(cells, weight), float(weight.sum()))
    now, w = _counts(cells, (left & inside).astype(np.float64)), int((left & inside).sum())
    worth = [_gain(int(now[cell]), w, past.share(int(cell))) for cell in among]
    size = np.array([len(cells.sets[cells.set_of[cell]]) for cell in among])
    return int(among[np.argmax(np.array(worth) - WORTH_A_VALUE * size)])


def _as_in_the_window(past: Rows, now: Rows, season: Indices) -> Floats:
    """(n,) weight of each past record, so that seasons have the window's shares."""
    weight = np.zeros(len(season))
    for one in np.unique(season[now]):
        own = past & (season == one)
        weight[own] = (now & (season == one)).sum() / max(int(own.sum()), 1)
    return np.asarray(weight * (past & (weight > 0)).sum() / max(float(weight.sum()), 1e-9))


def _counts(cells: Cells, weight: Floats) -> Floats:
    """(C,) weight of the records of each cell."""
    rows = np.flatnonzero(weight)
    each = np.repeat(weight[rows], cells.of.shape[1])
    counts = np.bincount(cells.of[rows].ravel() + 1, each, cells.number + 1)[1:]
    return counts.astype(np.float64)


def _gain(o: int, w: int, pi: float) -> float:
    """L; below everything unless the share rose."""
    if o <= w * pi:
        return -np.inf
    rest = (w - o) * np.log((1 - o / w) / (1 - pi)) if o < w else 0.0
    return float(o * np.log(o / w / pi) + rest)


@dataclass(frozen=True, slots=True)
class Past:
    """Shares before the window.

    Attributes
    ----------
    cells : all of them
    counts : (C,) records of each before the window, weighted by season
    records : all of them
    """

    cells: Cells
    counts: Floats
    records: float
    known: dict[int, float] = field(default_factory=dict)

    def share(self, cell: int) -> float:
        """Of all records, leaning on the parents where few were in the cell."""
        if cell not in self.known:
            chosen = self.cells.sets[self.cells.set_of[cell]]
            n = float(self.counts[cell])
            self.known[cell] = (
                (n + 0.5) / (self.records + 1)
                if len(chosen) == 1
                else max(self._given(cell, n, chosen, out) for out in chosen)
            )
        return self.known[cell]

    def _given(self, cell: int, n: float, chosen: tuple[int, ...], out: int) -> float:
        """Share of the parent without attribute `out`, times that of its value in the parent."""
        parent = self._cell(cell, tuple(a for a in chosen if a != out))
        usual = PRIOR_RECORDS * self.share(self._cell(cell, (out,)))
        return self.share(parent) * (n + usual) / (float(self.counts[parent]) + PRIOR_RECORDS)

    def _cell(self, cell: int, chosen: tuple[int, ...]) -> int:
        """The cell over it that has these attributes."""
        return int(self.cells.of[self.cells.example[cell], self.cells.sets.index(chosen)])
