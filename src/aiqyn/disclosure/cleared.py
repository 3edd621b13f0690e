"""The only door out: what is shown in public is a `Cleared` value, and only this room makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import polars as pl

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.earlier.before import NOTHING_BEFORE, Before
from aiqyn.disclosure.earlier.editions import Edition
from aiqyn.disclosure.earlier.joining import protect_beside
from aiqyn.disclosure.published import PublishedTable, Release, Status
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.still_open import opened_by_zeros, still_open
from aiqyn.disclosure.subtraction_attack import examine
from aiqyn.disclosure.true_counts import CountTable
from aiqyn.errors import NotPermitted

T = TypeVar("T")
_KEY: Final = object()  # never leaves this module


class Cleared(Generic[T]):
    """A value that has passed disclosure control; it cannot be built anywhere else.

    Attributes
    ----------
    value : what may be published
    """

    __slots__ = ("_value",)
    _value: T

    def __init__(self, value: T, *, key: object = None) -> None:
        if key is not _KEY:
            raise TypeError("only aiqyn.disclosure.clear makes a Cleared value")
        object.__setattr__(self, "_value", value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a cleared value is never changed")

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a cleared value is not stored; store what it holds and clear it again")

    @property
    def value(self) -> T:
        """What may be published."""
        return self._value

    def __repr__(self) -> str:
        return f"Cleared({self._value!r})"


def clear(
    tables: Sequence[CountTable] | Release,
    rules: Rules,
    *,
    editions: Sequence[Edition] = (),
    advance: Callable[[float], None] = lambda done: None,
) -> Cleared[Release]:
    """Protect the tables of a publication, attack what would be printed, and let it pass or not.

    Parameters
    ----------
    tables : all tables of the publication together, or a release that was made by hand
    editions : what was published before, the oldest first; tables are protected beside it, and
        years that have moved by less than the threshold are printed again as they stood
    advance : told how far the work is, from 0 to 1

    Raises
    ------
    NotPermitted (DISC-001) when the attack opens a cell, (DISC-007) when a small number is printed.
    """
    advance(0.0)
    release, before = (
        (tables, NOTHING_BEFORE)
        if isinstance(tables, Release)
        else protect_beside(tables, editions, rules, advance=advance)
    )
    for table in release.published:
        _refuse_printed_small(table, rules)
    _refuse_open(release, before, rules)
    advance(1.0)
    return Cleared(release, key=_KEY)


def clear_estimate(value: T, beneath: Iterable[PublishedCount]) -> Cleared[T]:
    """Let an estimate pass when every count that it was made from is printed.

    An estimate is a function of its table: from a number that is hidden it would tell. From printed
    numbers it tells nothing that they do not.

    Parameters
    ----------
    value : the estimate, with no more in it than its gate allows
    beneath : the counts that it was made from, as they are printed

    Raises
    ------
    NotPermitted (DISC-202) when one of them is hidden, or none is named.
    """
    counts = list(beneath)
    if not counts or any(count.value is None for count in counts):
        raise NotPermitted("DISC-202")
    return Cleared(value, key=_KEY)


def _refuse_open(release: Release, before: Before, rules: Rules) -> None:
    look = still_open(release, before, rules)
    if opened := (*look.opened, *opened_by_zeros(look, before, rules)):
        all_open = examine((*release.published, *before.tables), rules).openings
        first = all_open[look.found.opened.index(opened[0])]
        raise NotPermitted("DISC-001", table=first.table, cell=_named(first.cell.items()))


def _refuse_printed_small(table: PublishedTable, rules: Rules) -> None:
    smallest, largest = rules.smallest, rules.largest
    bad = table.cells.filter(
        pl.col("n").is_between(smallest, largest)
        | ((pl.col("status") != "shown") & pl.col("n").is_not_null())
    )
    if bad.height:
        codes = zip(table.dims, bad.select(table.dims).row(0), strict=True)
        raise NotPermitted("DISC-007", table=table.name, cell=_named(codes))


def _named(codes: Iterable[tuple[str, str]]) -> str:
    told = [f"{d}={c}" for d, c in codes if c != ALL]
    return ", ".join(told) or ALL


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """One cell as it may be shown: persons, or None and the mark that stands in its place."""

    value: int | None
    status: Status


@dataclass(frozen=True, slots=True)
class PublishedShare:
    """A share of one cell in another; None when either is hidden, or the whole is zero."""

    value: float | None
    status: Status


def cleared_counts(cleared: Cleared[Release], table: str, **codes: object) -> PublishedCount:
    """The published state of one cell; dimensions left out stand for their total.

    Raises
    ------
    KeyError when the release has no such table, dimension, code or total: our fault, not the
    reader's.
    """
    frame = cleared.value.tables[table]
    dims = [c for c in frame.columns if c not in ("n", "status")]
    wanted = {d: ALL for d in dims} | {d: str(c) for d, c in codes.items()}
    unknown = [d for d, c in wanted.items() if d not in dims or c not in frame[d]]
    if unknown:
        raise KeyError(f"table {table}: no such cell ({', '.join(unknown)})")
    found = frame.filter(pl.col(d) == c for d, c in wanted.items())
    if not found.height:
        return PublishedCount(0, "shown")  # an absent row is a zero
    n, status = found.select("n", "status").row(0)
    return PublishedCount(n, status)


def published_share(part: PublishedCount, whole: PublishedCount) -> PublishedShare:
    """The share of a part; a share of a hidden cell would give the cell away, so it is hidden."""
    if part.value is None or whole.value is None:
        return PublishedShare(None, whole.status if part.value is not None else part.status)
    return PublishedShare(part.value / whole.value if whole.value else None, "shown")


def published_ranks(cleared: Cleared[Release], table: str, dim: str, **codes: object) -> list[str]:
    """Codes of `dim` by their number, largest first, of the cells whose number is printed.

    A hidden cell has no rank, and those that have one are ranked without it: the place of a number
    among hidden ones would bound them.
    """
    frame = cleared.value.tables[table]
    every = [c for c in frame[dim].unique(maintain_order=True) if c != ALL]
    counts = {c: cleared_counts(cleared, table, **{**codes, dim: c}).value for c in every}
    return sorted((c for c in every if counts[c] is not None), key=lambda c: (-(counts[c] or 0), c))
