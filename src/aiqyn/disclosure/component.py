"""One part of the system that no sum ties to the rest, and the extremes its cells can reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

WHOLE = 1e-6  # persons; a value this near to a whole number is whole


@dataclass(frozen=True, slots=True)
class Component:
    """Cells tied together, everything already known moved into the bounds of the rows.

    Attributes
    ----------
    columns : (cells,) columns of the whole system
    rows : (rows,) rows of the whole system
    matrix : (rows, cells)
    """

    columns: np.ndarray
    rows: np.ndarray
    matrix: csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def optimum(self, cost: np.ndarray) -> np.ndarray | None:
        """Whole numbers of persons that make ``cost @ cells`` least; None when nothing fits.

        The linear programme comes first; its corner is nearly always whole. Where it is not, whole
        numbers are asked for, so that an extreme is one that real persons can reach.
        """
        for whole in (0, 1):
            found = milp(
                cost,
                integrality=np.full(len(cost), whole),
                bounds=Bounds(self.low, self.high),
                constraints=LinearConstraint(self.matrix, self.row_low, self.row_high),
            )
            if found.x is None:
                return None
            point = np.round(found.x)
            if np.abs(point - found.x).max(initial=0.0) < WHOLE:
                return point
        return point


def components(
    matrix: csr_array,
    row_low: np.ndarray,
    row_high: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> Iterator[Component]:
    """The parts of a system that hang together through cells not yet fixed."""
    free = np.flatnonzero(high > low)
    fixed = np.where(high > low, 0.0, low)
    known = matrix @ fixed
    inner = csr_array(matrix[:, free])
    busy = np.flatnonzero(np.diff(inner.indptr))
    inner = csr_array(inner[busy])
    row_of, column_of = _labels(inner)
    rows_by = _group(row_of)
    for label, columns in sorted(_group(column_of).items(), key=lambda item: item[1][0]):
        rows = rows_by.get(label, np.array([], dtype=np.int64))
        at = busy[rows]
        yield Component(
            free[columns],
            at,
            csr_array(inner[rows][:, columns]),
            row_low[at] - known[at],
            row_high[at] - known[at],
            low[free[columns]],
            high[free[columns]],
        )


def _labels(inner: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """The component of each row and of each column."""
    rows, columns = inner.shape
    entries = inner.tocoo()
    graph = csr_array(
        (np.ones(entries.nnz), (entries.row, rows + entries.col)),
        shape=(rows + columns, rows + columns),
    )
    label = connected_components(graph, directed=False)[1]
    return label[:rows], label[rows:]


def _group(labels: np.ndarray) -> dict[int, np.ndarray]:
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    return {int(labels[g[0]]): g for g in np.split(order, cuts) if g.size}
