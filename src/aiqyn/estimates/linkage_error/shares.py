"""A share that an audit measured, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aiqyn.estimates.tables.cells import Floats

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Share:
    """A share and the number of draws, one by one, that its interval is worth.

    Attributes
    ----------
    value : between 0 and 1
    n : pairs, divided by the design effect; infinite where the share is taken as known
    """

    value: float
    n: float = float("inf")

    def drawn(self, size: int, rng: Rng | None) -> Floats:
        """Draws from the posterior under Jeffreys' prior, ``Beta(hits + 1/2, misses + 1/2)``.

        Without `rng` the share itself.
        """
        if rng is None or np.isinf(self.n):
            return np.full(size, self.value)
        hits = self.value * self.n
        return rng.beta(hits + 0.5, self.n - hits + 0.5, size)
