"""A capture table some of whose cells are known only as ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.estimates.tables.capture_histories import CaptureTable, table_of_rows
from aiqyn.estimates.tables.cells import Floats, members, superset_sums

Row = tuple[int, int, int]  # history, fewest and most persons


@dataclass(frozen=True, slots=True)
class IntervalTable:
    """Persons by capture history, each between a fewest and a most.

    Attributes
    ----------
    name, lists, rows : as in `CaptureTable`
    low, high : fewest and most persons by history, ``2**len(lists)`` whole numbers each

    Raises
    ------
    InputRefused (EST-004 … EST-013) what `CaptureTable` refuses of the most persons possible,
    (EST-061) a list of which no person is certain.
    """

    name: str
    lists: tuple[str, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    rows: tuple[int, ...]

    def __post_init__(self) -> None:
        CaptureTable(self.name, self.lists, self.high, self.rows)
        sums = superset_sums(self.vector)
        unsure = [x for j, x in enumerate(self.lists) if sums[1 << j] == 0]
        if unsure:
            raise InputRefused("EST-061", lists=", ".join(unsure))

    @property
    def observed(self) -> int:
        """Persons who are surely on a list: the fewest."""
        return sum(self.low)

    @property
    def observed_high(self) -> int:
        """Persons on a list at most."""
        return sum(self.high)

    @property
    def suppressed(self) -> tuple[int, ...]:
        """Histories whose number of persons is a range."""
        ends = zip(self.low, self.high, strict=True)
        return tuple(h for h, (low, high) in enumerate(ends) if low < high)

    @property
    def vector(self) -> Floats:
        """Fewest persons by history, shape ``(2**lists,)``; a model's maximum hangs on them."""
        return np.array(self.low, dtype=np.float64)

    @property
    def middle(self) -> Floats:
        """The middle of each range, same shape."""
        middle: Floats = (self.vector + np.array(self.high)) / 2
        return middle

    def names(self, mask: int) -> tuple[str, ...]:
        """Names of the lists in a mask."""
        return tuple(self.lists[j] for j in members(mask))

    def __repr__(self) -> str:
        seen = f"{self.observed} to {self.observed_high} persons"
        return f"IntervalTable {self.name}: {seen} on {len(self.lists)} lists"


def table_of_bounds(
    name: str, lists: Sequence[str], rows: Sequence[Row]
) -> CaptureTable | IntervalTable:
    """The table from (history, fewest, most) rows; without a range it is a plain table.

    Rows of one history are added up, and so are their ranges.
    """
    if all(low == high for _, low, high in rows):
        return table_of_rows(name, lists, [(history, low) for history, low, _ in rows])
    ends = np.zeros((2, 1 << len(lists)), dtype=np.int64)
    for history, low, high in rows:
        ends[:, history] += low, high
    fewest, most = (tuple(int(n) for n in end) for end in ends)
    return IntervalTable(name, tuple(lists), fewest, most, tuple(row[0] for row in rows))
