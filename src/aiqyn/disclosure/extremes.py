"""How far the cells of one component can go: many at once first, then one cell at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aiqyn.disclosure.component import Component


class Extremes:
    """The least and the greatest number seen of each cell of a component.

    Attributes
    ----------
    least, most : (cells,) persons, over all possible tables looked at so far
    fits : False once no table at all agrees with the bounds
    """

    def __init__(self, part: Component, wanted: np.ndarray) -> None:
        self.part, self.wanted, self.fits = part, wanted, True
        self.least = np.full(len(wanted), np.inf)
        self.most = np.full(len(wanted), -np.inf)

    @property
    def narrow(self) -> np.ndarray:
        """(cells,) cells not seen to be as wide as wanted."""
        return np.asarray((self.wanted >= 0) & (self.most - self.least < self.wanted))

    def settle(self) -> Iterator[int]:
        """Look until every cell is wide or at its extremes; gives each cell that stays narrow."""
        self._together()
        for cell in np.flatnonzero(self.narrow):
            for sign in (1.0, -1.0):
                if self.fits and self.narrow[cell]:
                    self._see(self._towards(int(cell), sign))
            if not self.fits:
                return
            if self.narrow[cell]:
                yield int(cell)

    def _together(self) -> None:
        """Possible tables that move many undecided cells at once."""
        while self.fits and (left := self.narrow).any():
            self._see(left.astype(float))
            self._see(-left.astype(float))
            if self.narrow.sum() > left.sum() // 2:
                return

    def _see(self, cost: np.ndarray) -> None:
        point = self.part.optimum(cost)
        if point is None:
            self.fits = False
            return
        np.minimum(self.least, point, out=self.least)
        np.maximum(self.most, point, out=self.most)

    def _towards(self, cell: int, sign: float) -> np.ndarray:
        """The cost whose optimum is the extreme of `cell`, other undecided cells the other way.

        All others together weigh less than one person of `cell`, so its extreme stays exact.
        """
        room = np.where(self.narrow, self.part.high - self.part.low, 0.0)
        room[cell] = 0.0
        company = (room > 0) & (room <= 10)
        cost = np.where(company, -sign * 0.5 / max(room[company].sum(), 1.0), 0.0)
        cost[cell] = sign
        return cost
