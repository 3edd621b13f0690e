"""Codes too rare to be told from noise are merged before pairs are measured, and parted after.

A code stays by itself when its noisy count says so (the compression of McKenna, Miklau and Sheldon
2021, "MST"). The others of its column become one level, which is measured again; where that
level is no more than noise it joins the column's commonest code. All of it reads noisy counts only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Merging:
    """How one column's codes become levels, and levels codes.

    Attributes
    ----------
    level : level of each code; shape (codes,)
    chances : chance of each code within its level; shape (levels, codes)
    home : level of the commonest code
    has_rare : whether the last level stands for several rare codes
    """

    level: NDArray[np.int64]
    chances: NDArray[np.float64]
    home: int
    has_rare: bool

    @property
    def levels(self) -> int:
        """How many levels there are."""
        return len(self.chances)


def merging(noisy: NDArray[np.int64], sigma: float, rare: float, group: float) -> Merging:
    """The levels of a column whose codes have these noisy counts; the empty cell is the last code.

    Parameters
    ----------
    noisy : persons by code; shape (codes,)
    rare, group : a code, and the empty cell, stand by themselves from so many sigmas
    """
    import numpy as np

    kept = noisy >= rare * sigma
    kept[-1] = noisy[-1] >= group * sigma
    kept[int(np.argmax(noisy))] = True
    codes = np.flatnonzero(kept)
    merged = np.flatnonzero(~kept[:-1])
    home = int(np.searchsorted(codes, np.argmax(noisy)))
    level = np.full(len(noisy), home)
    level[codes] = np.arange(len(codes))
    chances = np.eye(len(noisy))[codes]
    if len(merged):
        level[merged] = len(codes)
        chances = np.vstack([chances, _within(noisy, merged, sigma)])
    return Merging(level, chances, home, len(merged) > 0)


def without_rare(found: Merging) -> Merging:
    """The same with the rare level joined to the commonest code's: it was no more than noise."""
    import numpy as np

    last = found.levels - 1
    level = np.where(found.level == last, found.home, found.level)
    return Merging(level, found.chances[:last], found.home, False)


def codes_of(
    levels: NDArray[np.int64], found: Merging, rng: np.random.Generator
) -> NDArray[np.int64]:
    """A code for each row's level; shape (rows,)."""
    import numpy as np

    codes = np.argmax(found.chances, axis=1)[levels]
    if found.has_rare:
        rows = np.flatnonzero(levels == found.levels - 1)
        chances = found.chances[-1]
        codes[rows] = rng.choice(len(chances), size=len(rows), p=chances)
    return np.asarray(codes, dtype=np.int64)


def _within(
    noisy: NDArray[np.int64], merged: NDArray[np.int64], sigma: float
) -> NDArray[np.float64]:
    """Chances of the merged codes: by noisy count, of those above one sigma where there are any."""
    import numpy as np

    weight = np.zeros(len(noisy))
    weight[merged] = np.where(noisy[merged] > sigma, noisy[merged], 0)
    if not weight.any():
        weight[merged] = 1
    return np.asarray(weight / weight.sum(), dtype=np.float64)
