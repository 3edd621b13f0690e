"""The search for hidden cells that the sums leave too little room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds as Between
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from aiqyn.disclosure.bounds import tighten
from aiqyn.disclosure.component import Component, components
from aiqyn.disclosure.extremes import Extremes
from aiqyn.disclosure.known import SHOWN, Known
from aiqyn.disclosure.rules import Rules
from aiqyn.disclosure.web import Web


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found.

    Attributes
    ----------
    low, high : (columns,) bounds; of opened cells the extremes themselves
    opened : columns of the opened cells
    live, broken : rows that were used, rows that contradict the others and were left out
    """

    low: np.ndarray
    high: np.ndarray
    opened: tuple[int, ...]
    live: np.ndarray
    broken: tuple[int, ...]


def search(
    web: Web, known: Known, rules: Rules, *, advance: Callable[[float], None] = lambda done: None
) -> Found:
    """Every hidden cell with fewer possible values than the rules ask for."""
    hidden, wanted = np.flatnonzero(known.status > SHOWN), _wanted(web, known, rules)
    live = np.arange(web.matrix.shape[0])
    while True:
        low, high, broken = _one_look(web, known, live, wanted, advance)
        if not broken.size:
            break
        live = np.setdiff1d(live, broken)
    opened = hidden[high[hidden] - low[hidden] < wanted[hidden]]
    left_out = np.setdiff1d(np.arange(web.matrix.shape[0]), live)
    return Found(low, high, tuple(opened.tolist()), live, tuple(left_out.tolist()))


def opens_any(web: Web, known: Known, rules: Rules) -> bool:
    """Whether any hidden cell is open, or nothing fits; ends at the first such cell."""
    wanted = _wanted(web, known, rules)
    rows = web.matrix, web.row_low, web.row_high
    low, high, broken = tighten(*rows, known.low, known.high)
    if broken.size or (high - low < wanted).any():
        return True
    return any(_has_open(part, wanted[part.columns]) for part in components(*rows, low, high))


def _has_open(part: Component, wanted: np.ndarray) -> bool:
    if _settled(part, wanted):
        return False
    look = Extremes(part, wanted)
    return next(look.settle(), None) is not None or not look.fits


def _settled(part: Component, wanted: np.ndarray) -> bool:
    """For a lone sum the bounds are exact already."""
    return len(part.rows) <= 1 or bool((wanted < 0).all())


def _wanted(web: Web, known: Known, rules: Rules) -> np.ndarray:
    """(columns,) persons between the ends that a hidden cell needs; -1 for all others."""
    wanted = np.full(web.matrix.shape[1], -1.0)
    hidden = np.flatnonzero(known.status > SHOWN)
    # What keeps all that its mark says is not open, even where the mark says little.
    wanted[hidden] = np.minimum(rules.width, known.high[hidden] - known.low[hidden])
    return wanted


def _one_look(
    web: Web,
    known: Known,
    live: np.ndarray,
    wanted: np.ndarray,
    advance: Callable[[float], None],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Bounds from the live rows, and the rows among them that cannot hold together."""
    matrix, row_low, row_high = csr_array(web.matrix[live]), web.row_low[live], web.row_high[live]
    low, high, broken = tighten(matrix, row_low, row_high, known.low, known.high)
    if broken.size:
        return low, high, live[broken]
    parts = list(components(matrix, row_low, row_high, low, high))
    for at, part in enumerate(parts):
        advance(at / len(parts))
        found = _extremes(part, wanted[part.columns])
        if found is None:
            broken = np.concatenate([broken, part.rows[_elastic(part)]])
        else:
            low[part.columns], high[part.columns] = found
    return low, high, live[broken]


def _extremes(part: Component, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Bounds of a component, exact for cells narrower than wanted; None when nothing fits."""
    low, high = part.low.copy(), part.high.copy()
    if _settled(part, wanted):
        return low, high
    look = Extremes(part, wanted)
    for _ in look.settle():
        pass
    if not look.fits:
        return None
    return np.where(look.narrow, look.least, low), np.where(look.narrow, look.most, high)


def _elastic(part: Component) -> np.ndarray:
    """The rows to leave out so that the rest can hold: those that give way in the least total."""
    rows, columns = part.matrix.shape
    give = eye_array(rows)
    found = milp(
        np.concatenate([np.zeros(columns), np.ones(2 * rows)]),
        bounds=Between(
            np.concatenate([part.low, np.zeros(2 * rows)]),
            np.concatenate([part.high, np.full(2 * rows, np.inf)]),
        ),
        constraints=LinearConstraint(
            csr_array(hstack([part.matrix, give, -give])), part.row_low, part.row_high
        ),
    )
    if found.x is None:
        raise AssertionError("rows that may give way always hold")
    slack = found.x[columns : columns + rows] + found.x[columns + rows :]
    return np.flatnonzero(slack > 1e-6)
