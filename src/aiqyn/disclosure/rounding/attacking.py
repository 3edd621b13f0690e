"""What a reader can work out of a rounded table: each number within a base, and every sum."""

from __future__ import annotations

import numpy as np

from aiqyn.disclosure.known import HIDDEN, Known
from aiqyn.disclosure.long_tables.reading import LOW
from aiqyn.disclosure.long_tables.system import build_system
from aiqyn.disclosure.rounding.controlled import RoundedTable
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import search


def opened_by_rounding(done: RoundedTable, rules: Rules) -> int:
    """Small cells of which fewer than threshold - 1 values agree with the rounded table.

    A printed r stands for more than r - base and less than r + base persons, jointly over all sums;
    the method is known to the reader.
    """
    system = build_system([done.table], absent_zero=True)
    n = done.table.cells[LOW].to_numpy().astype(np.int64)
    reach = done.base - 1 if not done.beyond else 4 * done.base - 1
    known = Known(
        np.full(len(n), HIDDEN),
        np.maximum(done.values - reach, 0).astype(float),
        (done.values + reach).astype(float),
    )
    found = search(system.web, known, rules)
    small = (n >= rules.smallest) & (n <= rules.largest)
    return int(small[list(found.opened)].sum())
