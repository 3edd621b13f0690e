"""Which further sums to hide, so that no hidden one can be worked out closely.

For each cell that tells, and for each who knows some of the hidden cells, two zero-one programmes:
the cheapest set of cells that lets the sum be that much higher, and that much lower, while every
printed sum stays true (Fischetti and Salazar-González 2000, J. Am. Stat. Assoc. 95, 916-928, for
one attacker and one cell at a time). What they move is hidden. At the end, hidden cells that no
proof needs come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.money.attacking import NOTHING, knowers, needed, reach
from aiqyn.disclosure.money.payments import TableOfSums

TOTALS, SIZE = 0.05, 0.01  # a total costs a little more, and a large sum
NODES, GAP = 200, 0.02  # of one programme: its end never hangs on the clock


def hidden_sums(
    table: TableOfSums, *, advance: Callable[[float], None] = lambda done: None
) -> np.ndarray:
    """(cells,) whether each sum is hidden.

    A way is always there: a cell and all the totals above it can move together, and no looker knows
    one of these who does not stand alone behind the cell itself.
    """
    work = _Hiding(table, table.room > 0)
    work.protect_all(advance)
    work.show_again()
    return work.hidden


@dataclass(slots=True)
class _Hiding:
    table: TableOfSums
    hidden: np.ndarray
    cost: np.ndarray = field(init=False)
    slack: float = field(init=False)

    def __post_init__(self) -> None:
        cells, sums = self.table.table.cells, self.table.sums
        summed = sum((cells[d] == ALL).to_numpy().astype(float) for d in self.table.table.dims)
        self.cost = 1.0 + TOTALS * summed + SIZE * np.log1p(sums)
        self.slack = NOTHING * max(float(sums.max(initial=0.0)), 1.0)

    def protect_all(self, advance: Callable[[float], None]) -> None:
        """Until every cell that tells has its room from everybody who looks."""
        while open_ones := list(self._open()):
            for at, (cell, known, way) in enumerate(open_ones):
                if not self._has_room(cell, known & self.hidden, way):
                    self.hidden |= self._moved(cell, known, way)
                advance((at + 1) / len(open_ones))

    def show_again(self) -> None:
        """Hidden sums that nothing hangs on are shown: the dearest first."""
        spare = np.flatnonzero(self.hidden & (self.table.room <= 0))
        for cell in spare[np.argsort(-self.cost[spare], kind="stable")]:
            self.hidden[cell] = False
            if next(self._open(), None) is not None:
                self.hidden[cell] = True

    def _open(self) -> Iterator[tuple[int, np.ndarray, float]]:
        """Each cell that is too near to the truth, what the looker knows, and the way it is."""
        for known in knowers(self.table, self.hidden):
            for cell in np.flatnonzero((self.table.room > 0) & self.hidden & ~known).tolist():
                for way in (1.0, -1.0):
                    if not self._has_room(cell, known, way):
                        yield cell, known, way

    def _has_room(self, cell: int, known: np.ndarray, way: float) -> bool:
        far = reach(self.table, self.hidden & ~known, cell, way)[0]
        return far >= needed(self.table, cell, way) - self.slack

    def _moved(self, cell: int, known: np.ndarray, way: float) -> np.ndarray:
        """(cells,) the cells that move in the cheapest way to give `cell` its room."""
        table, far = self.table, float(self.table.room[cell])
        can = (table.sums > 0) & ~known
        down = np.where(can, np.minimum(table.sums, far), 0.0)
        up = np.where(can, far, 0.0)
        here = np.eye(1, len(can), cell)
        goal = way * needed(table, cell, way)
        n = len(can)
        nothing = csr_array((table.matrix.shape[0], n))
        one = csr_array((np.ones(n), (np.arange(n), np.arange(n))))
        limits = Bounds(np.concatenate([-down, np.zeros(n)]), np.concatenate([up, np.ones(n)]))
        rows = [
            LinearConstraint(csr_array(hstack([table.matrix, nothing])), 0.0, 0.0),
            LinearConstraint(csr_array(np.concatenate([here, 0 * here], axis=1)), goal, goal),
            LinearConstraint(csr_array(hstack([one, one.multiply(-up)])), -np.inf, 0.0),
            LinearConstraint(csr_array(hstack([one, one.multiply(down)])), 0.0, np.inf),
        ]
        cost = np.concatenate([np.zeros(n), np.where(self.hidden, 0.0, self.cost)])
        for whole in (1, 0):  # without whole numbers there is always an end, if a dearer one
            found = milp(
                cost,
                integrality=np.repeat([0, whole], n),
                bounds=limits,
                constraints=rows,
                options={"mip_rel_gap": GAP, "node_limit": NODES},
            )
            if found.x is not None:
                return np.asarray(np.abs(found.x[:n]) > self.slack)
        raise AssertionError("the cell and the totals above it can always move together")
