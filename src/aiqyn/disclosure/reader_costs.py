"""What a reader loses with each cell that is hidden."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aiqyn.disclosure.cells import ALL, Cell
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.true_counts import CountTable
from aiqyn.disclosure.web import Web


def costs(tables: Sequence[CountTable], web: Web, n: np.ndarray, rules: Rules) -> np.ndarray:
    """What the reader loses with each cell: inner cells little, the total of a block most."""
    summed = _summed_over(tables)
    return np.array(
        [
            rules.grand_total
            if summed[cell] is None
            else (1 + np.log2(1 + persons)) * rules.margin ** (summed[cell] or 0)
            for cell, persons in zip(web.cells, n, strict=True)
        ]
    )


def _summed_over(tables: Sequence[CountTable]) -> dict[Cell, int | None]:
    """The most dimensions that a table sums over in each cell; None for a total of a block."""
    found: dict[Cell, int | None] = {}
    for table in tables:
        free = [d for d in table.dims if d not in table.blocks]
        for codes in table.counts.select(table.dims).iter_rows():
            cell = table.axes.cell(table.axes.row(codes))
            over = codes.count(ALL)
            grand = over == len(free) and bool(free)
            before = found.get(cell, 0)
            found[cell] = None if grand or before is None else max(before, over)
    return found
