"""Secondary suppression: which further cells to hide, over all tables of a publication at once.

For each small cell the cheapest set of cells that must move with it is found by a linear programme
over the sums (the "flow" of Kelly, Golden and Assad 1992, Networks 22, 397–417; for any linked
tables Fischetti and Salazar-González 2000; cited from memory). What has to move is hidden. Each
step keeps a witness: another table that the same publication could stand for. A cell is safe when
two witnesses are far enough apart, so safety is shown and not hoped for; the attack checks again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from aiqyn.disclosure.component import WHOLE
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL
from aiqyn.disclosure.rules import Rules

COMPANY = 0.02  # cost per person; far below the cheapest cell, which costs about 3
REACH = 40  # persons; the farthest a cell moves in one witness


@dataclass(frozen=True, slots=True)
class Block:
    """Cells other than zeros that sums tie together, with their true numbers.

    Attributes
    ----------
    columns : (cells,) columns of the whole system, printed cells first
    printed : how many of them are printed; the rest belong to a refinement
    n : (printed,) persons
    cost : (printed,) what it costs to hide each
    matrix : (rows, cells); row_low, row_high : (rows,)
    must : (printed,) cells to be hidden whatever their number
    """

    columns: np.ndarray
    printed: int
    n: np.ndarray
    cost: np.ndarray
    matrix: csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    must: np.ndarray


class Hiding:
    """Decides the status of every cell of a block; `status` is the result."""

    def __init__(self, block: Block, rules: Rules, status: np.ndarray) -> None:
        self.block, self.rules, self.status = block, rules, status
        self._least, self._most = block.n.copy(), block.n.copy()
        self._witness: dict[tuple[int, int], np.ndarray] = {}
        size, inner = block.printed, len(block.columns) - block.printed
        seen = block.matrix[:, :size]
        # A cell is n + up - down + beyond; "beyond" is what a small cell can do only as an x.
        self._matrix = csr_array(hstack([seen, -seen, seen, block.matrix[:, size:]]))
        known = seen @ block.n
        self._row_low, self._row_high = block.row_low - known, block.row_high - known
        self._inner = inner

    def run(self) -> np.ndarray:
        """Hide until every hidden cell has its width; cells that no proof uses come back."""
        done: set[int] = set()
        while todo := [k for k in self._targets() if k not in done]:
            for cell in todo:
                self._protect(cell)
                done.add(cell)
        self._uncover()
        return self.status

    def _targets(self) -> list[int]:
        """Hidden cells not yet proved safe: small ones first, larger numbers first."""
        marked = np.flatnonzero(self.status != SHOWN)
        order = np.lexsort((marked, -self.block.n[marked], self.status[marked] == HIDDEN))
        return [int(k) for k in marked[order] if not self._safe(int(k))]

    def _safe(self, cell: int) -> bool:
        return bool(self._most[cell] - self._least[cell] >= self.rules.width)

    def _protect(self, cell: int) -> None:
        if self.status[cell] == SMALL:
            self._move(cell, up=True, to=self.rules.largest)
            self._move(cell, up=False, to=self.rules.smallest)
            if self._safe(cell):
                return
            self.status[cell] = HIDDEN  # no way to leave it all of "<5": printed as x
        if not self._safe(cell):
            self._move(cell, up=True, to=int(self._least[cell]) + self.rules.width)

    def _move(self, cell: int, *, up: bool, to: int) -> None:
        """Find a witness in which the cell reaches `to`, and hide what must move with it."""
        n = self.block.n[cell]
        if (self._most[cell] >= to) if up else (self._least[cell] <= to):
            return
        low, high, cost = self._limits()
        size = self.block.printed
        side, other = (cell, size + cell) if up else (size + cell, cell)
        high[other] = high[2 * size + cell] = 0.0
        low[side] = abs(to - n)
        high[side] = max(high[side], low[side])
        cost += self._company(cell, up=not up)
        moved = self._cheapest(low, high, cost)
        if moved is not None:
            self._accept(moved)

    def _company(self, cell: int, *, up: bool) -> np.ndarray:
        """A reward, too low to hide anything for it, for moving other unproved small cells too."""
        small = self.status == SMALL
        needs_up = small & (self._most < self.rules.largest)
        needs_down = small & (self._least > self.rules.smallest)
        wish = np.where(needs_up & (up | ~needs_down), 1.0, np.where(needs_down, -1.0, 0.0))
        wish[cell] = 0.0
        reward = np.zeros(3 * self.block.printed + self._inner)
        size = self.block.printed
        reward[:size], reward[size : 2 * size] = -COMPANY * wish, COMPANY * wish
        return reward

    def _limits(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Bounds and costs of (up, down, beyond, unprinted cells)."""
        n, rules, size = self.block.n, self.rules, self.block.printed
        small = self.status == SMALL
        up = np.where(small, rules.largest - n, REACH)
        down = np.minimum(np.where(small, n - rules.smallest, n - rules.hidden_at_least), REACH)
        beyond = np.where(small, REACH, 0)
        low = np.zeros(3 * size + self._inner)
        high = np.concatenate([up, down, beyond, np.full(self._inner, np.inf)]).astype(float)
        flow = np.where(self.status == SHOWN, self.block.cost, 1e-3)
        cost = [flow, flow, np.full(size, rules.demotion), np.zeros(self._inner)]
        return low, high, np.concatenate(cost)

    def _cheapest(self, low: np.ndarray, high: np.ndarray, cost: np.ndarray) -> np.ndarray | None:
        """(printed,) persons by which each cell moves; None when the cell cannot reach its goal."""
        size = self.block.printed
        for whole in (0, 1):
            found = milp(
                cost,
                integrality=np.full(len(cost), whole),
                bounds=Bounds(low, high),
                constraints=LinearConstraint(self._matrix, self._row_low, self._row_high),
                options={"mip_rel_gap": 0.05},
            )
            if found.x is None:
                return None
            point = np.round(found.x)
            if np.abs(point - found.x).max(initial=0.0) < WHOLE:
                break
        net = point[:size] - point[size : 2 * size] + point[2 * size : 3 * size]
        return np.asarray(net, dtype=np.int64)

    def _accept(self, moved: np.ndarray) -> None:
        there = self.block.n + moved
        self.status[(self.status == SHOWN) & (moved != 0)] = HIDDEN
        self.status[(self.status == SMALL) & (there > self.rules.largest)] = HIDDEN
        for side, better in ((1, there > self._most), (0, there < self._least)):
            for cell in np.flatnonzero(better):
                self._witness[int(cell), side] = moved
        np.maximum(self._most, there, out=self._most)
        np.minimum(self._least, there, out=self._least)

    def _uncover(self) -> None:
        """Show again the cells that no witness of a needed cell moves."""
        asked = (self.block.n <= self.rules.largest) | self.block.must
        needed = set(np.flatnonzero(asked).tolist())
        needed &= set(np.flatnonzero(self.status != SHOWN).tolist())
        queue = sorted(needed)
        while queue:
            cell = queue.pop()
            for side in (0, 1):
                moved = self._witness.get((cell, side))
                fresh = set() if moved is None else set(np.flatnonzero(moved).tolist()) - needed
                needed |= fresh
                queue += sorted(fresh)
        kept = np.zeros(len(self.status), dtype=bool)
        kept[sorted(needed)] = True
        self.status[(self.status == HIDDEN) & ~kept] = SHOWN


def start(n: np.ndarray, rules: Rules) -> np.ndarray:
    """Status before anything is protected: small numbers are small, the rest is shown."""
    small = (n >= rules.smallest) & (n <= rules.largest)
    return np.where(small, SMALL, SHOWN)
