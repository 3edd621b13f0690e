"""What a cell is, whichever table prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ALL = "_all"  # the code of a total in any dimension

# A population and the conditions that make the cell. A margin printed in two tables is one cell.
Cell = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Axes:
    """How the codes of a table name cells that other tables may print too.

    Attributes
    ----------
    population, dims : whom the table counts, over which dimensions
    variable : dimension -> the finer dimension it is a coarse form of (form_group -> form)
    given : conditions that all persons of the table meet; they are part of each of its cells
    needs : dimension -> the dimension without which it tells nothing: the persons judged under one
        definition are the persons judged under another until the verdict is named
    """

    population: str
    dims: tuple[str, ...]
    variable: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Variables of a full row: the dimensions, then what is given."""
        return (*(self.variable.get(d, d) for d in self.dims), *self.given)

    def code(self, dim: str, code: str) -> str:
        """The code in its variable; the codes of a coarse form are kept apart by its name."""
        return code if code == ALL or dim not in self.variable else f"{dim}:{code}"

    def row(self, codes: Sequence[str]) -> tuple[str, ...]:
        """The full row of codes, one for each of `names`."""
        own = (self.code(d, c) for d, c in zip(self.dims, codes, strict=True))
        return (*own, *self.given.values())

    def cell(self, row: Sequence[str]) -> Cell:
        """The cell of a full row; totals are no condition."""
        named = {v: c for v, c in zip(self.names, row, strict=True) if c != ALL}
        told = {v: c for v, c in named.items() if self.needs.get(v, v) in named}
        return self.population, tuple(sorted(told.items()))


def name_of(cell: Cell) -> str:
    """The cell in words of the data: ``sex=female, year=2025``."""
    return ", ".join(f"{d}={c}" for d, c in cell[1]) or ALL
