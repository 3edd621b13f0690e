"""From codes to levels with noisy tables of single columns: what is common enough to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiqyn.disclosure.private.choosing_triples import shares_by_cells
from aiqyn.disclosure.private.measuring import Measured, Meter
from aiqyn.disclosure.private.rare_codes import Merging, codes_of, merging, without_rare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aiqyn.disclosure.private.settings import Settings


@dataclass(frozen=True, slots=True)
class Levels:
    """Each column's codes as levels.

    Attributes
    ----------
    by_code : noisy table of each column over all its codes
    by_level : the same over its levels
    mergings : how codes became levels, a column each
    """

    by_code: tuple[Measured, ...]
    by_level: tuple[Measured, ...]
    mergings: tuple[Merging, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """Levels of each column."""
        return tuple(merged.levels for merged in self.mergings)

    def of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The level of each cell; shape (rows, columns)."""
        import numpy as np

        return np.stack([m.level[places[:, c]] for c, m in enumerate(self.mergings)], axis=1)

    def codes(self, levels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """A code for each level; shape (rows, columns)."""
        import numpy as np

        parted = [codes_of(levels[:, c], m, rng) for c, m in enumerate(self.mergings)]
        return np.stack(parted, axis=1)


def find_levels(
    meter: Meter, places: NDArray[np.int64], shape: Sequence[int], settings: Settings
) -> Levels:
    """Measure every column, merge what is rare, and measure again the columns with merged codes."""
    alone = [(c,) for c in range(len(shape))]
    split = shares_by_cells(shape, alone)
    by_code = [
        meter.table(places, shape, column, settings.shares["one_way"] * part)
        for column, part in zip(alone, split, strict=True)
    ]
    found = [merging(m.counts, m.sigma, settings.rare, settings.group) for m in by_code]
    again = _measure_again(meter, places, found, settings)
    for column, table in again.items():
        if table.counts[-1] < settings.group * table.sigma:
            found[column] = without_rare(found[column])
    by_level = [
        again[c] if merged.has_rare else _over_levels(by_code[c], merged)
        for c, merged in enumerate(found)
    ]
    return Levels(tuple(by_code), tuple(by_level), tuple(found))


def _measure_again(
    meter: Meter, places: NDArray[np.int64], found: Sequence[Merging], settings: Settings
) -> dict[int, Measured]:
    """Noisy tables over levels of the columns that have a merged level."""
    columns = [c for c, merged in enumerate(found) if merged.has_rare]
    shape = [merged.levels for merged in found]
    split = shares_by_cells(shape, [(c,) for c in columns])
    levels = Levels((), (), tuple(found)).of(places)
    return {
        c: meter.table(levels, shape, (c,), settings.shares["merged"] * part)
        for c, part in zip(columns, split, strict=True)
    }


def _over_levels(table: Measured, merged: Merging) -> Measured:
    """A table over codes as one over levels; a code that joined another's level is left out."""
    import numpy as np

    codes = np.argmax(merged.chances, axis=1)
    return Measured(table.clique, table.counts[codes], table.sigma)
