"""Bounds on hidden cells by going round the sums one at a time, exact for a lone sum."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

ROUNDS = 60  # looks; stopping early leaves bounds wider, never wrong
SLACK = 1e-6  # persons; counts are whole, so this only forgives floating point


def tighten(
    matrix: csr_array,
    row_low: np.ndarray,
    row_high: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The narrowest whole-number bounds that single sums give, and the rows that cannot hold.

    Parameters
    ----------
    matrix : (rows, cells), coefficients 1 and -1
    row_low, row_high : (rows,) bounds of each sum; infinite where open
    low, high : (cells,) what is known at the start; finite

    Returns
    -------
    low, high : (cells,) bounds; broken : indices of rows that contradict what was known before
    """
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    column, sign = matrix.indices, matrix.data > 0
    low, high = low.copy(), high.copy()
    for _ in range(ROUNDS):
        least = np.where(sign, low[column], -high[column])
        most = np.where(sign, high[column], -low[column])
        row_least = np.bincount(row, least, minlength=matrix.shape[0])
        row_most = np.bincount(row, most, minlength=matrix.shape[0])
        broken = np.flatnonzero((row_least > row_high + SLACK) | (row_most < row_low - SLACK))
        if broken.size:
            return low, high, broken
        # A term is at most what the row allows when all its other terms are as small as can be.
        term_high = row_high[row] - (row_least[row] - least)
        term_low = row_low[row] - (row_most[row] - most)
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, column, np.where(sign, term_low, -term_high))
        np.minimum.at(new_high, column, np.where(sign, term_high, -term_low))
        if np.array_equal(new_low, low) and np.array_equal(new_high, high):
            break
        low, high = new_low, new_high
    return low, high, np.array([], dtype=np.int64)
