"""Which cells of one table to hide, and which of them may still say "<5"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from aiqyn.disclosure.cells import ALL
from aiqyn.disclosure.component import components
from aiqyn.disclosure.fewest_cells import fewest
from aiqyn.disclosure.known import HIDDEN, SHOWN
from aiqyn.disclosure.long_tables.marking import known_after, rules_small
from aiqyn.disclosure.long_tables.saying_small import say_small
from aiqyn.disclosure.long_tables.system import System
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.search import search
from aiqyn.disclosure.secondary_suppression import Block, Hiding

# Every cell costs about the same; of equals the inner one and the smaller number goes.
TOTALS, SIZE = 0.01, 0.002
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
    return say_small(system, n, _wide_enough(system, n, status, rules), rules)


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
