"""Controlled rounding of a long table of counts.

Every cell goes to the multiple of the base just below or just above it; a multiple stays where it
is (zero-restricted), so a zero is a zero. Of all tables like that in which every total is the sum
of its parts, the one nearest to the truth is taken. In two dimensions one always exists; where none
does (three dimensions and more, nested ones), cells may go one base further, as few as possible.

References
----------
Cox (1987), A constructive procedure for unbiased controlled rounding, J. Am. Stat. Assoc. 82,
520-524: existence in two dimensions. Salazar-González (2006), Controlled rounding and cell
perturbation, Math. Program. 105, 583-603: the integer programme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from aiqyn.disclosure.component import components
from aiqyn.disclosure.long_tables.reading import LOW, LongTable
from aiqyn.disclosure.long_tables.system import build_system
from aiqyn.disclosure.web import Web
from aiqyn.errors import AnswerRefused

STRETCH = 1_000.0  # price of going a base further, in bases of distance; dearer than any nearness
FURTHEST = 3  # bases beyond the neighbours
GAP = 1e-4
NODES = 2_000


@dataclass(frozen=True, slots=True, repr=False)
class RoundedTable:
    """A rounded table.

    Attributes
    ----------
    table : the true table; never for the public
    base : persons
    values : (cells,) rounded numbers, in the order of the table
    beyond : cells that went further than to the next multiple
    """

    table: LongTable
    base: int
    values: np.ndarray
    beyond: int

    @property
    def moved(self) -> float:
        """Mean distance from the truth, persons a cell."""
        return float(np.abs(self.values - self.table.cells[LOW].to_numpy()).mean())

    def __repr__(self) -> str:
        return f"RoundedTable: {len(self.values)} cells to base {self.base}, {self.beyond} beyond"


def round_controlled(table: LongTable, *, base: int = 5) -> RoundedTable:
    """Round a true table so that it adds up; no randomness: the same table, the same answer.

    Parameters
    ----------
    base : persons; a reader learns of a number r only that it lies within base - 1 of r

    Raises
    ------
    AnswerRefused (DISC-027) when no table of multiples adds up within three bases.
    """
    system = build_system([table], absent_zero=True)
    n = table.cells[LOW].to_numpy().astype(np.int64)
    steps = _adjacent(system.web, n, base)
    if steps is None:
        steps = _nearest_of_all(system.web, n, base)
    if steps is None:
        raise AnswerRefused("DISC-027", file=table.file, base=base)
    beyond = int(((steps < n // base) | (steps > -(-n // base))).sum())
    return RoundedTable(table, base, base * steps, beyond)


def _adjacent(web: Web, n: np.ndarray, base: int) -> np.ndarray | None:
    """(cells,) multiples next to each number, part by part; None where a part has no such table."""
    floor = n // base
    owed, steps = -(web.matrix @ floor), floor.copy()
    free = (n % base > 0).astype(float)
    for part in components(web.matrix, owed, owed, np.zeros(len(n)), free):
        up = _nearest(part.matrix, part.row_low, 1 - 2 * (n / base - floor)[part.columns])
        if up is None:
            return None
        steps[part.columns] += up
    return steps if not np.any(web.matrix @ steps) else None


def _nearest(matrix: csr_array, owed: np.ndarray, cost: np.ndarray) -> np.ndarray | None:
    found = milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=Bounds(0.0, 1.0),
        constraints=LinearConstraint(matrix, owed, owed),
        options={"mip_rel_gap": GAP, "node_limit": NODES},
    )
    return None if found.x is None else np.round(found.x).astype(np.int64)


def _nearest_of_all(web: Web, n: np.ndarray, base: int) -> np.ndarray | None:
    """The same over the whole table, where a number may go further at a high price."""
    floor, size = n // base, len(n)
    near = 1 - 2 * (n / base - floor)
    cost = np.concatenate([near, np.full(2 * size, STRETCH)])
    ends = [n % base > 0, np.where(n > 0, FURTHEST, 0), np.minimum(floor, FURTHEST)]
    owed = -(web.matrix @ floor)
    found = milp(
        cost,
        integrality=np.ones(3 * size, dtype=np.int64),
        bounds=Bounds(0.0, np.concatenate(ends).astype(float)),
        constraints=LinearConstraint(
            csr_array(hstack([web.matrix, web.matrix, -web.matrix])), owed, owed
        ),
        options={"mip_rel_gap": GAP, "node_limit": NODES},
    )
    if found.x is None:
        return None
    x = np.round(found.x).astype(np.int64).reshape(3, size)
    return np.asarray(floor + x[0] + x[1] - x[2])
