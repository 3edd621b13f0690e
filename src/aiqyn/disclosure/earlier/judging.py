"""Which year's numbers stand as they were printed, which are new, and which may be revised.

Two editions of one year can be subtracted. Where their difference is a few persons, it describes
these persons in every table at once. So a year whose numbers have moved by less than the threshold
in each cell is printed again as it stood; a larger revision is printed, except the cells that
moved by less than the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.earlier.editions import (
    Block,
    Edition,
    Scheme,
    block_of,
    is_covered,
    scheme_of,
)
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.true_counts import CountTable

Standing = Literal["new", "same", "kept", "revised"]
NEW: Standing = "new"
SAME: Standing = "same"
KEPT: Standing = "kept"
REVISED: Standing = "revised"


@dataclass(frozen=True, slots=True)
class Change:
    """How a block differs from one edition.

    Attributes
    ----------
    edition : index among the editions, the oldest first
    by_cell : printed cell -> persons more (or fewer) than it printed; where a mark stood, the least
        difference that the mark allows
    """

    edition: int
    by_cell: Mapping[Cell, int]

    @property
    def largest(self) -> int:
        """The largest difference of a cell, persons; 0 when nothing has moved."""
        return max((abs(d) for d in self.by_cell.values()), default=0)

    @property
    def direction(self) -> int:
        """1 when cells only grew, -1 when they only shrank, 0 when both or neither."""
        signs = {d > 0 for d in self.by_cell.values() if d}
        return 0 if len(signs) != 1 else 1 if signs.pop() else -1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done with a block.

    Attributes
    ----------
    standing : new, same, kept or revised
    source : index of the edition whose marks (same) or whose cells (kept) are repeated
    changes : how it differs from each edition that printed it
    """

    standing: Standing
    source: int | None = None
    changes: tuple[Change, ...] = ()


def true_cells(tables: Sequence[CountTable]) -> dict[Cell, int]:
    """Every cell of the tables, persons."""
    return {t.axes.cell(t.axes.row(codes)): n for t in tables for *codes, n in t.counts.iter_rows()}


def judge(
    tables: Sequence[CountTable], editions: Sequence[Edition], rules: Rules
) -> dict[Block, Verdict]:
    """What is done with each block of the tables.

    Parameters
    ----------
    tables : all tables of the publication, true numbers
    editions : what was published before, the oldest first
    """
    truth, made = true_cells(tables), _made(tables)
    changes: dict[Block, list[Change]] = {block_of(cell): [] for cell in truth}
    for at, edition in enumerate(editions):
        for block, by_cell in _differences(edition, truth, made).items():
            if block in changes:
                changes[block].append(Change(at, by_cell))
    return {block: _verdict(found, rules) for block, found in changes.items()}


def _verdict(changes: Sequence[Change], rules: Rules) -> Verdict:
    if not changes:
        return Verdict(NEW)
    same = [c.edition for c in changes if not c.largest]
    if same:
        return Verdict(SAME, same[-1], tuple(changes))
    if any(c.largest < rules.threshold for c in changes):
        return Verdict(KEPT, changes[-1].edition, tuple(changes))
    return Verdict(REVISED, None, tuple(changes))


def _made(tables: Sequence[CountTable]) -> dict[Scheme, set[Block]]:
    """Population and variables of the tables, and the blocks of which each has rows."""
    found: dict[Scheme, set[Block]] = {}
    for table in tables:
        cells = (table.axes.cell(table.axes.row(codes)) for *codes, _ in table.counts.iter_rows())
        found.setdefault(scheme_of(table.axes), set()).update(map(block_of, cells))
    return found


def _differences(
    edition: Edition, truth: Mapping[Cell, int], made: Mapping[Scheme, set[Block]]
) -> dict[Block, dict[Cell, int]]:
    rows = edition.cells_by_scheme()
    found: dict[Block, dict[Cell, int]] = {}
    for cell, (n, status) in edition.cells().items():
        now = truth.get(cell)
        if now is None and not _counted_today(cell, made, rows):
            continue
        low, high = _said(n, status, edition.threshold)
        now = now or 0
        moved = now - high if now > high else now - low if now < low else 0
        found.setdefault(block_of(cell), {})[cell] = int(moved)
    return found


def _counted_today(
    cell: Cell, made: Mapping[Scheme, set[Block]], rows: Mapping[Scheme, set[Cell]]
) -> bool:
    """Whether a cell without a row today is a zero: some table would have a row for somebody.

    Not so for a table that is not made of the block any more, nor for a row that stood for several
    codes together: the table that tells these codes apart never had it.
    """
    return any(
        is_covered(cell, {scheme}) and block_of(cell) in blocks and cell in rows.get(scheme, {cell})
        for scheme, blocks in made.items()
    )


def _said(n: int | None, status: str, threshold: int) -> tuple[float, float]:
    if n is not None:
        return n, n
    return (1, threshold - 1) if status == "small" else (1, float("inf"))
