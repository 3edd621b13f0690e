"""The Poisson law of a cell of which only a range is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aiqyn.estimates.interval_cells.table import IntervalTable
from aiqyn.estimates.tables.cells import Bools, Floats, Ints


@dataclass(frozen=True)
class Suppressed:
    """The suppressed cells of a table.

    Attributes
    ----------
    histories : of the cells; shape ``(cells,)``
    low, high : fewest and most persons; same shape
    """

    histories: Ints
    low: Ints
    high: Ints

    @cached_property
    def persons(self) -> Floats:
        """The numbers that each cell may hold, padded; shape ``(cells, widest)``."""
        steps = np.arange(int((self.high - self.low).max(initial=0)) + 1)
        return (self.low[:, None] + steps).astype(np.float64)

    @cached_property
    def possible(self) -> Bools:
        """Which of them are no padding; same shape."""
        inside: Bools = self.persons <= self.high[:, None]
        return inside

    def shares(self, eta: Floats) -> tuple[Floats, Floats]:
        """Probability of each possible number, and log of what they sum to before scaling.

        Parameters
        ----------
        eta : log means of the cells; shape ``(rows, cells)``

        Returns
        -------
        Shapes ``(rows, cells, widest)`` and ``(rows, cells)``; ``log P(low <= n <= high)`` is the
        second less the mean.
        """
        from scipy.special import gammaln

        logs = self.persons * eta[..., None] - gammaln(self.persons + 1)
        logs = np.where(self.possible, logs, -np.inf)
        top = logs.max(axis=-1, keepdims=True)
        weights = np.exp(logs - top)
        total = weights.sum(axis=-1, keepdims=True)
        return weights / total, (top + np.log(total))[..., 0]

    def moments(self, eta: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of the persons in each cell, given its range; shape as `eta`."""
        shares, _ = self.shares(eta)
        mean = (shares * self.persons).sum(axis=-1)
        return mean, (shares * (self.persons - mean[..., None]) ** 2).sum(axis=-1)

    @cached_property
    def highest(self) -> Floats:
        """Largest ``log P(low <= n <= high)`` that any mean gives; shape ``(cells,)``.

        At 0 for ``low = 0``; else where ``mean ** (high - low + 1) = high! / (low - 1)!``.
        """
        from scipy.special import gammaln

        from_one = np.maximum(self.low, 1)
        eta = (gammaln(self.high + 1) - gammaln(from_one)) / (self.high - from_one + 1)
        best = self.shares(eta)[1] - np.exp(eta)
        return np.where(self.low > 0, best, 0.0)


def suppressed_cells(table: IntervalTable) -> Suppressed:
    """The cells of the table whose number of persons is a range."""
    at = np.array(table.suppressed, dtype=np.int64)
    return Suppressed(at, np.array(table.low)[at], np.array(table.high)[at])
