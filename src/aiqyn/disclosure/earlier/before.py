"""What earlier publications settle for the cells of a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from aiqyn.disclosure.cells import Cell
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL
from aiqyn.disclosure.published import PublishedTable, Status

CODES: Mapping[Status, int] = {"shown": SHOWN, "small": SMALL, "hidden": HIDDEN}


@dataclass(frozen=True, slots=True)
class Before:
    """Earlier facts as the hiding and the attack use them.

    Attributes
    ----------
    marks : cell -> how it was printed, where its number has not changed since
    unsafe : cells whose number differs from an earlier one by less than the threshold
    tables : what was printed, for the attack; its cells are those of the new tables where nothing
        changed, and cells of an edition of their own where something did
    """

    marks: Mapping[Cell, Status] = field(default_factory=dict)
    unsafe: frozenset[Cell] = frozenset()
    tables: tuple[PublishedTable, ...] = ()

    def status_of(self, cells: Sequence[Cell]) -> np.ndarray:
        """(cells,) the status in which each was printed; -1 where it was not."""
        return np.array([CODES[self.marks[c]] if c in self.marks else -1 for c in cells], dtype=int)

    def must_hide(self, cells: Sequence[Cell]) -> np.ndarray:
        """(cells,) whether a number must not be printed because of a number printed before."""
        hidden = (c in self.unsafe or self.marks.get(c, "shown") != "shown" for c in cells)
        return np.array(list(hidden), dtype=bool)


NOTHING_BEFORE = Before()
