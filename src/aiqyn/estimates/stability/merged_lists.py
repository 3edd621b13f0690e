"""What the estimate owes to two lists being two: each pair united into one list in turn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from aiqyn.errors import AiqynError
from aiqyn.estimates.closed_population.two_lists import chapman
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.stability.single_lists import Method
from aiqyn.estimates.tables.capture_histories import CaptureTable, table_of_rows


@dataclass(frozen=True, slots=True)
class MergedLists:
    """The estimate when two lists count as one.

    Attributes
    ----------
    lists : the two lists; a person on either, or on both, is on the united one
    left : lists in the smaller table
    estimate : persons in all; by Chapman with its warning when two lists are left; None when
        refused
    """

    lists: tuple[str, str]
    left: int
    estimate: Estimate | None


def merge_two_lists(table: CaptureTable, method: Method) -> tuple[MergedLists, ...]:
    """The method on the table with each pair of lists united in turn; needs three lists.

    Lists that send their people to one another count as two finds where there was one. United,
    their dependence is out of the table, so an estimate that moves much owed much to it.

    References
    ----------
    Silverman (2020), J. R. Stat. Soc. A 183, 691-736, section 4 (PF and NCA of the UK table).
    """
    if len(table.lists) < 3:
        return ()
    return tuple(_merged(table, a, b, method) for a, b in combinations(range(len(table.lists)), 2))


def united(table: CaptureTable, a: int, b: int) -> CaptureTable:
    """The table with lists `a` and `b` (positions) as one, which stands last.

    Raises
    ------
    InputRefused when nothing can be estimated from it, as for any table.
    """
    kept = [j for j in range(len(table.lists)) if j not in (a, b)]
    names = [*(table.lists[j] for j in kept), f"{table.lists[a]}+{table.lists[b]}"]
    rows = [(_history(h, kept, a, b), n) for h, n in enumerate(table.counts) if n]
    return table_of_rows(table.name, names, rows)


def _history(history: int, kept: list[int], a: int, b: int) -> int:
    found = sum(1 << k for k, j in enumerate(kept) if history >> j & 1)
    either = (history >> a | history >> b) & 1
    return found | either << len(kept)


def _merged(table: CaptureTable, a: int, b: int, method: Method) -> MergedLists:
    left = len(table.lists) - 1
    try:
        part = united(table, a, b)
        estimate = method(part) if left > 2 else chapman(part, boot=0)
    except AiqynError:
        estimate = None
    return MergedLists((table.lists[a], table.lists[b]), left, estimate)
