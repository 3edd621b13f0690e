"""What a reader of a table of sums, or a contributor to it, can work out of its hidden cells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from aiqyn.disclosure.money.payments import TableOfSums

NOTHING = 1e-6  # of the largest sum; below it a difference is the solver's


def knowers(table: TableOfSums, hidden: np.ndarray) -> list[np.ndarray]:
    """(cells,) masks of hidden cells that somebody knows: a reader none, an only contributor his.

    Who stands alone behind a hidden sum knows it to the last coin and can use it against the cells
    beside it ("singletons": Hundepool et al. 2012, section 4.4.3).
    """
    own = table.alone[hidden & (table.alone >= 0)]
    alone = [hidden & (table.alone == who) for who in np.unique(own)]
    return [np.zeros(len(hidden), dtype=bool), *alone]


def reach(table: TableOfSums, free: np.ndarray, cell: int, way: float) -> tuple[float, np.ndarray]:
    """How far the sum of `cell` can lie from the truth, and the differences of all cells there.

    Parameters
    ----------
    free : (cells,) whether the looker does not know the cell
    way : 1.0 upwards, -1.0 downwards

    Returns
    -------
    distance (in the unit of the amounts, up to the room asked for), (cells,) differences.
    """
    columns = np.flatnonzero(free)
    inner = csr_array(table.matrix[:, columns])
    far = float(max(table.room[cell], 0.0))
    low = -np.minimum(table.sums[columns], far)
    found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
        -way * (columns == cell).astype(float),
        A_eq=inner,
        b_eq=np.zeros(inner.shape[0]),
        bounds=np.column_stack([low, np.full(len(columns), far)]),
    )
    moved = np.zeros(len(free))
    moved[columns] = found.x
    return float(way * moved[cell]), moved


def needed(table: TableOfSums, cell: int, way: float) -> float:
    """The distance a hidden cell must be able to lie from the truth; no sum is below zero."""
    room = float(table.room[cell])
    return room if way > 0 else min(room, float(table.sums[cell]))


def reach_of_cells(table: TableOfSums, hidden: np.ndarray) -> Sequence[int]:
    """The cells that must be hidden and that somebody still comes too near to.

    Parameters
    ----------
    hidden : (cells,) which cells the print leaves out

    Returns
    -------
    Positions of cells, in order; empty when the table is safe.
    """
    slack = NOTHING * max(float(table.sums.max(initial=0.0)), 1.0)
    opened = set(np.flatnonzero((table.room > 0) & ~hidden).tolist())
    for known in knowers(table, hidden):
        free = hidden & ~known
        for cell in np.flatnonzero((table.room > 0) & free).tolist():
            for way in (1.0, -1.0):
                if reach(table, free, cell, way)[0] < needed(table, cell, way) - slack:
                    opened.add(cell)
    return sorted(opened)
