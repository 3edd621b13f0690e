"""The table of perturbation probabilities: for each true count, how likely each noise is.

The most even distribution (greatest entropy) among those that leave the mean where it is, have the
variance asked for, add at most the greatest noise, never turn a count negative, and never give a
published number that is too small to be shown.

References
----------
Giessing (2016), Computational issues in the design of transition probabilities and disclosure risk
estimation for additive noise, Privacy in Statistical Databases, 237-251. Marley and Leaver (2011),
A method for confidentialising user-defined tables, Proc. 58th World Statistical Congress of the
ISI, 1072-1081.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl
from scipy.optimize import root

SHIPPED = "noise_5_3_2.csv"  # greatest noise 5, variance 3, no published 1 or 2


@dataclass(frozen=True, slots=True)
class NoiseTable:
    """Probabilities of noise by true count.

    Attributes
    ----------
    noise : (noises,) persons added, ascending
    chance : (counts, noises); row i is for a true count of i, the last for all that are greater
    """

    noise: np.ndarray
    chance: np.ndarray

    def draw(self, counts: np.ndarray, keys: np.ndarray) -> np.ndarray:
        """(cells,) noise: the key says where in the distribution of its count a cell lies."""
        rows = np.minimum(counts, len(self.chance) - 1)
        steps = np.cumsum(self.chance[rows], axis=1)
        where = (keys >> np.uint64(11)).astype(float) / 2.0**53
        at = (where[:, None] >= steps[:, :-1]).sum(axis=1)
        return np.asarray(np.where(counts == 0, 0, self.noise[at]))


@cache
def load_noise_table(name: str = SHIPPED) -> NoiseTable:
    """A shipped table: columns ``count, noise, chance`` (data/disclosure/)."""
    text = files("aiqyn").joinpath("data", "disclosure", name).read_bytes()
    wide = pl.read_csv(text).pivot("noise", index="count", values="chance").sort("count")
    noise = np.array([int(c) for c in wide.columns[1:]])
    order = np.argsort(noise)
    return NoiseTable(noise[order], wide.drop("count").to_numpy()[:, order])


def greatest_entropy(greatest: int, variance: float, unshown: int = 0) -> NoiseTable:
    """The noise table for these wishes.

    Parameters
    ----------
    greatest : persons; noise lies between -greatest and greatest
    variance : persons squared
    unshown : published numbers from 1 to this never occur

    Raises
    ------
    ValueError where no such distribution exists (a variance too small to jump over what must not
    be shown, or too great for the greatest noise).
    """
    noise = np.arange(-greatest, greatest + 1)
    chance = np.zeros((greatest + unshown + 2, len(noise)))
    chance[0, greatest] = 1.0
    for count in range(1, len(chance)):
        shown = count + noise
        allowed = (shown == 0) | (shown > unshown)
        chance[count, allowed] = _exponential(noise[allowed].astype(float), variance)
    return NoiseTable(noise, chance)


def _exponential(v: np.ndarray, variance: float) -> np.ndarray:
    """Probabilities proportional to exp(a v + b v**2), mean 0 and the variance given."""

    def chance(ab: np.ndarray) -> np.ndarray:
        power = ab[0] * v + ab[1] * v**2
        weight = np.exp(power - power.max())
        return np.asarray(weight / weight.sum())

    def miss(ab: np.ndarray) -> list[float]:
        p = chance(ab)
        return [float(p @ v), float(p @ v**2) - variance]

    found = root(miss, np.zeros(2), tol=1e-13)
    if max(map(abs, miss(found.x))) > 1e-9:
        raise ValueError("no distribution on these numbers has mean 0 and this variance")
    return chance(found.x)
