"""Hidden cells of a printed table of histories by group, filled from its printed margins.

The estimates of groups are made from the print alone. So they tell nothing that the print does not,
whatever stands behind a hidden cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from aiqyn.estimates.tables.cells import Bools, Floats, Ints

ROUNDS = 200  # of raking; margins of printed tables agree after a few dozen
LEAST = 1e-9  # weight of a group of which nothing is printed


def spread(
    totals: Sequence[int],
    shown: Sequence[Sequence[int | None]],
    groups: Sequence[int | None],
    weights: Sequence[float],
) -> Ints:
    """Persons by history (rows) and group (columns), each history's total kept to the person.

    Parameters
    ----------
    totals : persons of each history
    shown : its cells by group; None where hidden
    groups : persons of each group on any list; None where hidden
    weights : share of each group, for cells of which nothing else is known

    References
    ----------
    Deming & Stephan (1940), Ann. Math. Stat. 11, 427-444: iterative proportional fitting, here of
    the hidden cells to what the shown ones leave of the margins.
    """
    known = np.array([[n is not None for n in row] for row in shown])
    counts = np.array([[n or 0 for n in row] for row in shown], dtype=np.float64)
    rows = np.maximum(0.0, np.array(totals) - counts.sum(axis=1))
    share = np.maximum(np.array(weights, dtype=np.float64), LEAST)
    hidden = np.where(known, 0.0, np.outer(np.maximum(rows, 0.0), share / share.sum()))
    bound = np.array([n is not None for n in groups])
    columns = np.maximum(0.0, np.array([n or 0 for n in groups]) - counts.sum(axis=0))
    raked = _raked(hidden, rows, columns, bound)
    return counts.astype(np.int64) + _whole(raked, rows.astype(np.int64), known)


def even(total: int, count: int) -> list[int]:
    """`total` persons in `count` parts as equal as whole persons allow."""
    share, over = divmod(total, count)
    return [share + (place < over) for place in range(count)]


def pooled_totals(shown: Mapping[str, int | None], listed: int) -> dict[str, int] | None:
    """Persons of each history: as printed, the hidden ones evenly over what is left of all.

    None where the print does not add up to the persons on a list.
    """
    hidden = sorted(history for history, n in shown.items() if n is None)
    left = listed - sum(n for n in shown.values() if n is not None)
    if left < len(hidden) or (left and not hidden):
        return None
    parts = dict(zip(hidden, even(left, len(hidden)), strict=True)) if hidden else {}
    return {history: parts.get(history, n or 0) for history, n in shown.items()}


def _raked(hidden: Floats, rows: Floats, columns: Floats, bound: Bools) -> Floats:
    found = hidden.copy()
    for _ in range(ROUNDS):
        have = found.sum(axis=0)
        factor = np.where(bound & (have > 0), columns / np.where(have > 0, have, 1.0), 1.0)
        found = found * factor
        across = found.sum(axis=1)
        found *= np.where(across > 0, rows / np.where(across > 0, across, 1.0), 1.0)[:, None]
    return found


def _whole(raked: Floats, rows: Ints, known: Bools) -> Ints:
    """Whole persons by largest remainders in each row; hidden cells alone take them."""
    floors = np.floor(raked).astype(np.int64)
    for row, (cells, total) in enumerate(zip(raked, rows, strict=True)):
        over = int(total - floors[row].sum())
        rest = np.where(known[row], -1.0, cells - np.floor(cells))
        if (rest >= 0).any():
            first = np.argsort(-rest, kind="stable")[: max(0, over)]
            floors[row, first[rest[first] >= 0]] += 1
    return floors
