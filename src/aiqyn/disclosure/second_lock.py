"""What is hidden further where the attack opens a cell all the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.disclosure.known import HIDDEN, SHOWN
from aiqyn.disclosure.web import Web


def give_way(
    seen: Web, web: Web, n: np.ndarray, status: np.ndarray, open_cells: Sequence[int]
) -> np.ndarray:
    """Hide every number that shares a sum with an open cell, and print the open cell itself as x.

    The witnesses make this a second lock, not the first: it is there so that an error in finding
    them ends in too much hidden and never in a release that opens. What earlier publications tell
    has no witnesses; there it is the first.

    Parameters
    ----------
    seen : all that a reader has, earlier publications too; `open_cells` are its columns
    n, status : of the cells of `web`; a cell with 0 persons is not touched
    """
    beside, place = abs(seen.matrix), places(seen, web)
    touched = np.zeros(seen.matrix.shape[1])
    touched[list(open_cells)] = 1.0
    after = status.copy()
    after[(touched[place] > 0) & (n > 0)] = HIDDEN
    while np.array_equal(after, status):
        rows = (beside @ touched) > 0
        spread = np.maximum(touched, (beside.T @ rows.astype(float)) > 0)
        if np.array_equal(spread, touched):
            raise AssertionError("every number around an open cell is hidden, and it is open still")
        touched = spread
        after[(touched[place] > 0) & (n > 0) & (status == SHOWN)] = HIDDEN
    return after


def places(seen: Web, web: Web) -> np.ndarray:
    """(cells,) columns of `seen` in which the cells of `web` stand."""
    column = {cell: i for i, cell in enumerate(seen.cells)}
    return np.array([column[cell] for cell in web.cells], dtype=np.int64)
