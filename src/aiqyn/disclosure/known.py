"""What the marks of a publication say before anything is subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.disclosure.published import PublishedTable
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.web import Web

SHOWN, SMALL, HIDDEN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Known:
    """Status of the printed cells, and bounds of all columns (persons, finite)."""

    status: np.ndarray
    low: np.ndarray
    high: np.ndarray


def marks(web: Web, tables: Sequence[PublishedTable], rules: Rules) -> Known:
    """Numbers, "<5" and "x" as bounds; a number printed anywhere counts everywhere."""
    column = {cell: i for i, cell in enumerate(web.cells)}
    size = web.matrix.shape[1]
    status = np.full(web.printed, HIDDEN)
    low, high = np.zeros(size), np.full(size, np.inf)
    low[: web.printed] = rules.hidden_at_least
    for table in tables:
        for row, n, mark in table.rows:
            at = column[table.axes.cell(row)]
            if mark == "shown":
                status[at], low[at], high[at] = SHOWN, n, n
            elif mark == "small" and status[at] != SHOWN:
                status[at], low[at], high[at] = SMALL, rules.smallest, rules.largest
    # A number no cell can reach stands for "no limit", so that every bound is finite.
    shown = status == SHOWN
    ceiling = 10.0 * rules.threshold * size + 2.0 * high[: web.printed][shown].sum()
    return Known(status, low, np.minimum(high, ceiling))
