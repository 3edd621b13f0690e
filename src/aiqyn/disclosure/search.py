"""The search for hidden cells that the sums leave too little room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds as Between
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from aiqyn.disclosure.bounds import tighten
from aiqyn.disclosure.component import Component, components
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
    wanted = np.full(web.matrix.shape[1], -1.0)
    hidden = np.flatnonzero(known.status > SHOWN)
    # What keeps all that its mark says is not open, even where the mark says little.
    wanted[hidden] = np.minimum(rules.width, known.high[hidden] - known.low[hidden])
    live = np.arange(web.matrix.shape[0])
    while True:
        low, high, broken = _one_look(web, known, live, wanted, advance)
        if not broken.size:
            break
        live = np.setdiff1d(live, broken)
    opened = hidden[high[hidden] - low[hidden] < wanted[hidden]]
    left_out = np.setdiff1d(np.arange(web.matrix.shape[0]), live)
    return Found(low, high, tuple(opened.tolist()), live, tuple(left_out.tolist()))


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
    if len(part.rows) <= 1 or (wanted < 0).all():
        return low, high  # for a lone sum the bounds are exact already
    least, most = np.full(len(low), np.inf), np.full(len(low), -np.inf)
    for point in _probes(part, wanted, least, most):
        if point is None:
            return None
        np.minimum(least, point, out=least)
        np.maximum(most, point, out=most)
    narrow = (wanted >= 0) & (most - least < wanted)
    return np.where(narrow, least, low), np.where(narrow, most, high)


def _probes(
    part: Component, wanted: np.ndarray, least: np.ndarray, most: np.ndarray
) -> Iterator[np.ndarray | None]:
    """Possible tables: first such as move many undecided cells at once, then one cell at a time.

    `least` and `most` are the extremes seen so far; the caller brings them up to date.
    """
    while True:
        left = (most - least < wanted) & (wanted >= 0)
        yield part.optimum(left.astype(float))
        yield part.optimum(-left.astype(float))
        after = (most - least < wanted) & (wanted >= 0)
        if not after.any() or after.sum() > left.sum() // 2:
            break
    for cell in np.flatnonzero(after):
        for sign in (1.0, -1.0):
            if most[cell] - least[cell] < wanted[cell]:
                left = (most - least < wanted) & (wanted >= 0)
                yield part.optimum(_towards(part, int(cell), sign, left))


def _towards(part: Component, cell: int, sign: float, left: np.ndarray) -> np.ndarray:
    """The cost whose optimum is the extreme of `cell`, other undecided cells going the other way.

    All others together weigh less than one person of `cell`, so its extreme stays exact.
    """
    room = np.where(left, part.high - part.low, 0.0)
    room[cell] = 0.0
    company = (room > 0) & (room <= 10)
    cost = np.where(company, -sign * 0.5 / max(room[company].sum(), 1.0), 0.0)
    cost[cell] = sign
    return cost


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
