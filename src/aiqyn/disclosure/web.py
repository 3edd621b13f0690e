"""The cells of a publication and every sum between them, as one sparse system.

Columns are cells (a margin printed in several tables is one column), then the unprinted cells of a
refinement. A row says ``low <= sum of coefficients x cells <= high``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.judgements import judgements
from aiqyn.disclosure.published import Kind, PublishedTable
from aiqyn.disclosure.refinement import Refinement, refine


@dataclass(frozen=True, slots=True)
class Tie:
    """One sum between cells: columns of the total and of the parts, and the table it stands in.

    `alone` is the column of the part whose persons are in no other part.
    """

    table: str
    kind: Kind
    total: int
    parts: tuple[int, ...]
    alone: int | None = None


@dataclass(frozen=True, slots=True)
class Web:
    """All cells and all rows.

    Attributes
    ----------
    cells : the printed cells in a fixed order; column i of the matrix
    matrix : (rows, cells + unprinted cells)
    row_low, row_high : bounds of each row, persons
    ties : the sum that each row came from; None for rows of the refinement
    """

    cells: tuple[Cell, ...]
    matrix: csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    ties: tuple[Tie | None, ...]

    @property
    def printed(self) -> int:
        """How many columns are printed cells."""
        return len(self.cells)


def weave(tables: Sequence[PublishedTable], *, refinement_cells: int) -> Web:
    """The system of all tables together; the order of tables and rows does not matter."""
    zeros = known_zeros(tables)
    cells = tuple(sorted(zeros))
    column = {cell: i for i, cell in enumerate(cells)}
    ties = sorted(
        {tie for table in tables for tie in _ties(table, column)},
        key=lambda t: (t.kind, t.total, t.parts, t.alone or -1, t.table),
    )
    refined = refine(tables, zeros, limit=refinement_cells).and_then(judgements(tables, zeros))
    return _system(cells, _once(ties), column, refined)


def known_zeros(tables: Sequence[PublishedTable]) -> dict[Cell, bool]:
    """Every printed cell, and whether it is printed as zero."""
    zeros: dict[Cell, bool] = {}
    for table in tables:
        for row, n, status in table.rows:
            cell = table.axes.cell(row)
            zeros[cell] = zeros.get(cell, False) or (status == "shown" and n == 0)
    return zeros


def _ties(table: PublishedTable, column: Mapping[Cell, int]) -> Iterator[Tie]:
    for known in table.sums:
        at, members = table.dims.index(known.dim), set(known.parts)
        parts: dict[tuple[str, ...], list[int]] = {}
        alone: dict[tuple[str, ...], int] = {}
        for row, _, _ in table.rows:
            if row[at] in members:
                above = (*row[:at], known.total, *row[at + 1 :])
                parts.setdefault(above, []).append(column[table.axes.cell(row)])
                if row[at] == known.alone:
                    alone[above] = parts[above][-1]
        for above, found in parts.items():
            cell = table.axes.cell(above)
            whole = table.absent_is_zero or len(found) == len(members)
            if cell in column and (whole or known.kind != "equal"):
                own = alone.get(above)
                yield Tie(table.name, known.kind, column[cell], tuple(sorted(found)), own)


def _once(ties: Sequence[Tie]) -> list[Tie]:
    """The same sum printed in two tables is one row."""
    seen: dict[tuple[Kind, int, tuple[int, ...], int | None], Tie] = {}
    for tie in ties:
        seen.setdefault((tie.kind, tie.total, tie.parts, tie.alone), tie)
    return list(seen.values())


def _system(
    cells: tuple[Cell, ...], ties: list[Tie], column: Mapping[Cell, int], refined: Refinement
) -> Web:
    rows: list[tuple[list[int], list[float], float, float, Tie | None]] = []
    for tie in ties:
        rows.extend(_rows(tie))
    for cell, inner in refined.parts:
        columns = [column[cell], *(len(cells) + i for i in inner)]
        rows.append((columns, [1.0] + [-1.0] * len(inner), 0.0, 0.0, None))
    return Web(
        cells,
        _matrix(rows, len(cells) + refined.size),
        np.array([r[2] for r in rows]),
        np.array([r[3] for r in rows]),
        tuple(r[4] for r in rows),
    )


def _rows(tie: Tie) -> Iterator[tuple[list[int], list[float], float, float, Tie | None]]:
    """A sum as rows over its cells: total first, minus its parts."""
    columns, minus = [tie.total, *tie.parts], [1.0] + [-1.0] * len(tie.parts)
    if tie.kind == "equal":
        yield columns, minus, 0.0, 0.0, tie
    if tie.kind == "partial":
        yield columns, minus, 0.0, np.inf, tie
    if tie.kind == "overlap":
        yield columns, minus, -np.inf, 0.0, tie
    if tie.kind in ("overlap", "within"):
        for part in tie.parts:
            beside = [] if tie.alone in (None, part) else [tie.alone]
            together = [tie.total, part, *beside]
            yield together, [1.0] + [-1.0] * (len(together) - 1), 0.0, np.inf, tie


def _matrix(
    rows: Sequence[tuple[list[int], list[float], float, float, Tie | None]], width: int
) -> csr_array:
    lengths = [len(r[0]) for r in rows]
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    columns = np.array([c for r in rows for c in r[0]], dtype=np.int64)
    values = np.array([v for r in rows for v in r[1]], dtype=float)
    return csr_array((values, columns, start), shape=(len(rows), width))
