"""Capture histories: how many persons stand on just these lists, as the estimators take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aiqyn.errors import InputRefused
from aiqyn.estimates.tables.cells import Floats, members, pair_masks, superset_sums

if TYPE_CHECKING:
    import polars as pl

MOST_LISTS = 10  # 1,023 histories; above that no table of this kind has ever been published
FEWEST_LISTS = 2


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """Persons by capture history.

    Attributes
    ----------
    name : what the table is called in answers (a file's stem)
    lists : names of the lists; list `j` is bit ``1 << j`` of a history
    counts : persons by history, ``2**len(lists)`` whole numbers; the first (no list) is 0
    rows : histories in the order in which they were given; replicates are read in that order

    Raises
    ------
    InputRefused (EST-004 … EST-010, EST-013) when nothing can be estimated from such a table.
    """

    name: str
    lists: tuple[str, ...]
    counts: tuple[int, ...]
    rows: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_lists(self.lists)
        _check_counts(self)

    @property
    def observed(self) -> int:
        """Persons on at least one list."""
        return sum(self.counts)

    @property
    def vector(self) -> Floats:
        """Counts by history as numbers for the estimators, shape ``(2**lists,)``."""
        return np.array(self.counts, dtype=np.float64)

    @property
    def totals(self) -> dict[str, int]:
        """Persons on each list."""
        sums = superset_sums(self.vector)
        return {name: int(sums[1 << j]) for j, name in enumerate(self.lists)}

    @property
    def overlaps(self) -> dict[tuple[str, str], int]:
        """Persons on both lists of each pair, whatever other lists they are on."""
        sums = superset_sums(self.vector)
        return {self.names(mask): int(sums[mask]) for mask in pair_masks(len(self.lists))}  # type: ignore[misc]  # a pair has two names

    def names(self, mask: int) -> tuple[str, ...]:
        """Names of the lists in a mask."""
        return tuple(self.lists[j] for j in members(mask))

    def __repr__(self) -> str:
        return f"CaptureTable {self.name}: {self.observed} persons on {len(self.lists)} lists"


def capture_table(
    counts: Mapping[Sequence[str], int], *, name: str = "table", lists: Sequence[str] | None = None
) -> CaptureTable:
    """The table from counts by the lists that hold a person.

    Examples
    --------
    >>> capture_table({("police",): 40, ("ngo",): 30, ("police", "ngo"): 6})
    CaptureTable table: 76 persons on 2 lists
    """
    named = tuple(lists or dict.fromkeys(x for history in counts for x in history))
    bit = {x: 1 << j for j, x in enumerate(named)}
    rows = [(sum(bit[x] for x in history), n) for history, n in counts.items()]
    return table_of_rows(name, named, rows)


def table_of_rows(name: str, lists: Sequence[str], rows: Sequence[tuple[int, int]]) -> CaptureTable:
    """The table from (history, persons) rows; rows of one history are added up."""
    _check_lists(tuple(lists))
    counts = [0] * (1 << len(lists))
    for history, persons in rows:
        counts[history] += persons
    return CaptureTable(name, tuple(lists), tuple(counts), tuple(history for history, _ in rows))


def table_of_persons(
    listed: pl.DataFrame, *, person: str = "person", agency: str = "agency", name: str = "persons"
) -> CaptureTable:
    """The table from one row per person and list, as linkage gives it.

    Parameters
    ----------
    listed : columns `person` (any code) and `agency` (the list); repeated rows count once
    """
    import polars as pl

    lists = sorted(listed[agency].unique().to_list())
    bits = pl.DataFrame({agency: lists, "_bit": [1 << j for j in range(len(lists))]})
    pairs = listed.select(person, agency).unique().join(bits, on=agency)
    histories = pairs.group_by(person).agg(pl.col("_bit").sum())
    counted = histories.group_by("_bit").len().sort("_bit")
    return table_of_rows(name, lists, [(int(h), int(n)) for h, n in counted.iter_rows()])


def _check_lists(lists: tuple[str, ...]) -> None:
    twice = sorted({x for x in lists if lists.count(x) > 1})
    if twice:
        raise InputRefused("EST-004", column=", ".join(twice))
    if len(lists) < FEWEST_LISTS:
        raise InputRefused("EST-005", n=len(lists))
    if len(lists) > MOST_LISTS:
        raise InputRefused("EST-006", n=len(lists), most=MOST_LISTS)


def _check_counts(table: CaptureTable) -> None:
    if table.counts[0]:
        raise InputRefused("EST-007", n=table.counts[0])
    if table.observed == 0:
        raise InputRefused("EST-013")
    if sum(n > 0 for n in table.counts) == 1:
        raise InputRefused("EST-010", lists=", ".join(table.names(_only_history(table))))
    empty = [x for x, total in table.totals.items() if total == 0]
    if empty:
        raise InputRefused("EST-008", lists=", ".join(empty))
    for (a, b), both in table.overlaps.items():
        if both == table.totals[a] == table.totals[b]:
            raise InputRefused("EST-009", a=a, b=b)


def _only_history(table: CaptureTable) -> int:
    return next(h for h, n in enumerate(table.counts) if n)
