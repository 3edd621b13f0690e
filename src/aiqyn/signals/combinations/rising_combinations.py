"""Combinations of single values that rise by more than few cells of a shuffled file do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aiqyn.signals.combinations.attributes import Attributes
from aiqyn.signals.combinations.cells import Cells
from aiqyn.signals.combinations.found import Found
from aiqyn.signals.combinations.margins import margins
from aiqyn.signals.combinations.rise_scores import logarithms
from aiqyn.signals.combinations.shuffled_dates import Chance, Dates, shuffle_dates
from aiqyn.signals.combinations.strongest_cell import strongest_cell


@dataclass(frozen=True, slots=True)
class RisingCombinations:
    """The cells of a file, and how strong they are by chance.

    Attributes
    ----------
    most : cells of a shuffled file that may be as strong as one that is told
    """

    cells: Cells
    attributes: Attributes
    dated: Dates
    windows: tuple[int, ...]
    chance: Chance
    most: float

    def strongest(self, left: NDArray[np.bool_]) -> Found | None:
        """The strongest among the records that are left; None when chance gives as strong ones."""
        top = strongest_cell(self.cells, self.dated, self.windows, left)
        if top is None or self.chance.cells(top.score) > self.most:
            return None
        return Found(
            self.cells.what(top.cell, self.attributes),
            self.cells.records(top.cell),
            top.months,
            top.score,
            self.chance.p(top.score),
            self.chance.cells(top.score),
        )


def rising_combinations(
    cells: Cells,
    attributes: Attributes,
    dated: Dates,
    windows: tuple[int, ...],
    *,
    most: float,
    replicates: int,
    rng: np.random.Generator,
) -> RisingCombinations:
    """The cells beside at most so many shuffled files."""
    strongest = strongest_cell(cells, dated, windows, np.ones(len(dated.back), dtype=np.bool_))
    top = strongest.score if strongest else 0.0
    known = margins(cells.of, cells.number, dated.season, dated.back, windows)
    chance = shuffle_dates(
        cells.of, dated, known, logarithms(known), cells.handicap, top, replicates, rng
    )
    return RisingCombinations(cells, attributes, dated, windows, chance, most)
