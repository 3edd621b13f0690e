"""Which cells of one table to hide, and which of them may still say "<5"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.component import components
from aiqyn.disclosure.fewest_cells import fewest
from aiqyn.disclosure.known import HIDDEN, SHOWN, SMALL, Known
from aiqyn.disclosure.long_tables.system import System
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import opens_any, search
from aiqyn.disclosure.secondary_suppression import Block, Hiding
from aiqyn.disclosure.web import Web

# Every cell costs about the same; of equals the inner one and the smaller number goes.
TOTALS, SIZE = 0.01, 0.002
TRIALS = 10_000  # looks at a component times its hidden cells; bounds the time, not the safety
SEQUENTIAL = 3.0  # the sequential way weighs persons moved against cells at about this rate


def hide(
    system: System, rules: Rules, *, advance: Callable[[float], None] = lambda done: None
) -> np.ndarray:
    """(cells,) shown, small or hidden, for one true table.

    The pattern is the cheapest in which every hidden cell keeps its width when all marks are ``x``
    (0 or more); then small cells say that they are small wherever that opens nothing.
    """
    return closed(system, rules, _cheapest(system, rules, advance))


def closed(system: System, rules: Rules, status: np.ndarray) -> np.ndarray:
    """(cells,) shown, small or hidden: a pattern of hidden cells, closed where it lets through."""
    n = system.known.low.astype(np.int64)
    return _say_small(system, n, _wide_enough(system, n, status, rules), rules)


def _cheapest(system: System, rules: Rules, advance: Callable[[float], None]) -> np.ndarray:
    web, n = system.web, system.known.low.astype(np.int64)
    status, cost = np.where(rules_small(n, rules), HIDDEN, SHOWN), _costs(system, n)
    parts = list(
        components(web.matrix, web.row_low, web.row_high, np.zeros(len(n)), (n > 0).astype(float))
    )
    for at, part in enumerate(parts):
        own = part.columns
        plain = np.zeros(len(own), dtype=bool)
        numbers = n[own], cost[own], part.matrix, part.row_low, part.row_high
        status[own] = _pattern(Block(own, len(own), *numbers, plain), rules)
        advance(0.6 * (at + 1) / len(parts))
    return status


def _wide_enough(system: System, n: np.ndarray, status: np.ndarray, rules: Rules) -> np.ndarray:
    """The pattern, and the neighbours of any cell that it leaves open; a second lock.

    It ends: where every number but the zeros is hidden, the doubled table agrees with the print.
    """
    beside, after = abs(system.web.matrix), status.copy()
    while opened := search(system.web, known_after(n, after, rules), rules).opened:
        touched = np.zeros(len(n))
        touched[list(opened)] = 1.0
        before = after.copy()
        while np.array_equal(before, after):
            touched = np.maximum(touched, beside.T @ (beside @ touched))
            after[(touched > 0) & (n > 0)] = HIDDEN
    return after


def rules_small(n: np.ndarray, rules: Rules) -> np.ndarray:
    """Whether each count must not be printed."""
    return np.asarray((n >= rules.smallest) & (n <= rules.largest))


def known_after(n: np.ndarray, status: np.ndarray, rules: Rules) -> Known:
    """What a reader knows of each cell before anything is subtracted."""
    shown, small = status == SHOWN, status == SMALL
    low = np.where(shown, n, np.where(small, rules.smallest, rules.hidden_at_least))
    ceiling = 10.0 * rules.threshold * len(n) + 2.0 * n.sum()
    high = np.where(shown, n, np.where(small, rules.largest, ceiling))
    return Known(status, low.astype(float), high.astype(float))


def _costs(system: System, n: np.ndarray) -> np.ndarray:
    (table,) = system.tables
    summed = sum((table.cells[d] == ALL).to_numpy().astype(float) for d in table.dims)
    return np.asarray(1.0 + TOTALS * summed + SIZE * np.log2(1.0 + n))


def _pattern(block: Block, rules: Rules) -> np.ndarray:
    found = fewest(block, rules)
    if found is not None:
        return np.where(found, HIDDEN, SHOWN)
    weighed = replace(block, cost=SEQUENTIAL * block.cost)
    start = np.where(rules_small(block.n, rules), HIDDEN, SHOWN)
    done = Hiding(weighed, rules, start).run()
    return np.where(done != SHOWN, HIDDEN, SHOWN)


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
        while opened := search(self.web, self._known, self.rules).opened:
            self.status[self._in_the_way(opened)] = HIDDEN
        self._try(cells[self.status[cells] == HIDDEN])

    @property
    def _known(self) -> Known:
        return known_after(self.n, self.status, self.rules)

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
        if not opens_any(self.web, self._known, self.rules):
            return
        self.status = before
        if len(cells) > 1:
            middle = len(cells) // 2
            self._try(cells[:middle])
            self._try(cells[middle:])


def _say_small(system: System, n: np.ndarray, status: np.ndarray, rules: Rules) -> np.ndarray:
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
