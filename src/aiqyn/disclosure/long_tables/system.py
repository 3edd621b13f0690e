"""Long tables of one or several files as one sparse system of cells and sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from aiqyn.disclosure.cells import ALL, Cell
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL, Known
from aiqyn.disclosure.long_tables.equations import sums_of
from aiqyn.disclosure.long_tables.reading import HIGH, LOW, STATUS, LongTable
from aiqyn.disclosure.web import Tie, Web

SAME = ()  # `along` of a row that says: these two files print one cell
_STATUS = {"number": SHOWN, "small": SMALL, "hidden": HIDDEN, "differs": -1}


@dataclass(frozen=True, slots=True)
class System:
    """All cells of the files and what ties them.

    Attributes
    ----------
    tables : the files, in order; `start` is the column of each one's first cell
    web, known : the sparse system, and what the print says of each column
    along : columns of the axis that each row sums over; empty for a cell that two files print
    apart : pairs of columns that two files print as one cell with different numbers
    """

    tables: tuple[LongTable, ...]
    start: tuple[int, ...]
    web: Web
    known: Known
    along: tuple[tuple[str, ...], ...]
    apart: tuple[tuple[int, int], ...]

    def place(self, column: int) -> tuple[LongTable, int]:
        """The file of a column, and the position of its cell there."""
        at = int(np.searchsorted(self.start, column, side="right")) - 1
        return self.tables[at], column - self.start[at]


def build_system(tables: Sequence[LongTable], *, absent_zero: bool = False) -> System:
    """The system of all files together; files that print one cell are tied there."""
    start = np.concatenate([[0], np.cumsum([t.cells.height for t in tables])]).astype(int)
    known = _known(tables)
    ties, along = [], []
    for table, first in zip(tables, start.tolist(), strict=False):
        for s in sums_of(table, absent_zero=absent_zero):
            ties.append(
                Tie(table.file, "equal", first + s.total, tuple(first + p for p in s.parts))
            )
            along.append(s.along)
    same, apart = _shared_cells(tables, start.tolist(), known)
    ties += [Tie(tables[0].file, "equal", one, (other,)) for one, other in same]
    along += [SAME] * len(same)
    return System(
        tuple(tables),
        tuple(start[:-1].tolist()),
        _web(tables, ties),
        known,
        tuple(along),
        tuple(apart),
    )


def _known(tables: Sequence[LongTable]) -> Known:
    cells = pl.concat([t.cells.select(LOW, HIGH, STATUS) for t in tables])
    low = cells[LOW].to_numpy().astype(float)
    shown = (cells[STATUS] == "number").to_numpy()
    # A number no cell can reach stands for "no limit", so that every bound is finite.
    ceiling = 1000.0 * len(low) + 2.0 * low[shown].sum()
    high = cells[HIGH].cast(pl.Float64).fill_null(ceiling).to_numpy()
    return Known(np.array([_STATUS[s] for s in cells[STATUS]]), low, high)


def _shared_cells(
    tables: Sequence[LongTable], start: Sequence[int], known: Known
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Pairs of columns that are one cell, and pairs that should be and differ.

    Two files that differ on more of their shared numbers than they agree on count different things
    and are not tied at all.
    """
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    names = [_named(t) for t in tables] if len(tables) > 1 else []
    for (i, one), (j, other) in combinations(enumerate(names), 2):
        for key in one.keys() & other.keys():
            pairs[i, j].append((start[i] + one[key], start[j] + other[key]))
    same, apart = [], []
    for met in pairs.values():
        agree = Counter(_agreement(known, *pair) for pair in met)
        if agree["differ"] > agree["agree"]:
            continue
        same += [pair for pair in met if _agreement(known, *pair) == "open"]
        apart += [pair for pair in met if _agreement(known, *pair) == "differ"]
    return sorted(same), sorted(apart)


def _agreement(known: Known, one: int, other: int) -> str:
    if known.status[one] != SHOWN or known.status[other] != SHOWN:
        return "open"
    return "agree" if known.low[one] == known.low[other] else "differ"


def _named(table: LongTable) -> dict[tuple[tuple[str, str], ...], int]:
    rows = table.cells.select(table.dims).iter_rows()
    return {_key(table.dims, codes): at for at, codes in enumerate(rows)}


def _key(dims: Sequence[str], codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((d, c) for d, c in zip(dims, codes, strict=True) if c != ALL))


def _web(tables: Sequence[LongTable], ties: Sequence[Tie]) -> Web:
    cells: list[Cell] = [
        (t.file, _key(t.dims, codes))
        for t in tables
        for codes in t.cells.select(t.dims).iter_rows()
    ]
    columns = np.array([c for tie in ties for c in (tie.total, *tie.parts)], dtype=np.int64)
    values = np.array([v for tie in ties for v in _signs(tie)], dtype=float)
    lengths = np.array([1 + len(tie.parts) for tie in ties], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    matrix = csr_array((values, columns, ends), shape=(len(ties), len(cells)))
    zero = np.zeros(len(ties))
    return Web(tuple(cells), matrix, zero, zero, tuple(ties))


def _signs(tie: Tie) -> Iterator[float]:
    yield 1.0
    yield from (-1.0 for _ in tie.parts)
