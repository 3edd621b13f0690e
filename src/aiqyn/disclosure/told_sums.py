"""Whether a sum of cells that is told beside the tables gives one of them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, vstack

from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.known import marks
from aiqyn.disclosure.published import PublishedTable
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import search
from aiqyn.disclosure.web import Web, weave


@dataclass(frozen=True, slots=True)
class ToldSum:
    """Persons of several cells together, as far as something printed elsewhere tells.

    Attributes
    ----------
    cells : as the tables name them; what no table prints is zero
    low, high : persons
    """

    cells: tuple[Cell, ...]
    low: float
    high: float = np.inf


def give_away(tables: Sequence[PublishedTable], sums: Sequence[ToldSum], rules: Rules) -> bool:
    """Whether the tables and these sums open a cell together that the tables alone do not.

    So too where they cannot both be true: then the sums tell of persons whom the tables of a year
    that is printed again as it stood do not hold.
    """
    web = weave(tables, refinement_cells=rules.refinement_cells)
    known = marks(web, tables, rules)
    alone = search(web, known, rules)
    beside = search(_with(web, sums), known, rules)
    return bool(set(beside.opened) - set(alone.opened)) or len(beside.broken) > len(alone.broken)


def _with(web: Web, sums: Sequence[ToldSum]) -> Web:
    """The system with a row for each sum."""
    column = {cell: i for i, cell in enumerate(web.cells)}
    rows = np.zeros((len(sums), web.matrix.shape[1]))
    for row, told in zip(rows, sums, strict=True):
        row[[column[cell] for cell in told.cells if cell in column]] = 1.0
    return replace(
        web,
        matrix=csr_array(vstack([web.matrix, csr_array(rows)])),
        row_low=np.concatenate([web.row_low, [told.low for told in sums]]),
        row_high=np.concatenate([web.row_high, [told.high for told in sums]]),
        ties=(*web.ties, *(None for _ in sums)),
    )
