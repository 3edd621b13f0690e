"""What the estimate owes to one list: leave each out, and ask each as if it were the population."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiqyn.errors import AiqynError
from aiqyn.estimates.results import Estimate
from aiqyn.estimates.tables.capture_histories import CaptureTable, table_of_rows

Method = Callable[[CaptureTable], Estimate]


@dataclass(frozen=True, slots=True)
class WithoutList:
    """The estimate without one list.

    Attributes
    ----------
    omitted : the list left out
    observed : persons on the other lists
    estimate : persons in all by the others; None when refused
    """

    omitted: str
    observed: int
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class WithinList:
    """The persons of one list estimated from the other lists, where the truth is known.

    Attributes
    ----------
    reference : the list taken as the population
    truth : persons on it
    observed : of them on another list as well
    lists : other lists that hold any of them
    estimate : persons in all by those lists; None when refused
    """

    reference: str
    truth: int
    observed: int
    lists: int
    estimate: Estimate | None


def leave_one_list_out(table: CaptureTable, method: Method) -> tuple[WithoutList, ...]:
    """The method on the table without each list in turn; persons on no other list drop out."""
    return tuple(
        _without(table, j, method) for j in range(len(table.lists)) if len(table.lists) > 2
    )


def internal_consistency(table: CaptureTable, method: Method) -> tuple[WithinList, ...]:
    """Each list in turn as the known population, estimated from the other lists within it.

    References
    ----------
    Binette & Steorts (2022), J. R. Stat. Soc. A 185, 2152-2179, section 5.
    """
    return tuple(_within(table, j, method) for j in range(len(table.lists)))


def _without(table: CaptureTable, j: int, method: Method) -> WithoutList:
    rows = [(_dropped(h, j), n) for h, n in enumerate(table.counts) if n and _dropped(h, j)]
    lists = [x for k, x in enumerate(table.lists) if k != j]
    return WithoutList(table.lists[j], sum(n for _, n in rows), _tried(method, lists, rows))


def _within(table: CaptureTable, j: int, method: Method) -> WithinList:
    inside = [(_dropped(h, j), n) for h, n in enumerate(table.counts) if n and h >> j & 1]
    rows = [(h, n) for h, n in inside if h]
    lists = [x for k, x in enumerate(table.lists) if k != j]
    for k in reversed(range(len(lists))):
        if not any(h >> k & 1 for h, _ in rows):
            rows = [(_dropped(h, k), n) for h, n in rows]
            del lists[k]
    truth, seen = sum(n for _, n in inside), sum(n for _, n in rows)
    return WithinList(table.lists[j], truth, seen, len(lists), _tried(method, lists, rows))


def _dropped(history: int, j: int) -> int:
    low = history & ((1 << j) - 1)
    return low | (history >> (j + 1)) << j


def _tried(method: Method, lists: list[str], rows: list[tuple[int, int]]) -> Estimate | None:
    """The estimate, or None: a table that is refused, or a method that refuses it."""
    try:
        return method(table_of_rows("part", lists, rows))
    except AiqynError:
        return None
