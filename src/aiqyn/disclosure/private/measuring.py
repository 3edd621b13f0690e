"""Noisy tables of a data set, each draw paid for out of one release's budget.

The neighbour of a data set is the same with one row more or one row less, and one person is one
row. A table over any columns then has sensitivity 1, and so has every score used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.encoding import cell_counts
from aiqyn.disclosure.private.zcdp import gumbel_scale_of, sigma_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aiqyn.disclosure.private.noise import Noise

KEPT_BACK = 1e-9  # of a budget: the accountant rounds each cost up in its last digits


@dataclass(frozen=True, slots=True)
class Measured:
    """A noisy table.

    Attributes
    ----------
    clique : places of its columns in the domain
    counts : persons, whole numbers, some below zero; shape as the columns' codes
    sigma : standard deviation of the noise in each cell, persons
    """

    clique: tuple[int, ...]
    counts: NDArray[np.int64]
    sigma: float


@dataclass(slots=True)
class Meter:
    """The one way to the data: every question is answered with noise and charged.

    Attributes
    ----------
    rho : what the release may spend
    spent : what it has spent, by the noise's own accountant
    """

    noise: Noise
    rho: float
    spent: float = field(default=0.0, init=False)

    def table(
        self,
        places: NDArray[np.int64],
        shape: Sequence[int],
        clique: tuple[int, ...],
        share: float,
    ) -> Measured:
        """The noisy table over `clique`, for a share of the release's rho."""
        sigma = sigma_of(self._part(share))
        counts, cost = self.noise.add(cell_counts(places, shape, clique), sigma)
        self._charge(cost)
        return Measured(clique, counts, sigma)

    def number(self, value: int, sensitivity: int, share: float) -> tuple[int, float]:
        """A noisy whole number and the standard deviation of its noise."""
        import numpy as np

        # the noise is drawn for value of sensitivity d as d-fold width, and charged as for 1
        sigma = sigma_of(self._part(share))
        wide, cost = self.noise.add(np.array([value], dtype=np.int64), sigma * sensitivity)
        self._charge(cost * sensitivity**2)
        return int(wide[0]), sigma * sensitivity

    def choice(self, scores: NDArray[np.int64], share: float) -> int:
        """The place of the best score, chosen with noise; a score moves by 1 at most with a row."""
        chosen, cost = self.noise.choose(scores, gumbel_scale_of(self._part(share)))
        self._charge(cost)
        return chosen

    def _part(self, share: float) -> float:
        return self.rho * (1 - KEPT_BACK) * share

    def _charge(self, cost: float) -> None:
        self.spent += cost
        if self.spent > self.rho:
            raise RuntimeError("more was drawn than the release may spend")
