"""Where the ascent begins: each value alone, with the best values of one other attribute beside it.

A group that rises lifts its pairs of values, so that one value with the best of another attribute
leads to it. All of them are judged in the table of pairs (values x values) without going through
the records; so is each attribute alone.
"""

from __future__ import annotations

import numpy as np

from aiqyn.signals.combinations.months_back import Indices
from aiqyn.signals.combinations.subset_scan.coordinate_ascent import Chosen
from aiqyn.signals.combinations.subset_scan.values import Values
from aiqyn.signals.series.judged import Floats

STARTS = 12


def best_starts(pairs: Floats, values: Values) -> list[tuple[Chosen, int]]:
    """At most twelve groups, the best first, each with the attribute of several values.

    Parameters
    ----------
    pairs : (T, T) sum of the weights of the records that hold both values
    """
    table = np.vstack([pairs, np.diag(pairs)])  # the last row: with any value of the others
    worth = _worth(table, values)
    best = np.argsort(-worth, axis=None, kind="stable")[:STARTS]
    places = [divmod(int(one), worth.shape[1]) for one in best]
    return [(_start(table, values, row, a), a) for row, a in places if np.isfinite(worth[row, a])]


def _worth(table: Floats, values: Values) -> Floats:
    """(T + 1, A) of each row with the best values of each attribute."""
    alone = np.append(values.penalty[values.first[values.attribute]], 0.0)
    worth = np.full((len(table), len(values.codes)), -np.inf)
    for a in range(worth.shape[1]):
        block = _block(values, a)
        if block.stop - block.start > 2:
            worth[:, a] = _by_size(table[:, block], values.penalty[block]).max(axis=1) - alone
            worth[block, a] = -np.inf
    return worth


def _by_size(sums: Floats, penalty: Floats) -> Floats:
    """(rows, V - 2) of the best 2, 3 … values of each row, all of them left out."""
    descending = np.sort(sums, axis=1)[:, ::-1]
    return np.asarray((descending.cumsum(axis=1) - penalty)[:, 1:-1])


def _start(table: Floats, values: Values, row: int, a: int) -> Chosen:
    block = _block(values, a)
    sums = table[row, block]
    k = int(_by_size(sums[None], values.penalty[block]).argmax()) + 2
    chosen = np.zeros(values.number + 1, dtype=np.bool_)
    chosen[block.start + np.argsort(-sums)[:k]] = True
    chosen[row] = True
    return chosen[:-1].copy()


def _block(values: Values, a: int) -> slice:
    return slice(int(values.first[a]), int(values.first[a + 1]))


def pairs_of(codes: Indices, number: int, weight: Floats | None = None) -> Floats:
    """(T, T) records that hold both values, or the sum of their weights.

    Parameters
    ----------
    codes : (A, n), -1 where there is none
    """
    key = codes[:, None, :] * number + codes[None, :, :]
    key[(codes < 0)[:, None, :] | (codes < 0)[None, :, :]] = number * number
    each = None if weight is None else np.broadcast_to(weight, key.shape).ravel()
    counted = np.bincount(key.ravel(), each, number * number + 1)[:-1]
    return counted.reshape(number, number).astype(np.float64)
