"""Persons judged under several definitions: the unprinted numbers of each combination of verdicts.

Each printed verdict is the sum of the combinations that hold it, and not every combination can
occur: a victim under the Palermo Protocol is one under the EU directive. Without these sums the
attack would not see that two definitions bound each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.published import PublishedTable
from aiqyn.disclosure.refinement import Refinement
from aiqyn.disclosure.true_counts import Judged


def judgements(tables: Sequence[PublishedTable], zeros: Mapping[Cell, bool]) -> Refinement:
    """The combinations of every table that tells the same persons apart several times."""
    laid = Refinement()
    for table in sorted(tables, key=lambda t: t.name):
        if table.judged is not None:
            for block in _blocks(table, table.judged):
                laid = laid.and_then(_combined(block, table.judged, zeros))
    return laid


def _blocks(table: PublishedTable, judged: Judged) -> list[dict[tuple[str, str], Cell]]:
    """The cells of each block (year) under definition and verdict."""
    by, says = table.dims.index(judged.by), table.dims.index(judged.says)
    blocks: dict[tuple[str, ...], dict[tuple[str, str], Cell]] = {}
    for row, _, _ in table.rows:
        block = tuple(code for at, code in enumerate(row) if at not in (by, says))
        blocks.setdefault(block, {})[row[by], row[says]] = table.axes.cell(row)
    return [blocks[block] for block in sorted(blocks)]


def _combined(
    cells: Mapping[tuple[str, str], Cell], judged: Judged, zeros: Mapping[Cell, bool]
) -> Refinement:
    inner: dict[Cell, list[int]] = {}
    size = 0
    for combination in judged.possible:
        held = [cells.get(at) for at in zip(judged.names, combination, strict=True)]
        # A verdict that is printed as zero, or that nobody has, falls to nobody in combination.
        somebody = [cell for cell in held if cell is not None and not zeros[cell]]
        if len(somebody) < len(held):
            continue
        for cell in somebody:
            inner.setdefault(cell, []).append(size)
        size += 1
    return Refinement(size, tuple((cell, tuple(at)) for cell, at in sorted(inner.items())))
