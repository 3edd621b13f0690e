"""The fewest cells to hide: a cutting-plane programme over the pattern of hidden cells.

Which cells are hidden is one zero-one programme. Where the attack finds that a pattern leaves a
hidden cell too little room, the multipliers of its linear programme name the sums that close it in;
they say which further cells would open a way, for this pattern and for every other. That sentence
is a cut; the programme is solved again with it (Fischetti and Salazar-González 2000, J. Am. Stat.
Assoc. 95, 916-928, section 4: capacity constraints and bridge-less inequalities).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.secondary_suppression import Block

ROUNDS = 60  # programmes; a pattern that is not safe by then is left to the other way
CELLS = 700  # largest block tried; beyond it the programmes take minutes
FAR = 1000.0  # persons; as far as a hidden number may lie from the truth in a witness
NODES = 400  # branches of one programme, so that its end never hangs on the clock
GAP = 0.03
NOTHING = 1e-7


@dataclass(slots=True)
class _Cuts:
    """Rows ``weights @ hidden >= needed``."""

    width: int
    rows: list[np.ndarray] = field(default_factory=list)
    needed: list[float] = field(default_factory=list)

    def add(self, row: np.ndarray, needed: float) -> None:
        self.rows.append(row)
        self.needed.append(needed)

    def constraint(self) -> LinearConstraint:
        rows = csr_array(np.array(self.rows).reshape(-1, self.width))
        return LinearConstraint(rows, np.array(self.needed), np.inf)


def fewest(block: Block, rules: Rules) -> np.ndarray | None:
    """(printed,) whether each cell is hidden, at least cost; None where this way is not open.

    All hidden cells are taken for ``x``. Blocks with unprinted cells, with sums that are no
    equations, or too large, are left to the sequential way.
    """
    if not _plain(block):
        return None
    must = block.n <= rules.largest
    if not must.any():
        return np.zeros(block.printed, dtype=bool)
    cuts = _Cuts(block.printed)
    _no_bridges(block, cuts)
    for _ in range(ROUNDS):
        hidden = _pattern(block.cost, must, cuts)
        if hidden is None:
            return None
        found = _tight_cells(block, rules, hidden)
        if not found:
            return hidden
        for row, needed in found:
            cuts.add(row, needed)
    return None


def _plain(block: Block) -> bool:
    equations = (block.row_low == block.row_high).all()
    return block.printed == len(block.columns) <= CELLS and bool(equations)


def _no_bridges(block: Block, cuts: _Cuts) -> None:
    """In every sum, a hidden cell has another one beside it."""
    for row in range(block.matrix.shape[0]):
        cells = block.matrix.indices[block.matrix.indptr[row] : block.matrix.indptr[row + 1]]
        for cell in cells:
            line = np.zeros(block.printed)
            line[cells], line[cell] = 1.0, -1.0
            cuts.add(line, 0.0)


def _pattern(cost: np.ndarray, must: np.ndarray, cuts: _Cuts) -> np.ndarray | None:
    found = milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=Bounds(must.astype(float), 1.0),
        constraints=cuts.constraint(),
        options={"mip_rel_gap": GAP, "node_limit": NODES},
    )
    return None if found.x is None else np.asarray(found.x > 0.5)


def _tight_cells(block: Block, rules: Rules, hidden: np.ndarray) -> list[tuple[np.ndarray, float]]:
    """A cut for every hidden cell that the pattern leaves less than the width."""
    seen = _Seen(block, rules, hidden)
    seen.move_together()
    return [cut for cell in seen.narrow() if (cut := seen.cut(int(cell))) is not None]


class _Seen:
    """One pattern as the attack sees it, and how far from the truth each cell was seen to go."""

    def __init__(self, block: Block, rules: Rules, hidden: np.ndarray) -> None:
        self.block, self.width = block, float(rules.width)
        self.columns = np.flatnonzero(hidden)
        self.down = np.maximum(block.n - rules.hidden_at_least, 0).astype(float)
        self.matrix = csr_array(block.matrix[:, self.columns])
        self.least = np.zeros(len(self.columns))
        self.most = np.zeros(len(self.columns))

    def narrow(self) -> np.ndarray:
        """Cells not yet seen to have their width."""
        return self.columns[self.most - self.least < self.width - NOTHING]

    def move_together(self) -> None:
        """Look at points where many cells move at once: most cells are settled by them."""
        while (before := len(self.narrow())) > 0:
            left = np.isin(self.columns, self.narrow()).astype(float)
            for sign in (1.0, -1.0):
                self._optimum(-sign * left, reach=self.width)
            if len(self.narrow()) > before // 2:
                return

    def cut(self, cell: int) -> tuple[np.ndarray, float] | None:
        """None when the cell has its width; else what the pattern lacks."""
        if cell not in self.narrow():
            return None
        goal = (self.columns == cell).astype(float)
        above, below = self._optimum(-goal), self._optimum(goal)
        return self._lacking(cell, above, below) if cell in self.narrow() else None

    def _optimum(self, cost: np.ndarray, *, reach: float = FAR) -> np.ndarray:
        """(rows,) multipliers of the programme; the point it ends in is remembered."""
        down = np.minimum(self.down[self.columns], reach)
        found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
            cost,
            A_eq=self.matrix,
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=np.column_stack([-down, np.full(len(down), reach)]),
        )
        np.maximum(self.most, found.x, out=self.most)
        np.minimum(self.least, found.x, out=self.least)
        return -np.asarray(found.eqlin.marginals)

    def _lacking(
        self, cell: int, above: np.ndarray, below: np.ndarray
    ) -> tuple[np.ndarray, float] | None:
        """How much room each cell, hidden or not yet, would give at these multipliers."""
        give = np.zeros(self.block.printed)
        for sign, multipliers in ((1.0, above), (-1.0, below)):
            price = -(self.block.matrix.T @ multipliers)
            price[cell] += sign
            price[np.abs(price) < NOTHING] = 0.0
            give += np.maximum(price, 0.0) * FAR + np.maximum(-price, 0.0) * self.down
        needed = self.width - give[cell]
        if needed <= NOTHING:
            return None
        give[cell] = 0.0
        row = np.minimum(give, needed)
        row[cell] = -needed
        return row, 0.0
