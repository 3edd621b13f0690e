"""Which hidden cells may say that they are small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aiqyn.disclosure.bets import luckiest
from aiqyn.disclosure.component import components
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL, Known
from aiqyn.disclosure.long_tables.marking import known_after, rules_small
from aiqyn.disclosure.long_tables.system import System
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import opens_any, search
from aiqyn.disclosure.web import Web

TRIALS = 10_000  # looks at a component times its hidden cells; bounds the time, not the safety


@dataclass(slots=True)
class _Marks:
    """Says ``<5`` for many small cells of a component, as far as the attack allows."""

    web: Web
    n: np.ndarray
    status: np.ndarray
    rules: Rules
    trials: int

    def say_small(self, cells: np.ndarray) -> None:
        """All at first; those that open something fall back, then some of these are tried again."""
        self.status[cells] = SMALL
        while opened := self._opened():
            self.status[self._in_the_way(opened)] = HIDDEN
        self._try(cells[self.status[cells] == HIDDEN])

    def _opened(self) -> tuple[int, ...]:
        """Cells that a reader opens, or if none, those that she opens with a lucky bet."""
        plain, lucky = self._readers()
        found = search(self.web, plain, self.rules).opened
        return found or search(self.web, lucky, self.rules).opened

    def _opens_any(self) -> bool:
        return any(opens_any(self.web, known, self.rules) for known in self._readers())

    def _readers(self) -> tuple[Known, Known]:
        known = known_after(self.n, self.status, self.rules)
        return known, luckiest(known, self.n, self.rules)

    def _in_the_way(self, opened: Sequence[int]) -> np.ndarray:
        """The opened cells that say that they are small, else those that share a sum with one."""
        touched, beside = np.zeros(len(self.n)), abs(self.web.matrix)
        touched[list(opened)] = 1.0
        while not (found := (touched > 0) & (self.status == SMALL)).any():
            spread = np.maximum(touched, beside.T @ (beside @ touched))
            if np.array_equal(spread > 0, touched > 0):
                raise AssertionError("the pattern is open with every mark an x")
            touched = spread
        return np.asarray(found)

    def _try(self, cells: np.ndarray) -> None:
        """Halves of a set are tried where the whole set opens something."""
        if self.trials <= 0 or not cells.size:
            return
        before, self.trials = self.status.copy(), self.trials - 1
        self.status[cells] = SMALL
        if not self._opens_any():
            return
        self.status = before
        if len(cells) > 1:
            middle = len(cells) // 2
            self._try(cells[:middle])
            self._try(cells[middle:])


def say_small(system: System, n: np.ndarray, status: np.ndarray, rules: Rules) -> np.ndarray:
    """The status of all cells after small ones have said so wherever they may."""
    web, after = system.web, status.copy()
    low = np.where(status == SHOWN, n, 0).astype(float)
    for part in components(web.matrix, web.row_low, web.row_high, low, low + (status != SHOWN)):
        own = part.columns
        inner = Web(tuple(web.cells[c] for c in own), part.matrix, part.row_low, part.row_high, ())
        marks = _Marks(inner, n[own], status[own], rules, TRIALS // len(own))
        marks.say_small(np.flatnonzero(rules_small(n[own], rules)))
        after[own] = marks.status
    return after
